// The records of an edited unit, recognised as those of the model.
#pragma once

#include <clang-c/Index.h>

#include <set>
#include <span>
#include <string>

#include "model/record.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/sources.hpp"
#include "scan/proof/edited_sources.hpp"
#include "scan/proof/model_questions.hpp"

namespace snug {

/// Finds the record of the model that a declaration of the edited unit is. Ids of local and unnamed
/// types, and of instantiations with such arguments, hold a place, which edits shift: those are
/// told by place and name as they were before the edits. REQUIRES: the arguments outlive it.
class ProofRecords {
 public:
  ProofRecords(ModelQuestions& model, const EditedSources& edited, const Sources& sources,
               Names& names);

  /// Null if the model has no such record.
  [[nodiscard]] const Record* find(CXCursor declaration);

  /// The records that a piece of code refers to, by declarations, types and templates. Sorted ids.
  /// Where it refers to none of the project's, the records that it stands in.
  [[nodiscard]] std::set<std::string> referred_at(std::span<const CXCursor> cursors);

 private:
  /// The qualified name, with the places in it as they were before the edits.
  [[nodiscard]] std::string name_before(CXCursor declaration) const;
  void add_type(CXType type, std::set<std::string>& ids);
  void add_declaration(CXCursor declaration, std::set<std::string>& ids);
  void add_parents(CXCursor cursor, std::set<std::string>& ids);

  ModelQuestions& model_;
  const EditedSources& edited_;
  const Sources& sources_;
  Names& names_;
};

}  // namespace snug
