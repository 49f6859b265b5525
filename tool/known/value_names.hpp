// What names of the standard library tell about the values that they are given: whether others see
// a size, a layout or which of two addresses is lower.
#pragma once

#include <span>
#include <string_view>

namespace snug {

/// Traits whose answers depend on padding or on the order of fields.
[[nodiscard]] std::span<const std::string_view> layout_traits();
[[nodiscard]] bool asks_layout(std::string_view name);

/// A function that tells how much memory was handed out, or makes it end: `malloc_usable_size`,
/// `null_memory_resource`.
[[nodiscard]] bool asks_heap(std::string_view name);

/// Names of types that keep small values inside, or as many as fit into a block, so that the size
/// of a value decides how often the heap is asked: `std::function`, `std::deque`.
[[nodiscard]] std::span<const std::string_view> heap_by_size();

/// A template that is nothing but memory of the size that it is given: `aligned_storage_t`,
/// `array`.
[[nodiscard]] bool is_room_name(std::string_view name);

/// A container that is made of a count, and knows it: `vector`, `basic_string`.
[[nodiscard]] bool holds_values(std::string_view name);

/// A function that puts a value into a container, or changes how many are in it: `push_back`,
/// `resize`.
[[nodiscard]] bool keeps_value(std::string_view name);

/// A function that gives back one of its arguments: `max`.
[[nodiscard]] bool picks_argument(std::string_view name);

/// A function that makes text of every argument, whatever its class: `operator<<`, `format`. The
/// variadic functions of C are told by their types.
[[nodiscard]] bool makes_text(std::string_view name);

/// An algorithm that puts values into the order of `<`, or expects them in it: `sort`, `min`.
[[nodiscard]] bool goes_by_order(std::string_view name);

/// A container that keeps its keys in order, by its last name: `set`, `flat_map`.
[[nodiscard]] bool keeps_order_of_keys(std::string_view name);

/// A function object that compares its arguments themselves: `less`, `greater`.
[[nodiscard]] bool compares_values(std::string_view name);

}  // namespace snug
