// intrusive_list and intrusive_slist against boost::intrusive and std::list.
#include <snug/intrusive_list.hpp>

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/slist.hpp>
#include <cstddef>
#include <list>
#include <random>
#include <vector>

#include "bench.hpp"

namespace {

namespace bi = boost::intrusive;
constexpr std::size_t count = 1000;

struct ours : snug::list_hook<snug::default_tag, false>,
              snug::slist_hook<snug::default_tag, false> {
  int value = 0;
};
struct theirs : bi::list_base_hook<>, bi::slist_base_hook<> {
  int value = 0;
};
using our_list = snug::intrusive_list<ours, snug::default_tag, false>;
using our_slist = snug::intrusive_slist<ours, snug::default_tag, false>;
using boost_list = bi::list<theirs>;  // the default hooks, which know whether they are linked
using boost_slist = bi::slist<theirs, bi::cache_last<true>>;

template <class List, class Node>
void push_and_clear(benchmark::State& state) {
  std::vector<Node> nodes(count);
  for (auto _ : state) {
    List list;
    for (auto& n : nodes) list.push_back(n);
    benchmark::DoNotOptimize(list.size());
    list.clear();
  }
}
void push_std_list(benchmark::State& state) {
  for (auto _ : state) {
    std::list<int> list;
    for (std::size_t i = 0; i < count; ++i) list.push_back(0);
    benchmark::DoNotOptimize(list.size());
  }
}
template <class List, class Node>
void walk(benchmark::State& state) {
  std::vector<Node> nodes(count);
  List list;
  for (auto& n : nodes) list.push_back(n);
  for (auto _ : state) {
    long sum = 0;
    for (auto& n : list) sum += n.value;
    benchmark::DoNotOptimize(sum);
  }
  list.clear();
}
// Erases by element and puts back, as a scheduler does.
void requeue_ours(benchmark::State& state) {
  std::vector<ours> nodes(count);
  our_list list;
  for (auto& n : nodes) list.push_back(n);
  std::size_t at = 0;
  for (auto _ : state) {
    ours& n = nodes[at = (at + 617) % count];
    list.erase(n);
    list.push_back(n);
  }
  list.clear();
}
void requeue_boost(benchmark::State& state) {
  std::vector<theirs> nodes(count);
  boost_list list;
  for (auto& n : nodes) list.push_back(n);
  std::size_t at = 0;
  for (auto _ : state) {
    theirs& n = nodes[at = (at + 617) % count];
    list.erase(list.iterator_to(n));
    list.push_back(n);
  }
  list.clear();
}
template <class List, class Node>
void sort_list(benchmark::State& state) {
  std::vector<Node> nodes(count);
  std::mt19937 random(1);
  for (auto& n : nodes) n.value = static_cast<int>(random());
  for (auto _ : state) {
    List list;
    for (auto& n : nodes) list.push_back(n);
    list.sort([](const Node& a, const Node& b) { return a.value < b.value; });
    benchmark::DoNotOptimize(list.front().value);
    list.clear();
  }
}

SNUG_CASE("intrusive_list/push_1000_and_clear", (push_and_clear<our_list, ours>),
          "boost::intrusive::list", (push_and_clear<boost_list, theirs>), "insns <= 1.05");
SNUG_CASE("intrusive_list/erase_and_push", requeue_ours, "boost::intrusive::list", requeue_boost,
          "insns <= 1.05");
SNUG_CASE("intrusive_list/walk_1000", (walk<our_list, ours>), "boost::intrusive::list",
          (walk<boost_list, theirs>), "insns <= 1.05");
SNUG_CASE("intrusive_list/sort_1000", (sort_list<our_list, ours>), "boost::intrusive::list",
          (sort_list<boost_list, theirs>), "insns <= 1.05");
SNUG_CASE("intrusive_slist/push_1000_and_clear", (push_and_clear<our_slist, ours>),
          "boost::intrusive::slist", (push_and_clear<boost_slist, theirs>), "insns <= 1.05");
SNUG_CASE("intrusive_list/push existing nodes", (push_and_clear<our_list, ours>), "std::list",
          push_std_list, "faster >= 4");

}  // namespace

SNUG_BENCH_MAIN();
