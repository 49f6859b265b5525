// expect: nothing of odr-layout
struct A { int x; };
int f(A a) { return a.x; }
