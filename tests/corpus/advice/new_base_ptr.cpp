// expect: warning of shared-ptr-new
#include <memory>
struct Shape { virtual ~Shape() = default; virtual double area() const = 0; };
struct Disc : Shape { double r; explicit Disc(double x) : r(x) {} double area() const override { return 3 * r * r; } };
double run(double r) {
  std::shared_ptr<Shape> s(new Disc(r));  // before
  std::shared_ptr<Shape> s = std::make_shared<Disc>(r);  // after
  return s->area();
}
