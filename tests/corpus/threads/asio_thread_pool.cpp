// expect: warning
#include <utility>
namespace boost { namespace asio {
class thread_pool { public: explicit thread_pool(int n); void join(); };
template <class E, class F> void post(E& executor, F&& f) { (void)executor; f(); }
} }
struct /*after: alignas(64)*/ Cell { long n = 0; };
static Cell cells[8];
int main() {
  boost::asio::thread_pool pool(8);
  for (int i = 0; i < 8; ++i)
    boost::asio::post(pool, [i] { for (int k = 0; k < 1000000; ++k) cells[i].n += k; });
  pool.join();
}
