// The loop looks at the owners in the vector.
#include <cstdio>
#include <vector>

#include <snug/rc.hpp>

struct Shape {
  int width, height;
};

int main() {
  std::vector<snug::rc<Shape>> shapes;
  for (int i = 0; i < 1000; ++i) shapes.push_back(snug::make_rc<Shape>(Shape{i, 2}));
  long area = 0;
  for (int round = 0; round < 100; ++round) {
    for (const snug::rc<Shape>& shape : shapes) area += long(shape->width) * shape->height;
  }
  std::printf("%ld\n", area);
}
