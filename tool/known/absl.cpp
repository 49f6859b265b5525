// Abseil.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum TypeRole;

constexpr auto absl_types = std::to_array<KnownType>({
    {"absl::InlinedVector", Sequence},
    {"absl::flat_hash_set", Sequence},
    {"absl::flat_hash_map", Map, 1, 0},
    {"absl::node_hash_map", {Map, Nodes}, 1, 0},
    {"absl::variant", Variant},
    {"AnyInvocable", Callable},
});

}  // namespace

Family absl() {
  return {absl_types, {}};
}

}  // namespace snug::families
