// expect: warning of padding
#include <vector>
struct Shape {
  bool live;
  double size;
  bool hidden;
};
Shape none;
struct Circle : Shape { double radius; };
std::vector<Circle> circles;  // flip
