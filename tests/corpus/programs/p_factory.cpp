// expect: warning of padding
#include <memory>
#include <string>
class Shape {
 public:
  virtual ~Shape() = default;
  virtual double area() const = 0;
};
class Circle : public Shape {
 public:
  Circle(double r, bool filled, bool dashed) : filled_(filled), r_(r), dashed_(dashed) {}  // before
  Circle(double r, bool filled, bool dashed) : r_(r), filled_(filled), dashed_(dashed) {}  // after
  double area() const override { return filled_ || dashed_ ? r_ * r_ * 3.14 : 0; }

 private:
  bool filled_;  // before
  double r_;
  bool dashed_;  // before
  bool filled_, dashed_;  // after
};
std::unique_ptr<Shape> make_shape(const std::string& kind, double size) {
  if (kind == "circle") return std::make_unique<Circle>(size, true, false);
  return nullptr;
}
