// expect: warning of large-variant
#include <string>
#include <variant>
#include <vector>
struct Key { int code; };
struct Move { int x, y; };
struct Picture { char bytes[256]; };
using Event = std::variant<Key, Move, Picture>;
std::vector<Event> log;
void key(int k) { for (int i = 0; i < k; ++i) log.push_back(Key{i}); }
void picture() { log.push_back(Picture{}); }
