// expect: note of node-indirection
#include <map>
#include <memory>
#include <string>
struct Account { std::string owner; long cents = 0; };
class Bank {
 public:
  void open(int number, const std::string& owner) {
    accounts_.emplace(number, std::make_unique<Account>(Account{owner, 0}));  // before
    accounts_.emplace(number, Account{owner, 0});  // after
  }
  long total() const {
    long sum = 0;
    for (const auto& [number, account] : accounts_) sum += account->cents;  // before
    for (const auto& [number, account] : accounts_) sum += account.cents;  // after
    return sum;
  }

 private:
  std::map<int, std::unique_ptr<Account>> accounts_;  // before
  std::map<int, Account> accounts_;  // after
};
long use(Bank& b) { b.open(1, "a"); return b.total(); }
