// expect: warning of false-sharing flags: -pthread
// header: qt_like.h
#include <qt_like.h>
#include <vector>
struct Stat { unsigned long frames = 0; };  // before
struct alignas(64) Stat { unsigned long frames = 0; };  // after
class Grabber : public QThread {
 public:
  explicit Grabber(Stat* stat) : stat_(stat) {}
 protected:
  void run() override {
    for (int i = 0; i < 50000000; ++i) stat_->frames++;
  }
 private:
  Stat* stat_;
};
int main() {
  std::vector<Stat> stats(4);
  std::vector<Grabber*> grabbers;
  for (auto& stat : stats) {
    auto* grabber = new Grabber(&stat);
    grabber->start();
    grabbers.push_back(grabber);
  }
  for (auto* grabber : grabbers) grabber->wait();
}
