// expect: warning of shared-ptr-by-value
#include <memory>
#include <string>
namespace util { template <class T> using Ref = std::shared_ptr<T>; }
namespace u = util;
struct Config { std::string host; int port; };
int port_of(u::Ref<Config> c) { return c->port + 1; }  // before
int port_of(const u::Ref<Config>& c) { return c->port + 1; }  // after
int use(const u::Ref<Config>& c) { return port_of(c); }
