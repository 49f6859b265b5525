#pragma once
// Random operations on soa_vector and aosoa_vector, compared with a std::vector of the same
// structs.

#include <snug/soa_vector.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "model.hpp"

namespace snug_test {

struct record {
  char tag = 'x';
  std::string text;
  double weight = 0.5;
  std::array<short, 3> marks{};
  bool operator==(const record&) const = default;
};

inline record record_of(std::size_t n) {
  auto s = static_cast<short>(n);
  return {static_cast<char>('a' + n % 26),
          "a text that lives on the heap " + std::to_string(n),
          static_cast<double>(n % 7),
          {s, s, static_cast<short>(n / 2)}};
}

template <class Vector>
void soa_operations(op_stream ops) {
  Vector v, other;
  std::vector<record> m, n;
  std::size_t number = 0;
  while (ops.more()) {
    auto op = ops.byte();
    std::size_t arg = ops.byte();
    std::size_t at = m.empty() ? 0 : arg % m.size();
    auto it = static_cast<std::ptrdiff_t>(at);
    auto by_weight = [](const auto& a, const auto& b) {
      return snug::field<&record::weight>(a) < snug::field<&record::weight>(b);
    };
    switch (op % 18) {
      case 0:
      case 1:
      case 2:
        v.push_back(record_of(number));
        m.push_back(record_of(number++));
        break;
      case 3:
        if (!m.empty()) {  // a row of itself
          v.push_back(v[at]);
          m.push_back(record(m[at]));
        }
        break;
      case 4:
        if (!m.empty()) {  // fields of itself
          auto row = std::as_const(v)[at];
          v.emplace_back(row.template get<&record::tag>(), row.template get<&record::text>(), 1.5,
                         row.template get<&record::marks>());
          m.push_back(m[at]);
          m.back().weight = 1.5;
        }
        break;
      case 5:
        if (!m.empty()) {
          v.pop_back();
          m.pop_back();
        }
        break;
      case 6:
        if (!m.empty()) {
          v.erase(v.begin() + it);
          m.erase(m.begin() + it);
        }
        break;
      case 7: {
        auto k = static_cast<std::ptrdiff_t>(op / 18u % (m.size() - at + 1));
        v.erase(v.begin() + it, v.begin() + it + k);
        m.erase(m.begin() + it, m.begin() + it + k);
        break;
      }
      case 8:
        if (!m.empty()) {
          v.swap_erase(at);
          m[at] = m.back();
          m.pop_back();
        }
        break;
      case 9:
        v.insert(v.begin() + it, record_of(number));
        m.insert(m.begin() + it, record_of(number++));
        break;
      case 10:
        v.resize(arg % 40);
        m.resize(arg % 40);
        break;
      case 11:
        v.resize(arg % 40, record_of(7));
        m.resize(arg % 40, record_of(7));
        break;
      case 12:
        if (arg & 1)
          v.reserve(arg);
        else
          v.shrink_to_fit();
        break;
      case 13:
        std::ranges::sort(v, {}, snug::field<&record::text>);
        std::ranges::sort(m, {}, &record::text);
        break;
      case 14: {  // stable: compare with the order by index too
        v.template sort_by<&record::weight>();
        std::vector<std::pair<std::size_t, record>> keyed;
        for (std::size_t i = 0; i < m.size(); ++i) keyed.emplace_back(i, m[i]);
        std::sort(keyed.begin(), keyed.end(), [](auto& a, auto& b) {
          return std::pair(a.second.weight, a.first) < std::pair(b.second.weight, b.first);
        });
        for (std::size_t i = 0; i < m.size(); ++i) m[i] = keyed[i].second;
        break;
      }
      case 15:
        switch (arg % 5) {
          case 0:
            swap(v, other);
            std::swap(m, n);
            break;
          case 1:
            v = other;
            m = n;
            break;
          case 2:
            other = std::move(v);
            n = std::move(m);
            v.clear();
            m.clear();
            break;
          case 3:
            v.clear();
            m.clear();
            break;
          case 4:
            v = Vector(n);
            m = n;
            break;
        }
        break;
      case 16:
        if (!m.empty()) {
          v[at] = record_of(number);
          m[at] = record_of(number++);
          v[at].template get<&record::marks>()[1] = 9;
          m[at].marks[1] = 9;
          auto last = v.back();
          v.front() = last;
          m.front() = record(m.back());
          swap(v[at], v[0]);
          std::swap(m[at], m[0]);
        }
        break;
      case 17:
        std::ranges::reverse(v);
        std::ranges::reverse(m);
        std::ranges::partial_sort(v, v.begin() + it, by_weight);
        SNUG_SAME(std::is_sorted(v.begin(), v.begin() + it, by_weight));
        m.assign(v.begin(), v.end());
        break;
    }
    SNUG_SAME(v.size() == m.size() && v.capacity() >= v.size());
    for (std::size_t i = 0; i < m.size(); ++i) {
      SNUG_SAME(record(v[i]) == m[i]);
      SNUG_SAME(v[i] == m[i]);
    }
    SNUG_SAME(other.size() == n.size());
  }
}

}  // namespace snug_test
