// expect: nothing of line-straddle
#include <vector>
struct Row { double a, b, c, d, e, f; };
static std::vector<Row> rows;
double f() { double s = 0; for (Row& r : rows) s += r.e + r.f; return s; }
