// The types of lib/.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum TypeRole;

constexpr auto runtime_types = std::to_array<KnownType>({
    {"snug::rc", Counted, 0, -1, "snug::make_rc", "snug::weak_rc"},
    {"snug::weak_rc", Weak},
    {"snug::box", Unique},
});

}  // namespace

Family snug_runtime() {
  return {runtime_types, {}};
}

}  // namespace snug::families
