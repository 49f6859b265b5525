// What the front end says about the classes of a unit, before names and source text come in: one
// entry a class, bases and member classes included, each asked for once.
//
// What the front end does not tell is computed by layout/ from what is collected here.
#pragma once

#include <clang-c/Index.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "layout/class_info.hpp"
#include "model/model.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/declarations.hpp"
#include "scan/parse/sources.hpp"

namespace snug {

/// A class as it was read: what was told, and where the front end has it. Every ClassInfo that a
/// Classes hands out, bases and classes of fields included, is one.
struct ReadClass : ClassInfo {
  struct Member {
    CXCursor cursor{};
    CXType type{};  ///< Canonical.
  };
  CXCursor cursor{};                   ///< The definition.
  CXType type{};                       ///< Canonical.
  std::vector<CXCursor> base_cursors;  ///< One per base.
  std::vector<Member> members;         ///< One per field.

  /// Of a base or field of this class.
  [[nodiscard]] CXCursor cursor_of(const BaseInfo& base) const {
    return base_cursors[static_cast<std::size_t>(&base - bases.data())];
  }
  [[nodiscard]] const Member& member_of(const FieldInfo& field) const {
    return members[static_cast<std::size_t>(&field - fields.data())];
  }
  [[nodiscard]] CXCursor cursor_of(const FieldInfo& field) const { return member_of(field).cursor; }
};

/// The same class with its cursors.
[[nodiscard]] inline const ReadClass& as_read(const ClassInfo& info) {
  return static_cast<const ReadClass&>(info);
}

/// The classes of one unit. REQUIRES: sources outlives it.
class Classes {
 public:
  /// `standard` is the C++ standard of the unit, 98 to 26, or 0 for C.
  Classes(const Sources& sources, const Abi& abi, unsigned standard);

  /// The class of a canonical record type. Null if it is incomplete, dependent or invalid.
  [[nodiscard]] const ReadClass* find(CXType type);

  [[nodiscard]] const Abi& abi() const { return abi_; }
  /// The C++ standard of the unit, 98 to 26, or 0 for C.
  [[nodiscard]] unsigned standard() const { return standard_; }

 private:
  void read(ReadClass& info);
  void read_attributes(ReadClass& info);
  void read_bases(ReadClass& info);
  void read_fields(ReadClass& info);
  void read_field_type(const ReadClass::Member& member, FieldInfo& field);
  void read_field_attributes(CXCursor cursor, FieldInfo& field);
  void read_methods(ReadClass& info, struct MemberFacts& facts);
  std::optional<std::uint64_t> pack_value(CXCursor record);
  void settle(ReadClass& info);

  const Sources& sources_;
  Abi abi_;
  unsigned standard_;
  bool defaulted_is_pod_;  ///< Defaulted special members leave a class POD (not on Darwin).
  bool pod11_;             ///< POD for layout follows C++11 (arm64 macOS, WebAssembly, Fuchsia).
  clang::CursorMap<std::unique_ptr<ReadClass>> classes_;
  std::map<CXFile, std::vector<PackChange>> pack_changes_;
};

/// What the MSVC ABI asks of the virtual functions of a class: whether it introduces one, and of
/// which virtual bases it overrides some.
void read_virtual_functions(ReadClass& info);

/// The number that an alignas(N), aligned(N) or align(N) attribute asks for, in bits. `text` starts
/// at the attribute's name. Empty if it is no plain number.
[[nodiscard]] std::optional<std::uint64_t> asked_alignment_bits(std::string_view text);

}  // namespace snug
