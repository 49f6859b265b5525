// expect: note of node-indirection
#include <map>
#include <string>
struct Symbol { int type; int scope; long addr; };
class Table {
  std::map<std::string, Symbol*> all_;  // before
  std::map<std::string, Symbol> all_;  // after
public:
  ~Table() { for (auto& [k, v] : all_) delete v; }  // before
  void define(const std::string& n, long a) { Symbol* s = new Symbol(); s->addr = a; all_[n] = s; }  // before
  void define(const std::string& n, long a) { all_[n].addr = a; }  // after
};
