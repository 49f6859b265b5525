// expect: warning of padding
struct Shared {
  bool a;
  double values[7];
  bool b;
  alignas(64) long hot;
};
Shared shared[100];
