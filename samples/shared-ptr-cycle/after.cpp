// A child knows its parent without owning it: the family dies with the last owner of the parent.
#include <cstdio>
#include <string>
#include <vector>

#include <snug/rc.hpp>

struct Person {
  std::string name;
  std::vector<snug::rc<Person>> children;
  snug::weak_rc<Person> parent;
};

int main() {
  std::size_t length = 0;
  for (int family = 0; family < 100; ++family) {
    auto parent = snug::make_rc<Person>();
    parent->name = "parent " + std::to_string(family);
    for (int i = 0; i < 3; ++i) {
      auto child = snug::make_rc<Person>();
      child->parent = parent;
      parent->children.push_back(child);
    }
    for (const auto& child : parent->children) length += child->parent.lock()->name.size();
  }
  std::printf("%zu\n", length);
}
