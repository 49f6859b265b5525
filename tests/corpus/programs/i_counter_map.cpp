// expect: note of id-map
#include <string>
#include <unordered_map>
struct Timer { long when; std::string name; };
class Timers {
 public:
  int add(long when, std::string name) {
    int id = next_++;
    timers_.emplace(id, Timer{when, std::move(name)});
    return id;
  }
  void cancel(int id) { timers_.erase(id); }

 private:
  int next_ = 1;
  std::unordered_map<int, Timer> timers_;
};
int f(Timers& t) { t.cancel(1); return t.add(3, "x"); }
