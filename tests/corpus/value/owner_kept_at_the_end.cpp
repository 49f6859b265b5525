// expect: nothing of shared-ptr-by-value
#include <memory>
struct S { int n = 0; };
static std::shared_ptr<S> kept;
static void inner(std::shared_ptr<S> p) { kept = p; }
static int outer(std::shared_ptr<S> p) {
  inner(p);
  return p->n;
}
int main() {
  auto s = std::make_shared<S>();
  return outer(s) + outer(s);
}
