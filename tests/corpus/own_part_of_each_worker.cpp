// expect: silent
#include <thread>
struct Part { long sent = 0; long received = 0; };
class Sender {
 public:
  Sender() : part_(new Part) {}
  void run() { for (int i = 0; i < 100000; ++i) part_->sent++; }
 private:
  Part* part_;
};
class Receiver {
 public:
  Receiver() : part_(new Part) {}
  void run() { for (int i = 0; i < 100000; ++i) part_->received++; }
 private:
  Part* part_;
};
int main() {
  Sender sender;
  Receiver receiver;
  std::thread a(&Sender::run, &sender);
  std::thread b(&Receiver::run, &receiver);
  a.join();
  b.join();
}
