// expect: warning of shared-ptr-copy-in-loop
#include <memory>
#include <vector>
struct Shape {
  virtual ~Shape() = default;
  virtual double area() const = 0;
};
double total(const std::vector<std::shared_ptr<Shape>>& shapes) {
  double sum = 0;
  for (auto shape : shapes) sum += shape->area();  // before
  for (const auto& shape : shapes) sum += shape->area();  // after
  return sum;
}
