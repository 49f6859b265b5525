// expect: warning
// The stages of an object are kept in a container of functions.
#include <functional>
#include <thread>
#include <vector>
class Render {
 public:
  Render() {
    stages_.emplace_back([this] { cull(); });
    stages_.emplace_back([this] { draw(); });
  }
  void run() {
    std::vector<std::thread> threads;
    for (auto& stage : stages_) threads.emplace_back(stage);
    for (auto& thread : threads) thread.join();
  }

 private:
  void cull() {
    for (int i = 0; i < 10000000; ++i) culled_ += i & 3;
  }
  void draw() {
    for (int i = 0; i < 10000000; ++i) drawn_ += i & 5;
  }
  std::vector<std::function<void()>> stages_;
  long culled_ = 0;
  /*after: alignas(64)*/ long drawn_ = 0;
};
int main() {
  Render render;
  render.run();
}
