// expect: warning
#include <thread>
#include <vector>
class Engine {
 public:
  void start() {
    threads_.emplace_back(&Engine::read, this);
    threads_.emplace_back(&Engine::write, this);  // flip
  }
  void stop() { for (auto& thread : threads_) thread.join(); }
 private:
  void read() { while (!stop_) ++read_; }
  void write() { while (!stop_) ++written_; }
  bool stop_ = false;
  long read_ = 0;
  long written_ = 0;
  std::vector<std::thread> threads_;
};
Engine* make_engine() { Engine* engine = new Engine; engine->start(); return engine; }
