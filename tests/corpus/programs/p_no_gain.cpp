// expect: nothing of padding
#include <vector>
struct Tick { double price; int volume; bool buy; };
static std::vector<Tick> ticks;
void add(double p, int v, bool b) { ticks.push_back({p, v, b}); }
