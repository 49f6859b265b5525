// expect: warning
// new T[n] behind a class.
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Lane {
  long done;
  long failed;
};
class Crew {
 public:
  explicit Crew(int n) : n_(n), lanes_(new Lane[n]()) {}
  ~Crew() { delete[] lanes_; }
  void go() {
    std::vector<std::thread> ts;
    for (int i = 0; i < n_; ++i) ts.emplace_back(&Crew::loop, this, i);
    for (auto& t : ts) t.join();
  }
 private:
  void loop(int i) {
    for (long k = 0; k < 100000000; ++k) {
      lanes_[i].done += k;
      if (k % 7 == 0) lanes_[i].failed++;
    }
  }
  int n_;
  Lane* lanes_;
};
int main() {
  Crew crew(4);
  crew.go();
}
