// expect: warning of padding
struct Shape {
  bool live;
#if __cplusplus > 201103L
  long id;
#endif
  double size;
  bool hidden;
};
Shape shapes[1000];
