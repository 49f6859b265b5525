#pragma once
// Random operations on compact variants, compared with std::variant.

#include <snug/compact_variant.hpp>

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "model.hpp"

namespace snug_test {

struct large {
  std::array<long, 20> numbers{};
  std::string text;
  bool operator==(const large&) const = default;
};
using small_and_large =
    snug::compact_variant<std::monostate, short, double, std::vector<int>, large, std::string>;
// No alternative that could stand in for a box that moved away.
using only_boxes = snug::compact_variant<std::string, std::vector<int>, large>;

template <class Variant, class... Ts>
void variant_operations(op_stream ops) {
  using model_t = std::variant<Ts...>;
  std::array<Variant, 4> v;
  std::array<model_t, 4> m;
  constexpr std::size_t n = sizeof...(Ts);
  auto same = [](const Variant& a, const model_t& b) {
    if (a.index() != b.index()) return false;
    return std::visit(
        [&](const auto& x) { return a.template get<std::remove_cvref_t<decltype(x)>>() == x; }, b);
  };
  auto put = [&](std::size_t at, std::size_t which, std::size_t arg) {
    auto try_one = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      using T = std::variant_alternative_t<I, model_t>;
      if (which % n != I) return;
      T value{};
      if constexpr (std::is_same_v<T, large>) {
        value.numbers[3] = long(arg);
        value.text = "long enough to live on the heap " + std::to_string(arg);
      } else if constexpr (std::is_same_v<T, std::string>) {
        value = "long enough to live on the heap " + std::to_string(arg);
      } else if constexpr (std::is_same_v<T, std::vector<int>>) {
        value.assign(arg % 9, int(arg));
      } else if constexpr (std::is_arithmetic_v<T>) {
        value = T(arg);
      }
      if (arg & 1) {
        v[at] = value;
        m[at] = value;
      } else {
        v[at].template emplace<I>(value);
        m[at].template emplace<I>(value);
      }
    };
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (try_one(std::integral_constant<std::size_t, I>{}), ...);
    }(std::make_index_sequence<n>{});
  };
  while (ops.more()) {
    auto op = ops.byte();
    std::size_t arg = ops.byte();
    std::size_t a = op / 8 % 4;
    std::size_t b = op / 32 % 4;
    switch (op % 8) {
      case 0:
      case 1:
      case 2:
        put(a, arg / 8, arg);
        break;
      case 3: {
        v[a] = std::as_const(v[b]);
        m[a] = std::as_const(m[b]);
        break;
      }
      case 4:
        if (a != b) {
          v[a] = std::move(v[b]);
          m[a] = m[b];
          (void)v[b].visit([](const auto& x) { return x == x; });  // a value is there
          put(b, arg, arg);
        }
        break;
      case 5: {
        swap(v[a], v[b]);
        std::swap(m[a], m[b]);
        break;
      }
      case 6: {
        Variant copy(v[a]);
        Variant moved(std::move(copy));
        SNUG_SAME(same(moved, m[a]) && moved == v[a]);
        SNUG_SAME(copy.index() < n);
        v[b] = std::move(moved);
        m[b] = model_t(m[a]);
        break;
      }
      case 7:
        SNUG_SAME((v[a] == v[b]) == (m[a] == m[b]));
        break;
    }
    for (std::size_t i = 0; i < 4; ++i) SNUG_SAME(same(v[i], m[i]));
  }
}

inline void small_and_large_operations(op_stream ops) {
  variant_operations<small_and_large, std::monostate, short, double, std::vector<int>, large,
                     std::string>(ops);
}
inline void only_boxes_operations(op_stream ops) {
  variant_operations<only_boxes, std::string, std::vector<int>, large>(ops);
}

}  // namespace snug_test
