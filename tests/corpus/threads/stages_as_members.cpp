// expect: warning
// A pipeline whose stages are members; each is run by one thread.
#include <thread>
struct Parse {
  long lines = 0;
  void run() {
    for (int i = 0; i < 10000000; ++i) lines += i & 1;
  }
};
struct Emit {
  long bytes = 0;
  void run() {
    for (int i = 0; i < 10000000; ++i) bytes += i & 7;
  }
};
class Pipeline {
 public:
  void run() {
    std::thread a(&Parse::run, &parse_);
    std::thread b(&Emit::run, &emit_);
    a.join();
    b.join();
  }

 private:
  Parse parse_;
  /*after: alignas(64)*/ Emit emit_;
};
int main() {
  Pipeline pipeline;
  pipeline.run();
}
