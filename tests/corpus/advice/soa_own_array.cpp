// expect: note of soa-candidate
#include <cstddef>
template <typename T> struct Array {
  T* data_; std::size_t size_;
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  std::size_t size() const { return size_; }
};
struct Vertex { float x, y, z; float nx, ny, nz; float u, v; };  // before
struct Vertex { float x; };  // after
float leftmost(const Array<Vertex>& vs) {
  float best = 1e30f;
  for (std::size_t i = 0; i < vs.size(); ++i) if (vs[i].x < best) best = vs[i].x;
  return best;
}
