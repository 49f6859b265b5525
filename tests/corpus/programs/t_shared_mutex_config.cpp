// expect: silent of false-sharing flags: -pthread
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>
class Config {
 public:
  int get(const std::string& key) const {
    std::shared_lock lock(mutex_);
    auto it = values_.find(key);
    return it == values_.end() ? 0 : it->second;
  }
  void set(const std::string& key, int value) {
    std::unique_lock lock(mutex_);
    values_[key] = value;
    ++version_;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, int> values_;
  long version_ = 0;
};
int main() {
  Config config;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { for (int n = 0; n < 1000; ++n) config.get("a"); });
  threads.emplace_back([&] { for (int n = 0; n < 10; ++n) config.set("a", n); });
}
