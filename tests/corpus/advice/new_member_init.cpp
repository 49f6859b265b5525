// expect: warning of shared-ptr-new
#include <memory>
struct Cache { long hits = 0, misses = 0; Cache() {} };
class Server {
  std::shared_ptr<Cache> cache_;
public:
  Server() : cache_(new Cache) {}  // before
  Server() : cache_(std::make_shared<Cache>()) {}  // after
  long hits() const { return cache_->hits; }
};
Server a, b;
