// expect: nothing of shared-ptr-by-value
#include <functional>
#include <memory>
struct S { int n = 0; };
void later(std::function<int(std::shared_ptr<S>)> call);
void start() {
  later([](std::shared_ptr<S> p) { return p->n; });
}
