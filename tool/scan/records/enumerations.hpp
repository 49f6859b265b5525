// The enumerations of a unit, and the places that depend on how wide they are.
#pragma once

#include <clang-c/Index.h>

#include <map>
#include <set>
#include <span>
#include <string>

#include "model/model.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/sources.hpp"

namespace snug {

/// What an enumeration is known by: the place of its name, PATH:OFFSET. All instantiations of a
/// template share it. Empty for anything else than an enumeration of the project.
[[nodiscard]] std::string enumeration_id(CXType type, const Sources& sources);

/// Collects the enumerations of one unit. REQUIRES: sources and names outlive it.
class EnumScanner {
 public:
  EnumScanner(const Sources& sources, Names& names, bool cxx)
      : sources_(sources), names_(names), cxx_(cxx) {}

  /// To be called for every cursor of the walk.
  void visit(CXCursor cursor, std::span<const CXCursor> ancestors);

  /// Moves what was collected to the model, sorted and each once.
  void finish(Model& model);

 private:
  void see_declaration(CXCursor declaration, std::span<const CXCursor> ancestors);
  void see_complement(CXCursor expression);
  void see_cast(CXCursor cast);
  void see_size(CXCursor size, std::span<const CXCursor> ancestors);
  void see_stored_type(CXCursor name, std::span<const CXCursor> ancestors);
  void see_call(CXCursor call);
  bool asks_stored_type(CXCursor pattern);
  void see_function(CXCursor function);
  void add(CXType type, EnumUseKind kind, CXCursor at, std::int64_t value = 0);

  const Sources& sources_;
  Names& names_;
  bool cxx_;
  std::map<std::string, Enumeration> enumerations_;
  std::set<EnumUse> uses_;
  clang::CursorMap<bool> asking_;  ///< Function templates that ask for the stored type.
};

}  // namespace snug
