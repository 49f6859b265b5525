// expect: warning of false-sharing
// header: qt_like.h
#include <qt_like.h>
struct Progress {
  int decoded = 0;
  char gap[64];  // after
  int scaled = 0;
};
class Decoder : public QThread {
 public:
  explicit Decoder(Progress* p) : progress_(p) {}
 protected:
  void run() override { for (int i = 0; i < 100000; ++i) progress_->decoded++; }
 private:
  Progress* progress_;
};
class Scaler : public QThread {
 public:
  explicit Scaler(Progress* p) : progress_(p) {}
 protected:
  void run() override { for (int i = 0; i < 100000; ++i) progress_->scaled++; }
 private:
  Progress* progress_;
};
int main() {
  Progress progress;
  Decoder decoder(&progress);
  Scaler scaler(&progress);
  decoder.start();
  scaler.start();
  decoder.wait();
  scaler.wait();
}
