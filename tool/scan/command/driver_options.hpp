// The options of GCC's and Clang's drivers that take a value, and what becomes of each.
#pragma once

#include <cstdint>
#include <string_view>

namespace snug {

enum class CompilerKind : std::uint8_t { Gcc, Clang, Msvc };

/// What becomes of an option that takes a value.
enum class Role : std::uint8_t {
  Drop,         ///< Outputs, dependency files, linking.
  Told,         ///< Dropped; the user is told.
  Keep,         ///< The value is text; goes to the front end as one word.
  Pass,         ///< Goes to the front end as it stands: only its driver knows what it means.
  Path,         ///< The value is a path; made absolute.
  Prefix,       ///< The value is the beginning of paths (-iprefix).
  ForcedFile,   ///< -include, -imacros: a path where such a file exists, else a name to search for.
  Query,        ///< Path or text that changes the implicit include paths; made absolute.
  Unsafe,       ///< Like Query, and lets the compiler run programs.
  Language,     ///< -x
  Target,       ///< --target
  Standard,     ///< -std
  Precompiled,  ///< -include-pch
  Parameter,    ///< --param: few of GCC's define macros, Clang's do nothing
};

enum class Form : std::uint8_t {
  Separate,  ///< -o FILE
  Joined,    ///< -std=c++20
  Either,    ///< -I DIR, -IDIR
  Both,      ///< -Xopenmp-target=TRIPLE FLAG: one part joined, the value in the next word.
};

/// Which drivers know an option.
enum class Known : std::uint8_t { Gcc = 1, Clang = 2, All = 3 };

struct OptionRow {
  std::string_view name;
  Form form;
  Role role;
  Known known = Known::All;
  std::uint8_t values = 1;  ///< Words that follow, for Form::Separate.
  std::string_view as{};    ///< The spelling that the front end is given; empty: `name`.
};

/// The row for an argument of a driver: an exact name, or a name that the argument begins with; of
/// several the longest. Null if the driver reads the argument as an option without a value, or as
/// one that it does not know. O(rows).
[[nodiscard]] const OptionRow* option_row(std::string_view argument, CompilerKind kind);

/// True for an option without a value that ends the work early, writes files, only links, or turns
/// warnings into errors: of no use to the front end.
[[nodiscard]] bool is_useless(std::string_view argument);

/// True if GCC reads the argument as one word where the front end takes the next word as its value.
[[nodiscard]] bool swallows_next(std::string_view argument);

/// The value follows in the next word.
[[nodiscard]] bool value_follows(const OptionRow& row, std::string_view argument);

}  // namespace snug
