// expect: nothing of bool-pack
#include <vector>
struct Options { bool a, b, c, d, e, f, g, h, i, j; int level; };
static std::vector<Options> all;
void parse(bool* out, const char* text) { *out = text[0] == 'y'; }
void read(Options& o, const char* t) {
  parse(&o.a, t); parse(&o.b, t); parse(&o.c, t); parse(&o.d, t); parse(&o.e, t);
  parse(&o.f, t); parse(&o.g, t); parse(&o.h, t); parse(&o.i, t); parse(&o.j, t);
  all.push_back(o);
}
