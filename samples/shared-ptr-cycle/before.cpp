// Parents own their children and children their parents: no family is ever freed.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

struct Person {
  std::string name;
  std::vector<std::shared_ptr<Person>> children;
  std::shared_ptr<Person> parent;  // expect: shared-ptr-cycle "make 'parent' weak"
};

int main() {
  std::size_t length = 0;
  for (int family = 0; family < 100; ++family) {
    auto parent = std::make_shared<Person>();
    parent->name = "parent " + std::to_string(family);
    for (int i = 0; i < 3; ++i) {
      auto child = std::make_shared<Person>();
      child->parent = parent;
      parent->children.push_back(child);
    }
    for (const auto& child : parent->children) length += child->parent->name.size();
  }
  std::printf("%zu\n", length);
}
