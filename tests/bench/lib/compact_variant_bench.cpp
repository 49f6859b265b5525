// compact_variant against std::variant and a switch written by hand.
#include <snug/compact_variant.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <variant>
#include <vector>

#include "bench.hpp"

namespace {

struct add {
  int by;
};
struct scale {
  float by;
};
struct point {
  int x, y;
};
struct large {
  std::array<int, 50> values;
};

template <class V, int LargePercent>
std::vector<V> nodes(std::size_t n) {
  std::mt19937 random(1);
  std::vector<V> out;
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    int r = static_cast<int>(random() % 100);
    if (r < LargePercent)
      out.push_back(large{{r}});
    else if (r % 3 == 0)
      out.push_back(add{r});
    else if (r % 3 == 1)
      out.push_back(scale{1.5f});
    else
      out.push_back(point{r, 1});
  }
  return out;
}
struct weigh {
  int operator()(const add& a) const { return a.by; }
  int operator()(const scale& s) const { return static_cast<int>(s.by); }
  int operator()(const point& p) const { return p.x + p.y; }
  int operator()(const large& l) const { return l.values[0]; }
};
using compact = snug::compact_variant<add, scale, point, large>;
using standard = std::variant<add, scale, point, large>;
using small = snug::compact_variant<add, scale, point>;
// What one writes by hand: a number and a union.
struct by_hand {
  by_hand(add a) : one(a), kind(0) {}
  by_hand(scale s) : two(s), kind(1) {}
  by_hand(point p) : three(p), kind(2) {}
  union {
    add one;
    scale two;
    point three;
  };
  std::uint8_t kind;
};
static_assert(sizeof(by_hand) == sizeof(small));

template <class V>
std::vector<V> small_nodes() {
  std::vector<V> out;
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    switch (random() % 3) {
      case 0:
        out.push_back(add{i});
        break;
      case 1:
        out.push_back(scale{1.5f});
        break;
      default:
        out.push_back(point{i, 1});
    }
  }
  return out;
}
// In both of the shapes that a switch has: as a statement, whose cases do the work ...
void visit_ours(benchmark::State& state) {
  auto v = small_nodes<small>();
  for (auto _ : state) {
    int sum = 0;
    for (const auto& n : v) n.visit([&](const auto& one) { sum += weigh{}(one); });
    benchmark::DoNotOptimize(sum);
  }
}
void visit_by_hand(benchmark::State& state) {
  auto v = small_nodes<by_hand>();
  for (auto _ : state) {
    int sum = 0;
    for (const auto& n : v) {
      switch (n.kind) {
        case 0:
          sum += weigh{}(n.one);
          break;
        case 1:
          sum += weigh{}(n.two);
          break;
        case 2:
          sum += weigh{}(n.three);
          break;
        default:
          __builtin_unreachable();
      }
    }
    benchmark::DoNotOptimize(sum);
  }
}
// ... and as a function, whose cases return the value.
void value_ours(benchmark::State& state) {
  auto v = small_nodes<small>();
  for (auto _ : state) {
    int sum = 0;
    for (const auto& n : v) sum += n.visit(weigh{});
    benchmark::DoNotOptimize(sum);
  }
}
int weigh_by_hand(const by_hand& n) {
  switch (n.kind) {
    case 0:
      return weigh{}(n.one);
    case 1:
      return weigh{}(n.two);
    case 2:
      return weigh{}(n.three);
    default:
      __builtin_unreachable();
  }
}
void value_by_hand(benchmark::State& state) {
  auto v = small_nodes<by_hand>();
  for (auto _ : state) {
    int sum = 0;
    for (const auto& n : v) sum += weigh_by_hand(n);
    benchmark::DoNotOptimize(sum);
  }
}
void visit_standard(benchmark::State& state) {
  auto v = small_nodes<std::variant<add, scale, point>>();
  for (auto _ : state) {
    int sum = 0;
    for (const auto& n : v) sum += std::visit(weigh{}, n);
    benchmark::DoNotOptimize(sum);
  }
}

int value_of(const compact& c) {
  return c.visit(weigh{});
}
int value_of(const standard& s) {
  return std::visit(weigh{}, s);
}
template <class V, int LargePercent>
void walk(benchmark::State& state) {
  auto v = nodes<V, LargePercent>(1000000);
  std::size_t large_ones = 0;
  for (const auto& n : v) large_ones += n.index() == 3;
  bool boxes = sizeof(V) < sizeof(large);
  state.counters["bytes"] =
      static_cast<double>(v.size() * sizeof(V) + (boxes ? large_ones * sizeof(large) : 0));
  for (auto _ : state) {
    int sum = 0;
    for (const auto& n : v) sum += value_of(n);
    benchmark::DoNotOptimize(sum);
  }
}
template <class V, int LargePercent>
void build(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(nodes<V, LargePercent>(10000));
}

SNUG_CASE("compact_variant/visit_1000", visit_ours, "switch_by_hand", visit_by_hand,
          "insns <= 1.02");
SNUG_CASE("compact_variant/value of 1000", value_ours, "function with a switch", value_by_hand,
          "insns <= 1.02");
SNUG_CASE("compact_variant/visit 1000, generic", value_ours, "std::visit", visit_standard, "");
SNUG_CASE("compact_variant/walk 1M, 2 % large", (walk<compact, 2>), "std::variant",
          (walk<standard, 2>), "faster >= 1.5");
SNUG_CASE("compact_variant/build 10k, 2 % large", (build<compact, 2>), "std::variant",
          (build<standard, 2>), "");
SNUG_CASE("compact_variant/walk 1M, 60 % large", (walk<compact, 60>), "std::variant",
          (walk<standard, 60>), "");
SNUG_CASE("compact_variant/build 10k, 60 % large", (build<compact, 60>), "std::variant",
          (build<standard, 60>), "");

}  // namespace

SNUG_BENCH_MAIN();
