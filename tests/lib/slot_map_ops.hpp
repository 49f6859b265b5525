#pragma once
// Random operations on slot_map and gen_arena, compared with a std::map from handles to values.

#include <snug/slot_map.hpp>

#include <map>
#include <string>
#include <vector>

#include "model.hpp"

namespace snug_test {

// The value of an element whose memory a sanitizer watches.
inline std::string text_of(std::size_t n) {
  return "a string on the heap, number " + std::to_string(n);
}

template <class Map>
void slot_map_operations(op_stream ops) {
  using handle = typename Map::handle;
  Map map;
  std::map<handle, std::string> model;
  std::vector<handle> ever;  // every handle that was given out
  snug::secondary_map<handle, std::string> beside;
  std::map<handle, std::string> beside_model;
  std::size_t number = 0;
  auto some = [&](std::size_t k) { return ever.empty() ? handle{} : ever[k % ever.size()]; };
  while (ops.more()) {
    auto op = ops.byte();
    std::size_t arg = ops.byte();
    handle h = some(arg);
    switch (op % 12) {
      case 0:
      case 1:
      case 2: {
        handle fresh =
            op & 16 && map.contains(h) ? map.insert(*map.get(h)) : map.emplace(text_of(number));
        SNUG_SAME(fresh);
        model[fresh] = op & 16 && model.count(h) ? model[h] : text_of(number);
        for (handle old : ever) SNUG_SAME(old != fresh);
        ever.push_back(fresh);
        ++number;
        break;
      }
      case 3:
      case 4:
        SNUG_SAME(map.erase(h) == (model.erase(h) == 1));
        break;
      case 5:
        if (op & 64) {
          map.clear();
          model.clear();
        }
        break;
      case 6: {
        auto drop = [&](const std::string& s) { return s.back() == char('0' + arg % 10); };
        SNUG_SAME(map.erase_if(drop) ==
                  std::erase_if(model, [&](auto& e) { return drop(e.second); }));
        break;
      }
      case 7: {
        handle other = some(arg + 1);
        auto both = map.get_many(std::array{h, other});
        bool fine = model.count(h) && model.count(other) && h != other;
        SNUG_SAME((both[0] != nullptr) == fine && (both[1] != nullptr) == fine);
        if (fine) {
          std::swap(*both[0], *both[1]);
          std::swap(model[h], model[other]);
        }
        break;
      }
      case 8: {
        // A newer value of the slot keeps an older handle out.
        bool newer = false;
        for (auto& [k, v] : beside_model)
          newer |= k.index() == h.index() && k.generation() > h.generation();
        bool stored = beside.insert_or_assign(h, text_of(number)) != nullptr;
        SNUG_SAME(stored == (h && !newer));
        if (stored) {
          std::erase_if(beside_model, [&](auto& e) { return e.first.index() == h.index(); });
          beside_model[h] = text_of(number);
        }
        break;
      }
      case 9:
        SNUG_SAME(beside.erase(h) == (beside_model.erase(h) == 1));
        break;
      case 10:
        SNUG_SAME(beside.erase_stale(map) ==
                  std::erase_if(beside_model, [&](auto& e) { return !model.count(e.first); }));
        break;
      case 11: {
        Map moved = std::move(map);
        SNUG_SAME(map.size() == 0 && !map.contains(h));
        if (op & 32) map.reserve(arg);
        map = std::move(moved);
        break;
      }
    }
    SNUG_SAME(map.size() == model.size());
    std::size_t met = 0;
    for (auto it = map.begin(); it != map.end(); ++it) {
      handle at = [&] {
        if constexpr (requires { it.handle(); })
          return it.handle();
        else
          return map.handle_of(*it);
      }();
      SNUG_SAME(model.count(at) && model[at] == *it);
      ++met;
    }
    SNUG_SAME(met == model.size());
    for (handle old : ever) {
      auto it = model.find(old);
      SNUG_SAME(it == model.end() ? map.get(old) == nullptr
                                  : map.get(old) && *map.get(old) == it->second);
    }
    SNUG_SAME(beside.size() == beside_model.size());
    for (auto& [k, v] : beside_model) SNUG_SAME(beside.get(k) && *beside.get(k) == v);
  }
}

}  // namespace snug_test
