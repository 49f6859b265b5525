// expect: warning of shared-ptr-by-value
#include <memory>
#include <map>
#include <string>
template <class T> struct Registry {
  std::map<std::string, int> seen;
  int count(const std::string& name, std::shared_ptr<T> t) { return seen[name] += t->weight(); }  // before
  int count(const std::string& name, const std::shared_ptr<T>& t) { return seen[name] += t->weight(); }  // after
};
struct Stone { int weight() const { return 3; } };
int weigh(Registry<Stone>& r, const std::shared_ptr<Stone>& s) { return r.count("stone", s); }
