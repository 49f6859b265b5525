// expect: nothing of bool-pack
#include <vector>
void option(const char*, bool*);
struct Opts { bool a, b, c, d, e, f, g, h; };
std::vector<Opts> all;
void parse(Opts& o) { option("a", &o.a); option("b", &o.b); option("c", &o.c); option("d", &o.d); option("e", &o.e); option("f", &o.f); option("g", &o.g); option("h", &o.h); }
