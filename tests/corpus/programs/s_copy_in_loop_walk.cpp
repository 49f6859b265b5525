// expect: warning of shared-ptr-copy-in-loop
#include <memory>
#include <vector>
struct Widget { int width; bool visible; };
int visible_width(const std::vector<std::shared_ptr<Widget>>& all) {
  int w = 0;
  for (auto widget : all) {  // before
  for (const auto& widget : all) {  // after
    if (widget->visible) w += widget->width;
  }
  return w;
}
