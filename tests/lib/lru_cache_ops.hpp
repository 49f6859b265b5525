#pragma once
// Random operations on a cache with weights and a callback, compared with a vector in the order of
// use.

#include <snug/lru_cache.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "model.hpp"

namespace snug_test {

struct length_weigher {
  std::uint64_t operator()(const std::string&, const std::string& value) const {
    return value.size();
  }
};
using removed = std::vector<std::tuple<std::string, std::string, snug::removal>>;
struct recorder {
  removed* into;
  void operator()(std::string&& key, std::string&& value, snug::removal why) const {
    into->emplace_back(std::move(key), std::move(value), why);
  }
};
using watched_cache = snug::lru_cache<std::string, std::string, snug::lru_hash<std::string>,
                                      std::equal_to<>, length_weigher, recorder>;

// What the cache must be, slowly: entries by use, the newest first.
struct slow_lru {
  std::size_t max_entries;
  std::uint64_t max_weight;
  std::vector<std::pair<std::string, std::string>> entries;
  removed gone;

  std::uint64_t weight() const {
    std::uint64_t w = 0;
    for (auto& e : entries) w += e.second.size();
    return w;
  }
  auto find(const std::string& key) {
    return std::find_if(entries.begin(), entries.end(), [&](auto& e) { return e.first == key; });
  }
  bool touch(const std::string& key) {
    auto it = find(key);
    if (it == entries.end()) return false;
    std::rotate(entries.begin(), it, it + 1);
    return true;
  }
  void remove(std::size_t at, snug::removal why) {
    gone.emplace_back(entries[at].first, entries[at].second, why);
    entries.erase(entries.begin() + std::ptrdiff_t(at));
  }
  void trim() {
    while (entries.size() > max_entries || weight() > max_weight) {
      remove(entries.size() - 1,
             entries.size() > max_entries ? snug::removal::too_many : snug::removal::too_heavy);
    }
  }
  bool put(const std::string& key, const std::string& value) {
    if (auto it = find(key); it != entries.end()) {
      if (value.size() > max_weight) {
        remove(std::size_t(it - entries.begin()), snug::removal::replaced);
        return false;
      }
      gone.emplace_back(key, it->second, snug::removal::replaced);
      it->second = value;
      touch(key);
    } else {
      if (max_entries == 0 || value.size() > max_weight) return false;
      entries.insert(entries.begin(), {key, value});
    }
    trim();
    return true;
  }
};

inline void lru_operations(op_stream ops) {
  std::size_t max_entries = ops.byte() % 9;
  std::uint64_t max_weight = 20 + ops.byte();
  removed gone;
  watched_cache cache(max_entries, max_weight, {}, recorder{&gone});
  slow_lru model{max_entries, max_weight, {}, {}};
  while (ops.more()) {
    auto op = ops.byte();
    std::size_t arg = ops.byte();
    std::string key = "key " + std::to_string(arg % 12);
    std::string value(arg / 4, char('a' + op % 26));
    switch (op % 9) {
      case 0:
      case 1:
      case 2: {
        auto* at = cache.put(key, value);
        SNUG_SAME((at != nullptr) == model.put(key, value));
        SNUG_SAME(!at || *at == value);
        break;
      }
      case 3: {
        auto* found = cache.get(std::string_view(key));
        SNUG_SAME((found != nullptr) == model.touch(key));
        SNUG_SAME(!found || *found == model.entries[0].second);
        break;
      }
      case 4: {
        auto it = model.find(key);
        auto* found = std::as_const(cache).peek(key);
        SNUG_SAME((found != nullptr) == (it != model.entries.end()) &&
                  cache.contains(key) == (found != nullptr));
        SNUG_SAME(!found || *found == it->second);
        break;
      }
      case 5: {
        auto it = model.find(key);
        bool there = it != model.entries.end();
        if (there) model.remove(std::size_t(it - model.entries.begin()), snug::removal::erased);
        SNUG_SAME(cache.erase(key) == there);
        break;
      }
      case 6: {
        bool there = model.touch(key);
        auto [at, made] = cache.try_emplace(key, value);
        if (!there) SNUG_SAME(model.put(key, value) == made);
        SNUG_SAME(made != (there || at == nullptr));
        break;
      }
      case 7:
        if (arg % 4 == 0) {
          SNUG_SAME(cache.pop_oldest() == !model.entries.empty());
          if (!model.entries.empty()) model.remove(model.entries.size() - 1, snug::removal::erased);
        } else if (arg % 16 == 1) {
          cache.clear();
          while (!model.entries.empty())
            model.remove(model.entries.size() - 1, snug::removal::cleared);
        } else if (arg % 4 == 2) {
          cache.set_max_weight(arg);
          model.max_weight = arg;
          model.trim();
        }
        break;
      case 8: {
        bool there = model.touch(key);
        std::string made = cache.get_or_make(key, [&](const std::string& k) {
          if (op & 32) {  // the factory uses the cache, even with the same key
            cache.put(k, "inner");
            model.put(k, "inner");
          }
          return value;
        });
        SNUG_SAME(made == (there ? model.entries[0].second : value));
        if (!there) model.put(key, value);
        break;
      }
    }
    SNUG_SAME(gone == model.gone);
    SNUG_SAME(cache.size() == model.entries.size() && cache.weight() == model.weight());
    std::size_t at = 0;
    cache.for_each([&](const std::string& k, const std::string& v) {
      SNUG_SAME(at < model.entries.size() && model.entries[at] == std::pair(k, v));
      ++at;
    });
    SNUG_SAME(at == model.entries.size());
  }
}

}  // namespace snug_test
