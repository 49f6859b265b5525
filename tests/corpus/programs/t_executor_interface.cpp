// expect: warning of false-sharing flags: -pthread
#include <functional>
#include <list>
#include <memory>
#include <thread>
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void execute(std::function<void()> f) = 0;
};
class NewThreadExecutor : public Executor {
 public:
  void execute(std::function<void()> f) override { threads_.emplace_back(std::move(f)); }
  ~NewThreadExecutor() override { for (auto& t : threads_) t.join(); }

 private:
  std::list<std::thread> threads_;
};
struct Crawl {
  long pages = 0;
  alignas(64)  // after
  long links = 0;
  void fetch() { for (int i = 0; i < 4'000'000; ++i) pages += i % 5 == 0; }
  void extract() { for (int i = 0; i < 4'000'000; ++i) links += i % 3 == 0; }
};
int main() {
  Crawl crawl;
  std::unique_ptr<Executor> executor = std::make_unique<NewThreadExecutor>();
  executor->execute([&crawl] { crawl.fetch(); });
  executor->execute([&crawl] { crawl.extract(); });
}
