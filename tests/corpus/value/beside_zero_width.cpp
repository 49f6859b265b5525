// expect: warning of padding
struct Flags {
  bool a;
  double x;
  bool b;
  double y;
  bool d;
  int bits : 3;
  int : 0;
  int more : 30;
};
Flags flags[100];
