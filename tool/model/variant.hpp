// Variants: classes of libraries that hold one of several alternatives.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "model/source.hpp"

namespace snug {

/// One type that a variant may hold.
struct Alternative {
  std::string type;         ///< As the compiler prints it.
  std::string record_id;    ///< If it is a record, else empty.
  std::uint64_t size = 0;   ///< Bytes.
  std::uint64_t align = 1;  ///< Bytes.
  auto operator<=>(const Alternative&) const = default;
};

/// One instantiation of std::variant, boost::variant, boost::variant2::variant and the like that
/// the project names, holds or derives from. How it is held is told by Model::holdings, how it is
/// built by Function::constructions.
struct Variant {
  std::string id;           ///< Of the instantiation, made like the id of a record.
  std::string name;         ///< Of an alias of the project, qualified; empty if there is none.
  std::string type;         ///< As the compiler prints it.
  std::string family;       ///< Qualified name of the template: "std::variant".
  SourceRange where;        ///< Name of the alias, else of the first field or variable.
  std::uint64_t size = 0;   ///< Bytes.
  std::uint64_t align = 1;  ///< Bytes.
  std::vector<Alternative> alternatives;  ///< In the order in which they are declared.
  auto operator<=>(const Variant&) const = default;
};

}  // namespace snug
