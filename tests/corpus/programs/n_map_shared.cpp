// expect: note of node-indirection
#include <map>
#include <memory>
#include <string>
struct Symbol { int address; int size; };
class Symbols {
 public:
  void define(const std::string& n, int a) { table_[n] = std::make_unique<Symbol>(Symbol{a, 0}); }  // before
  void define(const std::string& n, int a) { table_[n] = Symbol{a, 0}; }  // after
  int find(const std::string& n) const { auto i = table_.find(n); return i == table_.end() ? -1 : i->second->address; }  // before
  int find(const std::string& n) const { auto i = table_.find(n); return i == table_.end() ? -1 : i->second.address; }  // after

 private:
  std::map<std::string, std::unique_ptr<Symbol>> table_;  // before
  std::map<std::string, Symbol> table_;  // after
};
int f(Symbols& s) { s.define("a", 1); return s.find("a"); }
