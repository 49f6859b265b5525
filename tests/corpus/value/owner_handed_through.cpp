// expect: warning of shared-ptr-by-value
#include <memory>
struct S { int n = 0; };
static std::shared_ptr<S> kept;
#define USE(p) p->n  // flip
#ifndef USE
#define USE(p) (kept = p, 0)
#endif
static int inner(std::shared_ptr<S> p) { return USE(p); }
static int outer(std::shared_ptr<S> p) { return inner(p) + 1; }
int main() {
  auto s = std::make_shared<S>();
  return outer(s) + outer(s);
}
