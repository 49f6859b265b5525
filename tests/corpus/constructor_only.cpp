// expect: silent
#include <thread>
#include <vector>
class Server {
 public:
  explicit Server(int n) { for (int i = 0; i < n; ++i) capacity_ += i; }
  void run() { for (int i = 0; i < 100000; ++i) served_++; }
 private:
  long capacity_ = 0;
  long served_ = 0;
};
int main() {
  Server server(1000);
  std::thread t(&Server::run, &server);
  t.join();
}
