// The trading desk: who owns what.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace desk {

struct Account;

/// A trader knows its accounts, and each account knows its trader.
struct Trader {
  std::string name;
  std::vector<std::shared_ptr<Account>> accounts;
};
struct Account {
  std::uint64_t balance = 0;
  std::shared_ptr<Trader> owner;
};

struct Quote {
  std::string currency;
  std::string venue;
  std::uint64_t price = 0;
};

using Statement = std::vector<std::string>;

/// Requests under numbers that the desk gives out.
class Requests {
 public:
  std::uint64_t open(Quote quote) {
    open_.emplace(next_, std::move(quote));
    return next_++;
  }
  void close(std::uint64_t id) { open_.erase(id); }

 private:
  std::uint64_t next_ = 1;
  std::unordered_map<std::uint64_t, Quote> open_;
};

/// The quotes that were asked for last.
class QuoteCache {
 public:
  const Quote* find(std::uint64_t key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    quotes_.splice(quotes_.begin(), quotes_, found->second);
    return &found->second->second;
  }
  void add(std::uint64_t key, Quote quote) {
    if (quotes_.size() == 1000) {
      index_.erase(quotes_.back().first);
      quotes_.pop_back();
    }
    quotes_.emplace_front(key, std::move(quote));
    index_[key] = quotes_.begin();
  }

 private:
  std::list<std::pair<std::uint64_t, Quote>> quotes_;
  std::unordered_map<std::uint64_t, std::list<std::pair<std::uint64_t, Quote>>::iterator> index_;
};

std::uint64_t balance(std::shared_ptr<Account> account);
std::uint64_t exposure(const Trader& trader);
std::shared_ptr<Account> open_account(const std::shared_ptr<Trader>& trader);
Statement statement(const Trader& trader);
std::size_t same_quotes(const std::vector<Quote>& quotes, const Quote& like);
std::size_t urgent(const std::list<std::unique_ptr<Quote>>& waiting);

}  // namespace desk
