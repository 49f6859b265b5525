// expect: warning of large-variant
#include <variant>
#include <cstddef>
#include <cstdlib>
#include <new>
template <class T> class Buf {
  T* first_ = nullptr; std::size_t n_ = 0, cap_ = 0;
public:
  void add(const T& t) {
    if (n_ == cap_) {
      std::size_t c = cap_ ? cap_ * 2 : 8;
      T* fresh = static_cast<T*>(::operator new(c * sizeof(T)));
      for (std::size_t i = 0; i < n_; ++i) { new (&fresh[i]) T(first_[i]); first_[i].~T(); }
      ::operator delete(first_); first_ = fresh; cap_ = c;
    }
    new (&first_[n_++]) T(t);
  }
  T& operator[](std::size_t i) { return first_[i]; }
  std::size_t size() const { return n_; }
};
struct Goto { int line; };
struct Print { int reg; };
struct Table { long jump[64]; };  // before
struct Table { long* jump; };  // after
using Op = std::variant<Goto, Print, Table>;
struct Program { Buf<Op> code; };
void emit(Program& p, int n) { for (int i = 0; i < n; ++i) { p.code.add(Goto{i}); p.code.add(Print{i}); } }
void emit_switch(Program& p) { p.code.add(Table{}); }
