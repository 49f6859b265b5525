// Owners that are made from new-expressions.
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

struct Point {
  Point(int px, int py) : x(px), y(py) {}
  virtual ~Point() = default;
  int x, y;
};
struct Point3 : Point {
  Point3(int px, int py, int pz) : Point(px, py), z(pz) {}
  int z;
};
struct Plain {
  int a = 0;
  int b = 0;
};

std::shared_ptr<Point> variable() {
  std::shared_ptr<Point> p(new Point(1, 2));  // expect: shared-ptr-new "allocates twice: 16 bytes"
  return p;
}
std::shared_ptr<Point> braces() {
  std::shared_ptr<Point> p{new Point{1, 2}};  // expect: shared-ptr-new "std::shared_ptr<Point>(new Point(...))"
  return p;
}
// A pointer to the base: the object is still made in one block.
std::shared_ptr<Point> derived() {
  return std::shared_ptr<Point>(new Point3(1, 2, 3));  // expect: shared-ptr-new "24 bytes for the object"
}
class Holder {
 public:
  Holder() : point_(new Point(0, 0)) {}  // expect: shared-ptr-new "std::shared_ptr<Point>(new Point(...))"
  void renew(int x) {
    point_.reset(new Point(x, x));  // expect: shared-ptr-new "reset(new Point(...))"
  }

 private:
  std::shared_ptr<Point> point_;
};
// An aggregate in braces, which C++20 can make from parentheses.
std::shared_ptr<Plain> aggregate() {
  return std::shared_ptr<Plain>(new Plain{1, 2});  // expect: shared-ptr-new "8 bytes for the object"
}

// A deleter of its own.
std::shared_ptr<std::FILE> file(const char* name) {
  return std::shared_ptr<std::FILE>(std::fopen(name, "r"), [](std::FILE* f) {
    if (f != nullptr) std::fclose(f);
  });
}
std::shared_ptr<Point> counted_deletes() {
  return std::shared_ptr<Point>(new Point(1, 1), [](Point* p) { delete p; });
}
// An array.
std::shared_ptr<int[]> numbers() {
  return std::shared_ptr<int[]>(new int[10]);
}
// make_shared cannot call a private constructor.
class Registry {
 public:
  static std::shared_ptr<Registry> make() { return std::shared_ptr<Registry>(new Registry); }

 private:
  Registry() = default;
  std::string name_;
};
// The class has a pool of its own.
struct Pooled {
  static void* operator new(std::size_t size);
  static void operator delete(void* memory);
  int value = 0;
};
std::shared_ptr<Pooled> pooled() {
  return std::shared_ptr<Pooled>(new Pooled);
}
// Braces that mean a list of elements.
std::shared_ptr<std::vector<int>> two() {
  return std::shared_ptr<std::vector<int>>(new std::vector<int>{3, 4});
}
// Weak pointers would keep the memory of a large object.
struct Image {
  char pixels[65536];
};
struct Cache {
  std::weak_ptr<Image> last;
  std::shared_ptr<Image> load() {
    std::shared_ptr<Image> image(new Image);
    last = image;
    return image;
  }
};
// A pointer that comes from elsewhere.
std::shared_ptr<Point> adopt(Point* point) {
  return std::shared_ptr<Point>(point);
}
