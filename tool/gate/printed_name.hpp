// Names of types as different compilers print them.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The name as snug would print it, without the blanks that do not separate words: no struct,
/// class, union or enum in front, no leading "::"; "long unsigned int" as "unsigned long", "3UL" as
/// "3", and the unnamed namespace as clang calls it. O(length).
[[nodiscard]] std::string canonical_name(std::string_view printed);

/// True if a compiler may have printed `printed` for the record that snug calls `name`. A compiler
/// may name inline namespaces, enclosing functions and default template arguments that `name` has
/// not, and leave out enclosing functions that it has; also inside template arguments.
[[nodiscard]] bool may_be_printed_as(std::string_view name, std::string_view printed);

/// The last component of a name without its template arguments: "V" of "a::V<b::C>". Names that may
/// be the same have the same one.
[[nodiscard]] std::string last_name(std::string_view name);

}  // namespace snug
