// The tables of the families, joined by KnownNames. Used by known/ alone.
#pragma once

#include <span>

#include "known/known.hpp"

namespace snug::families {

/// Functions that share an effect and need no more words: of any scope, methods too.
struct EffectList {
  Effects effects;
  std::string_view names;  ///< With commas between them.
};

struct Family {
  std::span<const KnownType> types;
  std::span<const KnownFunction> functions;
};

[[nodiscard]] Family standard();
[[nodiscard]] Family boost();
[[nodiscard]] Family absl();
[[nodiscard]] Family tbb();
[[nodiscard]] Family posix();
[[nodiscard]] Family windows();
[[nodiscard]] Family qt();
[[nodiscard]] Family glib();
[[nodiscard]] Family folly();
[[nodiscard]] Family snug_runtime();
[[nodiscard]] Family others();
[[nodiscard]] Family systems();
[[nodiscard]] Family builder_functions();
[[nodiscard]] std::span<const EffectList> lists();

/// What the words of a name tell of a type that may be in no table: TicketLock, ReadGuard, FooPtr.
[[nodiscard]] Roles roles_by_words(std::string_view last_name);

}  // namespace snug::families
