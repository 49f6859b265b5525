// expect: warning
class QThread {
 public:
  QThread();
  virtual ~QThread();
  void start();
  bool wait();
 protected:
  virtual void run();
};
struct Meter {
  long produced = 0;
  /*after: alignas(64)*/ long consumed = 0;
};
class Producer : public QThread {
 public:
  explicit Producer(Meter* m) : m_(m) {}
 protected:
  void run() override {
    for (int i = 0; i < 10000000; ++i) m_->produced++;
  }
 private:
  Meter* m_;
};
class Consumer : public QThread {
 public:
  explicit Consumer(Meter* m) : m_(m) {}
 protected:
  void run() override {
    for (int i = 0; i < 10000000; ++i) m_->consumed++;
  }
 private:
  Meter* m_;
};
int main() {
  Meter meter;
  Producer p(&meter);
  Consumer c(&meter);
  p.start();
  c.start();
  p.wait();
  c.wait();
}
