// expect: warning of shared-ptr-new
#include <memory>
struct Stats { long in, out; };
std::shared_ptr<Stats> fresh() {
  return std::shared_ptr<Stats>(new Stats());  // before
  return std::make_shared<Stats>();  // after
}
