// Each turn of the loop copies an owner that it does not keep.
#include <cstdio>
#include <memory>
#include <vector>

struct Shape {
  int width, height;
};

int main() {
  std::vector<std::shared_ptr<Shape>> shapes;
  for (int i = 0; i < 1000; ++i) shapes.push_back(std::make_shared<Shape>(Shape{i, 2}));
  long area = 0;
  for (int round = 0; round < 100; ++round) {
    for (std::shared_ptr<Shape> shape : shapes) {  // expect: shared-ptr-copy-in-loop "of 'shapes'"
      area += long(shape->width) * shape->height;
    }
  }
  std::printf("%ld\n", area);
}
