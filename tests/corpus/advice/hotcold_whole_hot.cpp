// expect: nothing of hot-cold
#include <vector>
struct State { double a[10]; double b[10]; };
void step(std::vector<State>& s) { for (auto& x : s) for (int i = 0; i < 10; ++i) x.a[i] += x.b[i]; }
