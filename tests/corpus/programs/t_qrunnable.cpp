// expect: warning of false-sharing
#include <vector>
class QRunnable {
 public:
  virtual ~QRunnable();
  virtual void run() = 0;
};
class QThreadPool {
 public:
  static QThreadPool* globalInstance();
  void start(QRunnable* runnable, int priority = 0);
  bool waitForDone(int msecs = -1);
};
struct Hits {  // before
struct alignas(64) Hits {  // after
  int count = 0;
};
class Scan : public QRunnable {
 public:
  Scan(const char* text, Hits* hits) : text_(text), hits_(hits) {}
  void run() override {
    for (const char* p = text_; *p; ++p) {
      if (*p == '\n') ++hits_->count;
    }
  }

 private:
  const char* text_;
  Hits* hits_;
};
int lines(const std::vector<const char*>& texts) {
  std::vector<Hits> hits(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    QThreadPool::globalInstance()->start(new Scan(texts[i], &hits[i]));
  }
  QThreadPool::globalInstance()->waitForDone();
  int all = 0;
  for (const Hits& h : hits) all += h.count;
  return all;
}
