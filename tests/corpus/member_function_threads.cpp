// expect: warning
#include <thread>
class Mixer {
 public:
  void produce() { for (int i = 0; i < 100000; ++i) ++produced_; }
  void consume() { for (int i = 0; i < 100000; ++i) ++consumed_; }
 private:
  long produced_ = 0;
  long consumed_ = 0;
};
int main() {
  Mixer mixer;
  std::thread a(&Mixer::produce, &mixer);
  std::thread b(&Mixer::consume, &mixer);
  a.join();
  b.join();
}
