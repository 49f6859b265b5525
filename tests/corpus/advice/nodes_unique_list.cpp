// expect: note of node-indirection
#include <list>
#include <memory>
struct Timer { long due; void (*fn)(void*); void* arg; };
struct Wheel {
  std::list<std::unique_ptr<Timer>> slots[4];  // before
  std::list<Timer> slots[4];  // after
  void add(int s, long due) { slots[s].push_back(std::make_unique<Timer>(Timer{due, nullptr, nullptr})); }  // before
  void add(int s, long due) { slots[s].push_back(Timer{due, nullptr, nullptr}); }  // after
};
