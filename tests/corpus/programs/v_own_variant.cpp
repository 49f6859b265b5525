// expect: warning of large-variant
#include <new>
#include <string>
#include <vector>
struct Table { char cells[512]; };
class Value {
 public:
  enum class Type { Null, Number, Bool, Table };
  Value() : type_(Type::Null) {}
  explicit Value(double n) : type_(Type::Number) { u_.number = n; }
  explicit Value(bool b) : type_(Type::Bool) { u_.boolean = b; }
  explicit Value(const Table& t) : type_(Type::Table) { u_.table = t; }  // before
  explicit Value(const Table& t) : type_(Type::Table) { u_.table = new Table(t); }  // after
  Type type() const { return type_; }
  double number() const { return u_.number; }

 private:
  Type type_;
  union U {
    double number;
    bool boolean;
    Table table;  // before
    Table* table;  // after
    U() : number(0) {}
  } u_;
};
std::vector<Value> parse(const std::string& s) {
  std::vector<Value> out;
  for (char c : s) {
    if (c == 't') out.push_back(Value(true));
    else out.push_back(Value(static_cast<double>(c)));
  }
  return out;
}
