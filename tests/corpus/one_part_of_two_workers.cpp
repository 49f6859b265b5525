// expect: warning
#include <thread>
struct Part { long sent = 0; long received = 0; };
class Sender {
 public:
  explicit Sender(Part* part) : part_(part) {}
  void run() { for (int i = 0; i < 100000; ++i) part_->sent++; }
 private:
  Part* part_;
};
class Receiver {
 public:
  explicit Receiver(Part* part) : part_(part) {}
  void run() { for (int i = 0; i < 100000; ++i) part_->received++; }
 private:
  Part* part_;
};
int main() {
  Part part;
  Sender sender(&part);
  Receiver receiver(&part);
  std::thread a(&Sender::run, &sender);
  std::thread b(&Receiver::run, &receiver);
  a.join();
  b.join();
}
