// expect: warning of large-variant
#include <vector>
#include <cstring>
class Value {
public:
  enum class Type : unsigned char { Nil, Bool, Number, Text };
  Value() : type_(Type::Nil) {}
  explicit Value(bool b) : type_(Type::Bool) { u_.b = b; }
  explicit Value(double d) : type_(Type::Number) { u_.d = d; }
  explicit Value(const char* s) : type_(Type::Text) { std::strncpy(u_.text, s, sizeof u_.text - 1); }  // before
  explicit Value(const char* s) : type_(Type::Text) { u_.text = s; }  // after
  Type type() const { return type_; }
private:
  Type type_;
  union { bool b; double d; char text[120]; } u_;  // before
  union { bool b; double d; const char* text; } u_;  // after
};
struct Row { std::vector<Value> cells; };
void numbers(Row& r, int n) { for (int i = 0; i < n; ++i) r.cells.push_back(Value(1.0 * i)); }
void flags(Row& r, int n) { for (int i = 0; i < n; ++i) r.cells.emplace_back(i % 2 == 0); }
void nils(Row& r, int n) { for (int i = 0; i < n; ++i) r.cells.push_back(Value()); }
void title(Row& r) { r.cells.emplace_back("title"); }
