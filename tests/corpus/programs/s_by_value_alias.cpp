// expect: warning of shared-ptr-by-value
#include <memory>
#include <string>
namespace app {
struct User { std::string name; int age; };
using UserPtr = std::shared_ptr<User>;
int name_length(UserPtr user) {  // before
int name_length(const UserPtr& user) {  // after
  return static_cast<int>(user->name.size()) + user->age;
}
}  // namespace app
int f(const app::UserPtr& u) { return app::name_length(u); }
