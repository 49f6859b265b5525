// expect: warning of padding
#include <cstddef>
#include <new>
class Arena {
 public:
  template <class T, class... A>
  T* make(A&&... a) { return new (allocate(sizeof(T))) T{static_cast<A&&>(a)...}; }
  void* allocate(std::size_t n) { char* p = at_; at_ += n; return p; }

 private:
  char buffer_[65536];
  char* at_ = buffer_;
};
struct Expr {
  char op;  // before
  Expr* left;
  bool constant;  // before
  Expr* right;
  int line;  // before
  int line; char op; bool constant;  // after
};
Expr* binary(Arena& arena, char op, Expr* l, Expr* r) {
  Expr* e = arena.make<Expr>();
  e->op = op;
  e->left = l;
  e->right = r;
  return e;
}
