// expect: warning of large-variant
#include <string>
#include <variant>
#include <vector>
struct Key { int code; };
struct Move { int x, y; };
struct Picture { char bytes[256]; };
struct Sound { char bytes[256]; };
using Event = std::variant<Key, Sound, Picture>;
std::vector<Event> log;
void keys(int n) {
  for (int i = 0; i < n; ++i) log.push_back(Key{i});  // flip
}
void picture() { log.push_back(Picture{}); }
