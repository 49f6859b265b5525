// expect: warning of shared-ptr-cycle
#include <memory>
#include <string>
#include <vector>
struct Widget : std::enable_shared_from_this<Widget> {
  std::string name;
  std::shared_ptr<Widget> parent;  // before
  std::weak_ptr<Widget> parent;  // after
  std::vector<std::shared_ptr<Widget>> children;
  void add(std::shared_ptr<Widget> child) {
    child->parent = shared_from_this();
    children.push_back(std::move(child));
  }
};
void build() {
  auto root = std::make_shared<Widget>();
  root->add(std::make_shared<Widget>());
}
