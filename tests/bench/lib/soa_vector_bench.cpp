// soa_vector and aosoa_vector against std::vector of structs and columns written by hand.
#include <snug/soa_vector.hpp>

#include <algorithm>
#include <random>
#include <vector>

#include "bench.hpp"

namespace {

struct wide {  // 64 bytes
  float x, y, z, w;
  double a, b, c, d;
  long key;
  long flags;
};
static_assert(sizeof(wide) == 64);
constexpr std::size_t many = 1000000;

template <class Vector>
Vector filled(std::size_t n) {
  std::mt19937 random(1);
  Vector v;
  for (std::size_t i = 0; i < n; ++i) {
    wide r{};
    r.x = static_cast<float>(i % 100);
    r.key = static_cast<long>(random());
    v.push_back(r);
  }
  return v;
}
using aos = std::vector<wide>;
using soa = snug::soa_vector<wide>;
using blocks = snug::aosoa_vector<wide, 16>;

template <std::size_t N>
void scan_aos(benchmark::State& state) {
  auto v = filled<aos>(N);
  for (auto _ : state) {
    float sum = 0;
    for (const auto& r : v) sum += r.x;
    benchmark::DoNotOptimize(sum);
  }
}
template <std::size_t N>
void scan_soa(benchmark::State& state) {
  auto v = filled<soa>(N);
  for (auto _ : state) {
    float sum = 0;
    for (float x : v.col<&wide::x>()) sum += x;
    benchmark::DoNotOptimize(sum);
  }
}
template <std::size_t N>
void scan_column(benchmark::State& state) {
  std::size_t n = N;
  benchmark::DoNotOptimize(n);  // a column does not know its length at compile time
  std::vector<float> v(n, 1.0f);
  for (auto _ : state) {
    float sum = 0;
    for (float x : v) sum += x;
    benchmark::DoNotOptimize(sum);
  }
}
double all_of(double sum, float x, float y, float z, float w, double a, double b, double c,
              double d, long key, long flags) {
  return sum + x + y + z + w + a + b + c + d + static_cast<double>(key + flags);
}
void all_fields_aos(benchmark::State& state) {
  auto v = filled<aos>(many);
  for (auto _ : state) {
    double sum = 0;
    for (const auto& r : v)
      sum = all_of(sum, r.x, r.y, r.z, r.w, r.a, r.b, r.c, r.d, r.key, r.flags);
    benchmark::DoNotOptimize(sum);
  }
}
template <class Vector>
void all_fields(benchmark::State& state) {
  auto v = filled<Vector>(many);
  for (auto _ : state) {
    double sum = 0;
    for (const auto& [x, y, z, w, a, b, c, d, key, flags] : std::as_const(v)) {
      sum = all_of(sum, x, y, z, w, a, b, c, d, key, flags);
    }
    benchmark::DoNotOptimize(sum);
  }
}
// Whole rows at random places: the wrong job for columns.
template <class Vector>
void random_rows(benchmark::State& state) {
  auto v = filled<Vector>(many);
  std::mt19937 random(1);
  for (auto _ : state) {
    wide r = v[random() % many];
    benchmark::DoNotOptimize(r);
  }
}
template <class Vector>
void push(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(filled<Vector>(10000).size());
}
void sort_aos(benchmark::State& state) {
  auto start = filled<aos>(20000);
  for (auto _ : state) {
    auto v = start;
    std::ranges::sort(v, {}, &wide::key);
    benchmark::DoNotOptimize(v[0].key);
  }
}
void sort_soa(benchmark::State& state) {
  auto start = filled<soa>(20000);
  for (auto _ : state) {
    auto v = start;
    std::ranges::sort(v, {}, snug::field<&wide::key>);
    benchmark::DoNotOptimize(v.col<&wide::key>()[0]);
  }
}
void sort_by_soa(benchmark::State& state) {
  auto start = filled<soa>(20000);
  for (auto _ : state) {
    auto v = start;
    v.sort_by<&wide::key>();
    benchmark::DoNotOptimize(v.col<&wide::key>()[0]);
  }
}

SNUG_CASE("soa_vector/scan one of 64 bytes, 1M rows", scan_soa<many>, "std::vector<S>",
          scan_aos<many>, "faster >= 4");
SNUG_CASE("soa_vector/scan_10k", scan_soa<10000>, "hand_written_column", scan_column<10000>,
          "insns <= 1.02");
SNUG_CASE("soa_vector/all fields, in order", all_fields<soa>, "std::vector<S>", all_fields_aos, "");
SNUG_CASE("aosoa_vector/all fields, in order", all_fields<blocks>, "std::vector<S>", all_fields_aos,
          "");
SNUG_CASE("soa_vector/whole rows at random", random_rows<soa>, "std::vector<S>", random_rows<aos>,
          "");
SNUG_CASE("aosoa_vector/whole rows at random", random_rows<blocks>, "std::vector<S>",
          random_rows<aos>, "");
SNUG_CASE("soa_vector/push_back 10k", push<soa>, "std::vector<S>", push<aos>, "");
SNUG_CASE("soa_vector/ranges::sort 20k", sort_soa, "std::vector<S>", sort_aos, "");
SNUG_CASE("soa_vector/sort_by 20k", sort_by_soa, "std::vector<S>", sort_aos, "");

}  // namespace

SNUG_BENCH_MAIN();
