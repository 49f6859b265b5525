// expect: note of padding
#include <cstring>
namespace {
struct Scanner {
  char last;  // before
  const char* p;
  bool error;  // before
  const char* end;
  short depth;  // before
  long line;
  short depth; char last; bool error;  // after
};
}  // namespace
int depth_of(const char* s) {
  Scanner sc{};
  sc.p = s;
  sc.end = s + std::strlen(s);
  short most = 0;
  for (; sc.p != sc.end; ++sc.p) {
    if (*sc.p == '(') ++sc.depth;
    if (*sc.p == ')') --sc.depth;
    if (sc.depth > most) most = sc.depth;
    sc.last = *sc.p;
    sc.error = sc.depth < 0;
  }
  return sc.error ? -1 : most;
}
