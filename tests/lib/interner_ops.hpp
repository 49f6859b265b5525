#pragma once
// Random strings into the interners, compared with a std::map.

#include <snug/interner.hpp>

#include <map>
#include <string>
#include <vector>

#include "model.hpp"

namespace snug_test {

// A hash with few values: long probes, and tags that are equal for different strings.
struct poor_hash {
  std::size_t operator()(std::string_view s) const {
    return s.empty() ? 0 : std::size_t(s.back() % 3);
  }
};
using poor_interner = snug::basic_interner<snug::detail::plain_atomics, 1, poor_hash>;

template <class Interner>
void interner_operations(op_stream ops) {
  Interner names;
  std::map<std::string, snug::symbol> model;
  std::vector<std::pair<std::string, std::string_view>> views;
  bool frozen = false;
  while (ops.more()) {
    auto op = ops.byte();
    std::size_t arg = ops.byte();
    std::string text =
        std::to_string(arg) + std::string(op % 16 == 5 ? arg * 100 : op % 7, char('a' + op % 3));
    if (op % 32 == 31) text.clear();
    if (op % 4 == 3) {
      auto it = model.find(text);
      SNUG_SAME(names.find(text) == (it == model.end() ? snug::symbol() : it->second));
    } else if (!frozen || model.count(text)) {
      snug::symbol s = names.intern(text);
      SNUG_SAME(s);
      auto [it, fresh] = model.emplace(text, s);
      SNUG_SAME(it->second == s);
      if (fresh) {
        SNUG_SAME(s.to_number() == model.size());
        views.emplace_back(text, names.resolve(s));
      }
    }
    if (op == 250) {
      names.freeze();
      frozen = true;
    }
    SNUG_SAME(names.size() == model.size() && names.frozen() == frozen);
  }
  for (auto& [text, s] : model) SNUG_SAME(names.resolve(s) == text && names.find(text) == s);
  for (auto& [text, view] : views) SNUG_SAME(view == text);
  std::size_t met = 0;
  names.for_each([&](snug::symbol s, std::string_view text) {
    SNUG_SAME(model.at(std::string(text)) == s);
    ++met;
  });
  SNUG_SAME(met == model.size());
}

}  // namespace snug_test
