// expect: warning of hot-cold
template <typename T>
class Array {
 public:
  int size() const { return size_; }
  T& operator[](int i) { return data_[i]; }
  const T& operator[](int i) const { return data_[i]; }

 private:
  int size_ = 0;
  T* data_ = nullptr;
};

struct Node {
  double x, v;
  double cold[16];
  double f, im;
};

struct Body {
  Array<Node> nodes;
  void step(double dt);
  void run(double dt);
};

void Body::step(double dt) {
  for (int i = 0, n = nodes.size(); i < n; ++i) {
    Node& p = nodes[i];
    p.v += p.f * p.im * dt;
    p.x += p.v * dt;
  }
}
void Body::run(double dt) {
  for (int k = 0; k < 100; ++k)  // flip
    step(dt);
}
