// Enumerations: which values they have, and what the code does that depends on their width.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/source.hpp"

namespace snug {

/// One declaration of an enumeration in code of the project: its definition, or an opaque
/// declaration (`enum class E : int;`), which has no values. One for all units and instantiations.
struct Enumeration {
  std::string id;           ///< Place of the name: PATH:OFFSET. The same in all instantiations.
  std::string usr;          ///< What declarations of one enumeration have in common.
  std::string name;         ///< Qualified, as the compiler prints it.
  std::string underlying;   ///< The type that it is stored in, as the compiler prints it.
  SourceRange where;        ///< The name.
  SourceRange type_text;    ///< The underlying type as written; empty range: where `: T` may stand.
  std::uint64_t size = 0;   ///< Bytes.
  std::uint64_t align = 1;  ///< Bytes.
  std::uint64_t count = 0;  ///< Enumerators.
  std::int64_t least = 0;   ///< Smallest value, at most 0.
  std::uint64_t greatest = 0;  ///< Greatest value, at least 0.
  bool opaque = false;         ///< Declares, does not define.
  bool scoped = false;
  bool fixed = false;        ///< An underlying type is written.
  bool exact = false;        ///< It names its width: uint32_t, std::int16_t, a char type ...
  bool from_macro = false;   ///< The name or the underlying type comes out of a macro.
  bool conditional = false;  ///< #if, #ifdef ... stand between the braces.
  bool attribute = false;    ///< Has an attribute (packed, flag_enum, enum_extensibility ...).
  bool c = false;            ///< Read as C.
  bool c_linkage = false;    ///< Declared in extern "C".
  bool standard_integers = false;  ///< Its file includes <cstdint> or <stdint.h>.
  auto operator<=>(const Enumeration&) const = default;
};

enum class EnumUseKind : std::uint8_t {
  Complement,    ///< ~E, or an operator~ for it: makes values beyond the range of its enumerators.
  ConstantCast,  ///< A constant is cast to it; `value`.
  WideCast,      ///< A number that is not constant is cast to it: any value may come.
  PointerCast,   ///< A pointer to it is cast to another one or back, or its width is asked for.
  Linkage,       ///< A function or variable with C linkage has it in its type.
};

/// One place where the code depends on how wide an enumeration is.
struct EnumUse {
  std::string enumeration;  ///< Id.
  SourceRange where;
  EnumUseKind kind = EnumUseKind::WideCast;
  std::int64_t value = 0;
  auto operator<=>(const EnumUse&) const = default;
};

}  // namespace snug
