// expect: warning of padding
#include <cstddef>
struct Vertex {
  char material;  // before
  double x, y, z;
  char flags;  // before
  char material, flags;  // after
};
class VertexArray {
 public:
  explicit VertexArray(std::size_t n) : data_(new Vertex[n]), size_(n) {}
  ~VertexArray() { delete[] data_; }
  Vertex& operator[](std::size_t i) { return data_[i]; }
  std::size_t size() const { return size_; }

 private:
  Vertex* data_;
  std::size_t size_;
};
double height(VertexArray& a) {
  double top = 0;
  for (std::size_t i = 0; i < a.size(); ++i) if (a[i].z > top) top = a[i].z;
  return top;
}
