// What pointers among the fields of records point to, told from the types as they are written.
#pragma once

#include <string_view>

#include "model/record.hpp"

namespace snug {

/// The name of what a field of plain pointer type points to, without namespaces, template
/// arguments, `struct` and qualifiers: "Node" for `const app::Node<int> *`, `struct Node *[2]` and
/// `std::atomic<Node *>`. Empty for other types, pointers to pointers and pointers to functions.
[[nodiscard]] std::string_view pointee_name(std::string_view type);

/// The last component of a qualified name, without template arguments.
[[nodiscard]] std::string_view plain_name(std::string_view qualified);

/// The slot of a record that points to another one of its own kind; null if there is none.
[[nodiscard]] const Slot* link_of(const Record& record);

/// True for a slot that says how many elements there are: an integer called size, count, used ...
[[nodiscard]] bool is_count(const Slot& slot);

}  // namespace snug
