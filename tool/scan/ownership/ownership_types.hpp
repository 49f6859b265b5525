// The types that ownership is about, told apart once for each type of a unit.
// Only the files ownership*.cpp include this.
#pragma once

#include <clang-c/Index.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "known/known.hpp"
#include "model/ownership.hpp"

namespace snug {
class Names;
}  // namespace snug

namespace snug::ownership {

enum class TypeKind : std::uint8_t {
  Owner,         ///< A pointer that owns or refers weakly: `owner` is set.
  String,        ///< std::basic_string
  Pair,          ///< std::pair: `element` is its second type.
  Sequence,      ///< vector, deque, list, queue ...: `element` is set.
  Map,           ///< `key` and `element` are set.
  Wrapper,       ///< optional, atomic and the like: `element` is set.
  ListIterator,  ///< Of std::list: `element` is its element.
};

struct TypeFacts {
  TypeKind kind = TypeKind::Owner;
  std::string family;  ///< Qualified name of the template.
  Roles roles;
  OwnerType owner;
  CXType element;
  CXType key;
};

/// Knows the types of one unit. REQUIRES: names and known outlive it.
class TypeBook {
 public:
  TypeBook(Names& names, const KnownNames& known) : names_(names), all_(known) {}

  /// Facts about a type, through typedefs and qualifiers but not through references and pointers.
  /// Null for types that ownership is not about.
  [[nodiscard]] const TypeFacts* find(CXType type);

  /// The facts if the type is a counted pointer, else null.
  [[nodiscard]] const TypeFacts* counted(CXType type);

  [[nodiscard]] Names& names() { return names_; }

 private:
  [[nodiscard]] std::unique_ptr<TypeFacts> make(CXType canonical);

  Names& names_;
  const KnownNames& all_;
  std::unordered_map<const void*, std::unique_ptr<TypeFacts>> known_;
};

/// True for the integers of the language, bool and characters excepted, and std::atomic of them.
[[nodiscard]] bool is_integer(CXType type);
/// The record that a type is, or a null cursor.
[[nodiscard]] CXCursor record_of(CXType type);

}  // namespace snug::ownership
