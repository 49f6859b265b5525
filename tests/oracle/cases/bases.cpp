// Bases: tails that are used again, empty ones, primary ones, several at a time.
struct Empty {};
struct EmptyToo {};
struct Tail {
  int a;
  char b;
};
class PrivateTail {
  int a;
  char b;

 public:
  PrivateTail();
};
struct UsesTail : Tail {
  char c;
};
struct UsesPrivateTail : PrivateTail {
  char c;
};
struct EmptyBase : Empty {
  int a;
};
struct EmptyBaseSameType : Empty {
  Empty a;
  int b;
};
struct TwoEmpty : Empty, EmptyToo {
  char a;
};
struct EmptyOfEmpty : Empty {};
struct EmptyTwice : EmptyOfEmpty, EmptyToo {
  EmptyOfEmpty a;
  EmptyToo b;
};
struct Plain {
  long long a;
  char b;
};
struct Virtual {
  virtual ~Virtual();
  char a;
};
struct VirtualDerived : Virtual {
  char b;
  void own();
};
struct PlainFirst : Plain, Virtual {
  char c;
};
struct VirtualLater : Plain {
  virtual void f();
  short c;
};
struct TwoVirtual : VirtualDerived, PlainFirst {
  int d;
};
struct Interface {
  virtual void f() = 0;
};
struct OtherInterface {
  virtual void g() = 0;
};
struct Both final : Interface, OtherInterface {
  void f() override;
  void g() override;
  char a;
};
struct alignas(32) Aligned {
  char a;
};
struct AlignedBase : Aligned {
  char b;
};
struct AlignedMember {
  char a;
  AlignedBase b;
  char c;
};
struct References {
  char a;
  int& b;
  int&& c;
  char d;
};
struct Members {
  char a;
  int Plain::* b;
  char c;
  void (Plain::*d)();
  char e;
  void (TwoVirtual::*f)();
};
