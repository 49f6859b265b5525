// Whether the arguments of a template come from the values of an initialiser.
#pragma once

#include <cstdint>
#include <string_view>

namespace snug {

/// `values` is the offset of the first value of a list in braces or parentheses that builds an
/// instantiation of the template (its name, with or without scopes). False only where the text
/// shows that the type is known without the values: its arguments are written out (`Node<int>{`,
/// `Node<int> n = {`), or it is that of a result or parameter (`return {`, `f({`). Then the values
/// may change their order.
[[nodiscard]] bool may_deduce_arguments(std::string_view text, std::uint64_t values,
                                        std::string_view template_name);

}  // namespace snug
