// expect: warning
#include <thread>
class Engine {
 public:
  void start() {
    physics_ = std::thread(&Engine::physics, this);
    audio_ = std::thread(&Engine::audio, this);
  }
  void stop() {
    running_ = false;
    physics_.join();
    audio_.join();
  }
 private:
  void physics() {
    while (running_) steps_++;
  }
  void audio() {
    while (running_) samples_ += 64;
  }
  /*after: alignas(64)*/ long steps_ = 0;
  /*after: alignas(64)*/ long samples_ = 0;
  /*after: alignas(64)*/ volatile bool running_ = true;
  std::thread physics_;
  std::thread audio_;
};
int main() {
  Engine e;
  e.start();
  e.stop();
}
