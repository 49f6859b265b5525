// expect: nothing of line-straddle
#include <vector>
struct Pair { long a, b; int c; };
static std::vector<Pair> pairs;
long f() { long s = 0; for (const Pair& p : pairs) s += p.a; return s; }
