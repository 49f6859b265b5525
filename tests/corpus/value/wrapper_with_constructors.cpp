// expect: warning of large-variant
#include <string>
#include <variant>
#include <vector>
struct Key { int code; };
struct Move { int x, y; };
struct Picture { char bytes[256]; };
class Event {
 public:
  Event(Key k) : value_(k) {}
  Event(Picture p) : value_(p) {}

 private:
  std::variant<Key, Picture> value_;
};
std::vector<Event> log;
void keys(int n) {
  for (int i = 0; i < n; ++i) log.push_back(Event(Key{i}));  // flip
}
void picture() { log.push_back(Event(Picture{})); }
