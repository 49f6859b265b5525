#pragma once
// Random operations on the intrusive lists, compared with std::list.

#include <snug/intrusive_list.hpp>

#include <algorithm>
#include <list>
#include <memory>
#include <vector>

#include "model.hpp"

namespace snug_test {

struct first_tag;
struct second_tag;

template <bool Checked>
struct node : snug::list_hook<first_tag, Checked>,
              snug::list_hook<second_tag, Checked>,
              snug::slist_hook<first_tag, Checked> {
  explicit node(int v = 0) : value(v) {}
  int value;
  bool operator<(const node& other) const { return value < other.value; }
};
using plain = node<false>;
using checked = node<true>;
template <bool Checked>
using list_of = snug::intrusive_list<node<Checked>, first_tag, Checked>;
template <bool Checked>
using slist_of = snug::intrusive_slist<node<Checked>, first_tag, Checked>;

template <class List>
std::vector<int> values(const List& list) {
  std::vector<int> out;
  for (const auto& n : list) out.push_back(n.value);
  return out;
}
// The same backwards: finds a broken prev link that forward iteration does not meet.
template <class List>
bool whole(const List& list) {
  auto there = values(list);
  std::vector<int> back;
  for (auto it = list.rbegin(); it != list.rend(); ++it) back.push_back(it->value);
  std::reverse(back.begin(), back.end());
  return there == back && there.size() == list.size();
}

// Random operations on an intrusive list, compared with a std::list of the same values.
template <bool Checked>
void list_operations(op_stream ops) {
  std::vector<std::unique_ptr<node<Checked>>> pool;
  for (int i = 0; i < 16; ++i) pool.push_back(std::make_unique<node<Checked>>(i));
  list_of<Checked> a, b;
  std::list<int> ma, mb;
  auto linked = [](node<Checked>& n) {
    return static_cast<snug::list_hook<first_tag, Checked>&>(n).is_linked();
  };
  while (ops.more()) {
    auto op = ops.byte();
    std::size_t arg = ops.byte();
    auto& n = *pool[arg % pool.size()];
    bool in_a = std::find(ma.begin(), ma.end(), n.value) != ma.end();
    SNUG_SAME(linked(n) == (in_a || std::find(mb.begin(), mb.end(), n.value) != mb.end()));
    switch (op % 14) {
      case 0:
        if (!linked(n)) {
          a.push_back(n);
          ma.push_back(n.value);
        }
        break;
      case 1:
        if (!linked(n)) {
          a.push_front(n);
          ma.push_front(n.value);
        }
        break;
      case 2:
        if (!linked(n)) {
          b.push_back(n);
          mb.push_back(n.value);
        }
        break;
      case 3:
        if (in_a) {
          a.erase(n);
          ma.remove(n.value);
        }
        break;
      case 4:
        if (!a.empty()) {
          a.pop_front();
          ma.pop_front();
        }
        break;
      case 5:
        if (!a.empty()) {
          a.pop_back();
          ma.pop_back();
        }
        break;
      case 6: {
        auto at = std::min<std::size_t>(arg, a.size());
        a.splice(std::next(a.begin(), std::ptrdiff_t(at)), b);
        ma.splice(std::next(ma.begin(), std::ptrdiff_t(at)), mb);
        break;
      }
      case 7:
        if (b.size() > 1) {
          auto k = std::ptrdiff_t(1 + arg % (b.size() - 1));
          a.splice(a.end(), b, b.begin(), std::next(b.begin(), k));
          ma.splice(ma.end(), mb, mb.begin(), std::next(mb.begin(), k));
        }
        break;
      case 8:
        if (in_a) {
          a.splice(a.begin(), a, a.iterator_to(n));
          ma.remove(n.value);
          ma.push_front(n.value);
        }
        break;
      case 9:
        a.sort();
        ma.sort();
        break;
      case 10:
        a.reverse();
        ma.reverse();
        break;
      case 11:
        swap(a, b);
        std::swap(ma, mb);
        break;
      case 12: {
        auto odd = [arg](int v) { return (std::size_t(v) + arg) % 3 == 0; };
        auto dropped = a.remove_if([&](const auto& x) { return odd(x.value); });
        auto before = ma.size();
        ma.remove_if(odd);
        SNUG_SAME(dropped == before - ma.size());
        break;
      }
      case 13: {  // the element moves in memory and keeps its place
        pool.push_back(std::make_unique<node<Checked>>(std::move(n)));
        std::swap(pool.back(), pool[arg % (pool.size() - 1)]);
        pool.pop_back();
        break;
      }
    }
    SNUG_SAME(values(a) == std::vector<int>(ma.begin(), ma.end()));
    SNUG_SAME(values(b) == std::vector<int>(mb.begin(), mb.end()));
    SNUG_SAME(whole(a) && whole(b));
  }
  a.clear();
  b.clear();
  for (auto& n : pool) SNUG_SAME(!linked(*n));
}

inline void slist_operations(op_stream ops) {
  std::vector<checked> pool(12);
  for (int i = 0; i < 12; ++i) pool[std::size_t(i)].value = i;
  slist_of<true> a, b;
  std::list<int> ma, mb;
  while (ops.more()) {
    auto op = ops.byte();
    std::size_t arg = ops.byte();
    auto& n = pool[arg % pool.size()];
    bool in_a = std::find(ma.begin(), ma.end(), n.value) != ma.end();
    bool free = !static_cast<snug::slist_hook<first_tag, true>&>(n).is_linked();
    switch (op % 9) {
      case 0:
        if (free) {
          a.push_back(n);
          ma.push_back(n.value);
        }
        break;
      case 1:
        if (free) {
          b.push_front(n);
          mb.push_front(n.value);
        }
        break;
      case 2:
        if (!a.empty()) {
          a.pop_front();
          ma.pop_front();
        }
        break;
      case 3:
        SNUG_SAME(a.erase(n) == in_a);
        ma.remove(n.value);
        break;
      case 4:
        a.sort();
        ma.sort();
        break;
      case 5:
        a.reverse();
        ma.reverse();
        break;
      case 6: {
        auto k = std::ptrdiff_t(arg % (a.size() + 1));
        a.splice_after(std::next(a.before_begin(), k), b);
        ma.splice(std::next(ma.begin(), k), mb);
        break;
      }
      case 7:
        swap(a, b);
        std::swap(ma, mb);
        break;
      case 8: {
        auto odd = [](int v) { return v % 3 == 0; };
        a.remove_if([&](const auto& x) { return odd(x.value); });
        ma.remove_if(odd);
        break;
      }
    }
    SNUG_SAME(values(a) == std::vector<int>(ma.begin(), ma.end()));
    SNUG_SAME(values(b) == std::vector<int>(mb.begin(), mb.end()));
    SNUG_SAME(a.size() == ma.size() && b.size() == mb.size());
    SNUG_SAME(a.empty() || a.back().value == ma.back());
  }
  a.clear();
  b.clear();
}

}  // namespace snug_test
