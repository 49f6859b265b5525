// expect: warning
#include <thread>
class Stage {
 public:
  void feed() {
    for (int i = 0; i < 10000000; ++i) fed_ += i;
  }
 protected:
  long fed_ = 0;
};
class Filter : public Stage {
 public:
  void drain() {
    for (int i = 0; i < 10000000; ++i) drained_ += i;
  }
  void go() {
    std::thread a([this] { feed(); });
    std::thread b([this] { drain(); });
    a.join();
    b.join();
  }
 private:
  /*after: alignas(64)*/ long drained_ = 0;
};
int main() {
  Filter f;
  f.go();
}
