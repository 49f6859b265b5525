// Virtual bases: shared ones, nearly empty ones, those of bases, those that need a vtordisp.
struct Top {
  int a;
  char b;
};
struct Empty {};
struct NearlyEmpty {
  virtual void f();
};
struct Left : virtual Top {
  char c;
};
struct Right : virtual Top {
  short d;
};
struct Diamond : Left, Right {
  char e;
};
struct Primary : virtual NearlyEmpty {
  int a;
};
struct PrimaryTwice : Primary, virtual NearlyEmpty {
  char b;
};
struct VirtualEmpty : virtual Empty {
  char a;
};
struct VirtualEmpties : virtual Empty, VirtualEmpty {
  char b;
};
struct Polymorphic {
  virtual ~Polymorphic();
  virtual void f();
  int a;
};
struct Overrides : virtual Polymorphic {
  Overrides();
  void f() override;
  char b;
};
struct OverridesAgain : virtual Overrides {
  OverridesAgain();
  ~OverridesAgain() override;
  void f() override;
  char c;
};
struct alignas(16) AlignedTop {
  char a;
};
struct OfAligned : virtual AlignedTop {
  char b;
};
struct ManyWays : Diamond, virtual OfAligned, virtual OverridesAgain {
  ManyWays();
  char f;
};
struct HoldsVirtual {
  char a;
  Diamond b;
  char c;
};
