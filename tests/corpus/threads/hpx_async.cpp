// expect: warning
namespace hpx {
template <class T> class future { public: T get(); };
template <class F> future<void> async(F&& f) { f(); return {}; }
}
struct Two { long a = 0; /*after: alignas(64)*/ long b = 0; };
int main() {
  Two two;
  auto x = hpx::async([&] { for (int i = 0; i < 1000000; ++i) ++two.a; });
  auto y = hpx::async([&] { for (int i = 0; i < 1000000; ++i) ++two.b; });
  x.get();
  y.get();
}
