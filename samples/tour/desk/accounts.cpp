#include "desk/accounts.hpp"

namespace desk {

std::uint64_t balance(std::shared_ptr<Account> account) {
  return account->balance;
}

std::uint64_t exposure(const Trader& trader) {
  std::uint64_t sum = 0;
  for (auto account : trader.accounts) {
    sum += account->balance;
  }
  for (const auto& account : trader.accounts) {
    sum += balance(account) / 10;
  }
  return sum;
}

std::shared_ptr<Account> open_account(const std::shared_ptr<Trader>& trader) {
  std::shared_ptr<Account> account(new Account);
  account->owner = trader;
  trader->accounts.push_back(account);
  return account;
}

Statement statement(const Trader& trader) {
  auto lines = std::make_shared<Statement>();
  for (const auto& account : trader.accounts) {
    lines->push_back(std::to_string(account->balance));
  }
  return *lines;
}

std::size_t same_quotes(const std::vector<Quote>& quotes, const Quote& like) {
  std::size_t count = 0;
  for (const Quote& quote : quotes) {
    count += quote.currency == like.currency && quote.venue == like.venue ? 1 : 0;
  }
  return count;
}

std::size_t urgent(const std::list<std::unique_ptr<Quote>>& waiting) {
  std::list<std::unique_ptr<Quote>> first;
  for (const auto& quote : waiting) {
    if (quote->price > 100) {
      first.push_back(std::make_unique<Quote>(*quote));
    }
  }
  return first.size();
}

}  // namespace desk
