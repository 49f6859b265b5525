// expect: note of hot-cold
#include <string>
#include <vector>
struct Backend { std::string name; int weight; std::string address; std::string cookie; int current; std::string tracker; long sessions; int maxconn; };  // before
struct Backend { int weight; int current; long sessions; int maxconn; std::string name; std::string address; std::string cookie; std::string tracker; };  // after
Backend* pick(std::vector<Backend>& all) {
  Backend* best = nullptr;
  for (auto& b : all) { b.current += b.weight; if (b.sessions < b.maxconn && (!best || b.current > best->current)) best = &b; }
  return best;
}
