// expect: nothing of padding
struct Shared {
  bool a;
  alignas(64) long hot;
  bool b;
  alignas(64) long cold;
};
Shared shared[100];
