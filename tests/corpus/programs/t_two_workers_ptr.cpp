// expect: warning of false-sharing flags: -pthread
#include <thread>
struct Ledger {
  long debits = 0;
  char apart[64];  // after
  long credits = 0;
};
class Poster {
 public:
  explicit Poster(long* total) : total_(total) {}
  void run() { for (int i = 1; i < 5000000; ++i) *total_ += i % 7; }

 private:
  long* total_;
};
int main() {
  Ledger ledger;
  Poster debit(&ledger.debits), credit(&ledger.credits);
  std::thread a(&Poster::run, &debit);
  std::thread b(&Poster::run, &credit);
  a.join();
  b.join();
}
