// expect: warning of shared-ptr-by-value
#include <memory>
struct S { int n = 0; };
int main() {
  auto s = std::make_shared<S>();
  auto get = [](std::shared_ptr<S> p) { return p->n; };
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += get(s);  // flip
  return sum;
}
