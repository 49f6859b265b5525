// expect: warning
#include <functional>
#include <thread>
struct Work { long x = 0; long y = 0; void on_x(int n) { while (n--) x++; } void on_y(int n) { while (n--) y++; } };
int main() {
  Work work;
  std::thread a(std::bind(&Work::on_x, &work, 100000));
  std::thread b(std::bind(&Work::on_y, &work, 100000));
  a.join();
  b.join();
}
