// Names and ids of records: what people read and what the tool compares.
#pragma once

#include <clang-c/Index.h>

#include <map>
#include <string>
#include <string_view>

#include "scan/parse/clang.hpp"
#include "scan/parse/sources.hpp"

namespace snug {

/// The module declaration of a file: `export module NAME:PART;`.
struct ModuleText {
  std::string name;       ///< Without the partition; empty: the file has none.
  std::size_t begin = 0;  ///< Its byte.
};

/// Reads it from the text. O(text) where the word is in it.
[[nodiscard]] ModuleText module_declaration(std::string_view text);

/// Names are remembered by declaration. REQUIRES: sources outlives it.
class Names {
 public:
  explicit Names(const Sources& sources);

  /// Qualified name of a record, namespace or function as the compiler prints it, without inline
  /// namespaces and default template arguments. Local types as `f()::Local`; unnamed ones as their
  /// typedef or `(anonymous struct at FILE:LINE:COLUMN)`, lambdas likewise.
  [[nodiscard]] const std::string& qualified(CXCursor declaration);

  /// The name of a template or of what it makes, without arguments.
  [[nodiscard]] std::string template_name(CXCursor declaration);

  /// A type as the compiler prints it, paths inside it relative to the root, without the
  /// struct, class, union and enum of C++.
  [[nodiscard]] std::string type(CXType type) const;

  /// The USR, made unique with the file for internal linkage, local, unnamed and C records: that of
  /// the definition, wherever the record was declared first. A type of a module bears its name, as
  /// the global type and that of another module are others.
  [[nodiscard]] const std::string& id(CXCursor record);

 private:
  std::string build(CXCursor declaration, bool arguments);
  std::string own_piece(CXCursor declaration, bool arguments) const;
  /// A printed specialisation with its type arguments as the compiler knows them: where a unit
  /// specialises or instantiates explicitly they are printed as written there, and one type would
  /// have several names.
  std::string with_known_arguments(const std::string& printed, CXType specialisation) const;
  /// A record in a record, with the records around it; `scope` becomes what is around those.
  std::string nested_piece(CXCursor declaration, CXCursor& scope) const;
  std::string unnamed(CXCursor declaration) const;
  std::string make_id(CXCursor declaration) const;
  /// The module that a declaration is attached to, without its partition; empty: none.
  [[nodiscard]] std::string module_of(CXCursor declaration) const;
  const ModuleText& module_in(CXFile file) const;

  const Sources& sources_;
  CXFile main_;  ///< The file that the unit is of.
  mutable std::map<CXFile, ModuleText> modules_;
  clang::CursorMap<std::string> known_;
  clang::CursorMap<std::string> ids_;
};

/// The template a record or function comes from: the primary one of an instantiation or
/// specialisation, also of a partial one; null if there is none.
[[nodiscard]] CXCursor primary_template(CXCursor declaration);

/// True if the declaration is, or lies in, a function.
[[nodiscard]] bool is_local(CXCursor declaration);

/// True for a type without a name of its own; one that a typedef names counts as named.
[[nodiscard]] bool is_unnamed(CXCursor declaration);

}  // namespace snug
