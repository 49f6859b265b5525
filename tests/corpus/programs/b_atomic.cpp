// expect: nothing of bool-pack
#include <atomic>
#include <vector>
struct Lanes { std::atomic<bool> a, b, c, d, e, f, g, h; int n; };
static Lanes lanes[64];
void set(int i) { lanes[i].a = true; lanes[i].h = lanes[i].b.load(); }
