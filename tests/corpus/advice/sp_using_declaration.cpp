// expect: warning of shared-ptr-by-value
#include <memory>
#include <vector>
using std::shared_ptr;
struct Account { long cents = 0; };
typedef shared_ptr<Account> AccountPtr;
struct Bank {
  long total(AccountPtr a, AccountPtr b) const;  // before
  long total(const AccountPtr& a, const AccountPtr& b) const;  // after
};
long Bank::total(AccountPtr a, AccountPtr b) const {  // before
long Bank::total(const AccountPtr& a, const AccountPtr& b) const {  // after
  return a->cents + b->cents;
}
