// arena against std::pmr::monotonic_buffer_resource and malloc.
#include <snug/arena.hpp>

#include <sys/mman.h>

#include <cstdlib>
#include <memory_resource>
#include <string>
#include <vector>

#include "bench.hpp"

namespace {

struct node {  // 24 bytes
  node* left;
  node* right;
  long value;
};
constexpr int count = 10000;

void nodes_arena(benchmark::State& state) {
  snug::arena memory;
  for (auto _ : state) {
    node* last = nullptr;
    for (int i = 0; i < count; ++i) {
      last = memory.create<node>(last, nullptr, i);
      benchmark::DoNotOptimize(last);
    }
    memory.reset();
  }
}
void nodes_pmr(benchmark::State& state) {
  std::vector<std::byte> buffer(count * sizeof(node) * 2);
  for (auto _ : state) {
    std::pmr::monotonic_buffer_resource memory(buffer.data(), buffer.size());
    std::pmr::polymorphic_allocator<node> a(&memory);
    node* last = nullptr;
    for (int i = 0; i < count; ++i) {
      last = ::new (a.allocate(1)) node{last, nullptr, i};
      benchmark::DoNotOptimize(last);
    }
  }
}
node* tree_malloc(int depth) {
  if (depth == 0) return nullptr;
  auto* n = static_cast<node*>(std::malloc(sizeof(node)));
  return ::new (n) node{tree_malloc(depth - 1), tree_malloc(depth - 1), depth};
}
void free_tree(node* n) {
  if (!n) return;
  free_tree(n->left);
  free_tree(n->right);
  std::free(n);
}
node* tree_arena(snug::arena& memory, int depth) {
  if (depth == 0) return nullptr;
  auto* n = memory.create<node>();
  n->left = tree_arena(memory, depth - 1);
  n->right = tree_arena(memory, depth - 1);
  return n;
}
constexpr int depth = 20;  // a million nodes
void build_tree_arena(benchmark::State& state) {
  snug::arena memory;
  for (int warm = 0; warm < 4; ++warm) {  // until the kept block is as large as the tree
    (void)tree_arena(memory, depth);
    memory.reset();
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(tree_arena(memory, depth));
    memory.reset();
  }
}
// The memory comes from the system each time, page by page, and goes back to it.
void build_tree_fresh_arena(benchmark::State& state) {
  for (auto _ : state) {
    snug::arena memory;
    benchmark::DoNotOptimize(tree_arena(memory, depth));
  }
}
// The floor of that: the pages of 24 MB, each touched once, and nothing else.
void touch_fresh_pages(benchmark::State& state) {
  constexpr std::size_t bytes = sizeof(node) << depth;
  for (auto _ : state) {
    void* const memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    auto* const first = static_cast<volatile char*>(memory);
    for (std::size_t i = 0; i < bytes; i += 4096) first[i] = 1;
    munmap(memory, bytes);
  }
}
void build_tree_malloc(benchmark::State& state) {
  for (auto _ : state) {
    node* root = tree_malloc(depth);
    benchmark::DoNotOptimize(root);
    free_tree(root);
  }
}
// Objects with destructors: an entry of 32 bytes each, and a call.
void strings_arena(benchmark::State& state) {
  snug::arena memory;
  for (auto _ : state) {
    for (int i = 0; i < count; ++i) benchmark::DoNotOptimize(memory.create<std::string>("short"));
    memory.reset();
  }
}
void strings_heap(benchmark::State& state) {
  std::vector<std::string*> all(count);
  for (auto _ : state) {
    for (auto& s : all) benchmark::DoNotOptimize(s = new std::string("short"));
    for (auto* s : all) delete s;
  }
}

SNUG_CASE("arena/10k nodes of 24 bytes", nodes_arena, "pmr::monotonic_buffer_resource", nodes_pmr,
          "faster >= 3");
SNUG_CASE("arena/tree of 1M nodes, built and freed", build_tree_arena, "malloc and free",
          build_tree_malloc, "faster >= 10");
SNUG_CASE("arena/the same, a new arena each time", build_tree_fresh_arena, "malloc and free",
          build_tree_malloc, "");
SNUG_CASE("arena/the same (floor: the pages alone)", touch_fresh_pages, "malloc and free",
          build_tree_malloc, "");
SNUG_CASE("arena/10k objects with destructors", strings_arena, "new and delete", strings_heap, "");

}  // namespace

SNUG_BENCH_MAIN();
