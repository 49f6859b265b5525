#pragma once
// Random allocations in nested scopes, compared with a list of what must be alive.

#include <snug/arena.hpp>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "model.hpp"

namespace snug_test {

// Destroyed in the reverse order of their making, or the model notices.
struct numbered {
  std::vector<std::size_t>* alive;
  std::size_t number;
  bool* in_order;
  numbered(std::vector<std::size_t>& a, std::size_t n, bool& o)
      : alive(&a), number(n), in_order(&o) {
    alive->push_back(n);
  }
  numbered(const numbered&) = delete;
  ~numbered() {
    *in_order = *in_order && !alive->empty() && alive->back() == number;
    if (!alive->empty()) alive->pop_back();
  }
};

inline void arena_operations(op_stream ops) {
  struct piece {
    unsigned char* at;
    std::size_t size;
    unsigned char fill;
  };
  struct level {
    std::unique_ptr<snug::arena::scope> scope;
    std::size_t pieces, alive;
  };
  snug::arena::options options;
  options.first_block = 64 + ops.byte() * std::size_t{8};
  options.max_block = options.first_block * (1 + ops.below(8));
  options.limit = 1 << 20;
  std::vector<std::size_t> alive;
  std::vector<piece> pieces;
  bool in_order = true;
  {
    snug::arena arena(options);
    std::vector<level> levels;
    std::size_t number = 0;
    auto check = [&](const piece& p) {
      for (std::size_t i = 0; i < p.size; ++i) SNUG_SAME(p.at[i] == p.fill);
    };
    auto forget = [&](std::size_t n, std::size_t a) {
      pieces.resize(n);
      SNUG_SAME(alive.size() == a);
    };
    while (ops.more()) {
      auto op = ops.byte();
      std::size_t arg = ops.byte();
      switch (op % 8) {
        case 0:
        case 1:
        case 2: {
          std::size_t size = op & 32 ? arg * 40 : arg;
          std::size_t align = std::size_t{1} << (op / 8 % (op & 64 ? 10 : 5));
          auto* p = static_cast<unsigned char*>(arena.try_allocate(size, align));
          if (!p) break;  // the limit
          SNUG_SAME(reinterpret_cast<std::uintptr_t>(p) % align == 0);
          SNUG_SAME(arena.owns(p));
          for (auto& q : pieces)
            SNUG_SAME(p + size <= q.at || q.at + q.size <= p || size * q.size == 0);
          pieces.push_back({p, size, static_cast<unsigned char>(number++)});
          if (size) std::memset(p, pieces.back().fill, size);
          break;
        }
        case 3:
          if (!pieces.empty() && (levels.empty() || levels.back().pieces < pieces.size())) {
            check(pieces.back());
            arena.deallocate(pieces.back().at, pieces.back().size);
            pieces.pop_back();
          }
          break;
        case 4: {
          auto* made = arena.create<numbered>(alive, number++, in_order);
          SNUG_SAME(arena.owns(made));
          break;
        }
        case 5:
          levels.push_back(
              {std::make_unique<snug::arena::scope>(arena), pieces.size(), alive.size()});
          break;
        case 6:
          if (levels.empty()) {
            if (arg % 8 == 0) {
              arena.reset();
              forget(0, 0);
              SNUG_SAME(arena.used() == 0);
            }
          } else if (arg % 4 == 0) {
            levels.back().scope->keep();
            levels.pop_back();
          } else {
            auto [n, a] = std::pair(levels.back().pieces, levels.back().alive);
            for (auto& p : pieces) check(p);
            levels.pop_back();
            forget(n, a);
          }
          break;
        case 7:
          if (!levels.empty()) {
            levels.back().scope->rollback();
            forget(levels.back().pieces, levels.back().alive);
          }
          break;
      }
      for (auto& p : pieces) check(p);
      SNUG_SAME(in_order);
      SNUG_SAME(arena.used() <= arena.reserved() && arena.reserved() <= options.limit);
    }
    while (!levels.empty()) levels.pop_back();
  }
  SNUG_SAME(alive.empty() && in_order);
}

}  // namespace snug_test
