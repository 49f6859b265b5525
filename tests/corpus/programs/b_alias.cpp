// expect: note of bool-pack
#include <string>
#include <vector>
using flag = bool;
struct Feature {
  std::string name;
  flag visible = false, enabled = false, selected = false, dragged = false;  // before
  flag hovered = false, focused = false, dirty = false, locked = false, pinned = false;  // before
  unsigned char flags = 0;  // after
};
static std::vector<Feature> features;
int count() { int n = 0; for (const Feature& f : features) n += f.name.size() > 3; return n; }
