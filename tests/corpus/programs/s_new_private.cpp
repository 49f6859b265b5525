// expect: nothing of shared-ptr-new
#include <memory>
class Registry {
 public:
  static std::shared_ptr<Registry> create() { return std::shared_ptr<Registry>(new Registry); }

 private:
  Registry() = default;
  int entries_ = 0;
};
auto r() { return Registry::create(); }
