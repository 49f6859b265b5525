// expect: nothing of shared-ptr-cycle
#include <memory>
struct Link { int value = 0; std::shared_ptr<Link> next; };
std::shared_ptr<Link> prepend(int v, std::shared_ptr<Link> tail) {
  auto l = std::make_shared<Link>();
  l->value = v;
  l->next = std::move(tail);
  return l;
}
