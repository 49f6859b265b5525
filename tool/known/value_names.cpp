#include "known/value_names.hpp"

#include <algorithm>
#include <array>

namespace snug {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::span<const std::string_view> layout_traits() {
  static constexpr std::array<std::string_view, 8> names{"has_unique_object_representations",
                                                         "has_unique_object_representations_v",
                                                         "is_layout_compatible",
                                                         "is_layout_compatible_v",
                                                         "is_corresponding_member",
                                                         "is_pointer_interconvertible_with_class",
                                                         "is_pointer_interconvertible_base_of",
                                                         "is_pointer_interconvertible_base_of_v"};
  return names;
}

bool asks_layout(std::string_view name) {
  const std::span<const std::string_view> names = layout_traits();
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool asks_heap(std::string_view name) {
  static constexpr std::array<std::string_view, 22> names{"malloc_usable_size",
                                                          "malloc_size",
                                                          "malloc_good_size",
                                                          "_msize",
                                                          "_aligned_msize",
                                                          "HeapSize",
                                                          "je_malloc_usable_size",
                                                          "mi_usable_size",
                                                          "mi_malloc_usable_size",
                                                          "tc_malloc_size",
                                                          "nallocx",
                                                          "sallocx",
                                                          "mallctl",
                                                          "je_mallctl",
                                                          "mallinfo",
                                                          "mallinfo2",
                                                          "malloc_stats",
                                                          "malloc_info",
                                                          "mstats",
                                                          "sbrk",
                                                          "allocate_at_least",
                                                          "null_memory_resource"};
  return is_one_of(name, names);
}

std::span<const std::string_view> heap_by_size() {
  static constexpr std::array<std::string_view, 12> names{"std::function",
                                                          "function<",
                                                          "move_only_function",
                                                          "copyable_function",
                                                          "std::any",
                                                          "any_cast",
                                                          "deque",
                                                          "std::stack",
                                                          "std::queue",
                                                          "AnyInvocable",
                                                          "monotonic_buffer_resource",
                                                          "synchronized_pool_resource"};
  return names;
}

bool is_room_name(std::string_view name) {
  static constexpr std::array<std::string_view, 4> names{"aligned_storage", "aligned_storage_t",
                                                         "array", "aligned_union_t"};
  return is_one_of(name, names);
}

bool holds_values(std::string_view name) {
  static constexpr std::array<std::string_view, 5> names{"vector", "basic_string", "deque", "list",
                                                         "valarray"};
  return is_one_of(name.substr(0, name.find('<')), names);
}

bool keeps_value(std::string_view name) {
  static constexpr std::array<std::string_view, 11> names{
      "push_back", "emplace_back", "push_front", "emplace_front", "push",  "insert",
      "emplace",   "try_emplace",  "resize",     "assign",        "append"};
  return is_one_of(name, names);
}

bool picks_argument(std::string_view name) {
  static constexpr std::array<std::string_view, 3> names{"max", "min", "clamp"};
  return is_one_of(name, names);
}

bool makes_text(std::string_view name) {
  static constexpr std::array<std::string_view, 8> names{"operator<<", "to_string", "to_wstring",
                                                         "format",     "format_to", "print",
                                                         "println",    "to_chars"};
  return is_one_of(name, names);
}

bool goes_by_order(std::string_view name) {
  static constexpr std::array<std::string_view, 25> names{
      "sort",        "stable_sort", "partial_sort",   "nth_element",     "min",
      "max",         "minmax",      "min_element",    "max_element",     "minmax_element",
      "lower_bound", "upper_bound", "binary_search",  "equal_range",     "is_sorted",
      "merge",       "make_heap",   "inplace_merge",  "set_union",       "set_intersection",
      "push_heap",   "sort_heap",   "set_difference", "is_sorted_until", "clamp"};
  return is_one_of(name, names);
}

bool keeps_order_of_keys(std::string_view name) {
  static constexpr std::array<std::string_view, 11> names{
      "set",       "map",       "multiset",          "multimap",       "flat_set", "flat_map",
      "btree_set", "btree_map", "sorted_vector_set", "priority_queue", "small_set"};
  return is_one_of(name, names);
}

bool compares_values(std::string_view name) {
  static constexpr std::array<std::string_view, 5> names{"less", "greater", "less_equal",
                                                         "greater_equal", "compare_three_way"};
  return is_one_of(name, names);
}

}  // namespace snug
