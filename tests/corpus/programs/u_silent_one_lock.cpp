// expect: silent of false-sharing flags: -pthread
#include <map>
#include <mutex>
#include <string>
#include <thread>
class Registry {
 public:
  void hit(const std::string& key) {
    std::scoped_lock lock(mutex_);
    ++map_[key];
    ++hits_;
  }
  void miss() {
    std::scoped_lock lock(mutex_);
    ++misses_;
  }
 private:
  std::mutex mutex_;
  std::map<std::string, int> map_;
  long hits_ = 0;
  long misses_ = 0;
};
int main() {
  Registry registry;
  std::thread a([&] { for (int i = 0; i < 1000000; ++i) registry.hit("a"); });
  std::thread b([&] { for (int i = 0; i < 1000000; ++i) registry.miss(); });
  a.join();
  b.join();
}
