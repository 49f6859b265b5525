// Counted pointers as parameters by value: those that are only read, and those that are needed.
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Account {
  std::string name;
  long balance = 0;
  long fee() const { return balance / 100; }
};
using AccountPtr = std::shared_ptr<Account>;

long total_fee(const AccountPtr& account) {
  return account->fee();
}

// A typedef is a shared_ptr, too.
bool same(AccountPtr a,                // expect: shared-ptr-by-value "'a' of 'same'"
          const AccountPtr& b) {
  return a == b || (a && a->name == b->name);
}

// Handing it on by reference to const is reading.
long fee_of(std::shared_ptr<Account> account) {  // expect: shared-ptr-by-value "'account' of 'fee_of'"
  return total_fee(account);
}

class Bank {
 public:
  // The declaration and the definition are edited together.
  long debit(std::shared_ptr<Account> account, long amount);
  // Stored: the bank needs an owner.
  void add(std::shared_ptr<Account> account) { accounts_.push_back(account); }
  // Moved: the caller's owner becomes the bank's.
  void adopt(std::shared_ptr<Account> account) { first_ = std::move(account); }
  virtual ~Bank() = default;
  // Overriders may need what this one does not.
  virtual long audit(std::shared_ptr<Account> account) { return account->balance; }

 private:
  std::vector<std::shared_ptr<Account>> accounts_;
  std::shared_ptr<Account> first_;
};

long Bank::debit(std::shared_ptr<Account> account,  // expect: shared-ptr-by-value "'account' of 'Bank::debit'"
                 long amount) {
  account->balance -= amount;
  return account->balance;
}

// Captured: the closure outlives the call.
std::function<long()> later(std::shared_ptr<Account> account) {
  return [account] { return account->balance; };
}

// Returned.
std::shared_ptr<Account> or_default(std::shared_ptr<Account> account) {
  if (account) return account;
  return std::make_shared<Account>();
}

// Assigned.
long last_of(std::shared_ptr<Account> account, const std::vector<std::shared_ptr<Account>>& more) {
  for (const auto& other : more) {
    if (other->balance > account->balance) account = other;
  }
  return account->balance;
}

// Its address is taken: the type of the function is somebody's interface.
long hook(std::shared_ptr<Account> account) {
  return account->balance;
}
using Hook = long (*)(std::shared_ptr<Account>);
Hook installed = &hook;

// Every caller gives its owner away, which costs nothing.
long close_account(std::shared_ptr<Account> account) {
  return account->balance;
}

long use(Bank& bank, const std::vector<AccountPtr>& accounts) {
  long sum = 0;
  for (const AccountPtr& account : accounts) {
    sum += same(account, accounts.front()) ? 1 : fee_of(account);
    sum += bank.debit(account, 1) + bank.audit(account) + installed(account);
    bank.add(account);
    bank.adopt(account);
    sum += later(account)() + or_default(account)->balance + last_of(account, accounts);
  }
  return sum + close_account(std::make_shared<Account>());
}
