// expect: warning
template <class T> class QFuture { public: void waitForFinished(); };
namespace QtConcurrent { template <class F> QFuture<void> run(F f) { f(); return {}; } }
struct Stats { long left = 0; /*after: alignas(64)*/ long right = 0; };
int main() {
  Stats s;
  QFuture<void> a = QtConcurrent::run([&s] { for (int i = 0; i < 1000000; ++i) s.left += i; });
  QFuture<void> b = QtConcurrent::run([&s] { for (int i = 0; i < 1000000; ++i) s.right += i; });
  a.waitForFinished();
  b.waitForFinished();
}
