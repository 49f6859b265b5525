// expect: warning of shared-ptr-by-value
#include <memory>
struct S { int n = 0; };
static std::shared_ptr<S> kept;
static int inner(std::shared_ptr<S> p) { return p->n; }
static int outer(std::shared_ptr<S> p) { return inner(p) + 1; }
int main() {
  auto s = std::make_shared<S>();
  return outer(s) + outer(s);  // flip
}
