// expect: warning of large-variant
// config: [[known.type]]
// config: name = "rt::OneOf"
// config: role = "variant"
#include <cstring>
#include <new>
#include <utility>
#include <vector>
namespace rt {
template <class A, class B, class C> class OneOf {
  alignas(A) alignas(B) alignas(C) unsigned char raw_[sizeof(A) > sizeof(B) ? (sizeof(A) > sizeof(C) ? sizeof(A) : sizeof(C)) : (sizeof(B) > sizeof(C) ? sizeof(B) : sizeof(C))];
  int which_ = 0;
public:
  OneOf(A a) { ::new (raw_) A(std::move(a)); which_ = 0; }
  OneOf(B b) { ::new (raw_) B(std::move(b)); which_ = 1; }
  OneOf(C c) { ::new (raw_) C(std::move(c)); which_ = 2; }
  int which() const { return which_; }
};
}  // namespace rt
struct Tick { int code; };
struct Quote { double bid, ask; };
struct Depth { double level[32]; };  // before
struct Depth { double* level; };  // after
using Message = rt::OneOf<Tick, Quote, Depth>;
static std::vector<Message> inbox;
void tick(int n) {
  for (int i = 0; i < n; ++i) inbox.push_back(Message(Tick{i}));
  for (int i = 0; i < n; ++i) inbox.push_back(Message(Quote{1.0 * i, 2.0}));
}
void depth() { inbox.push_back(Message(Depth{})); }
int main(int argc, char**) { tick(argc * 1000); depth(); return inbox[0].which(); }
