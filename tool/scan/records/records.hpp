// From classes to records: names, places and every bit labelled.
#pragma once

#include <clang-c/Index.h>

#include <set>
#include <vector>

#include "model/model.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/sources.hpp"
#include "scan/records/classes.hpp"

namespace snug {

/// Collects the records of one unit. REQUIRES: the arguments outlive it.
class RecordCollector {
 public:
  RecordCollector(const Sources& sources, Names& names, Classes& classes)
      : sources_(sources), names_(names), classes_(classes) {}

  /// Takes a complete record type if it is to be reported; others are left out.
  void add(CXType type);

  /// Puts the collected records into the model, and those that they derive from or contain
  /// (marked as not reported), each once and sorted by id. Names the files that declare them and
  /// adds a problem for every record that could not be laid out.
  void finish(Model& model, Unit& unit);

 private:
  void add_needed(const ClassInfo& info);

  const Sources& sources_;
  Names& names_;
  Classes& classes_;
  std::vector<const ReadClass*> reported_;
  std::vector<const ReadClass*> needed_;
  std::set<const ClassInfo*> seen_;
};

/// The record of one class. `reported` asks for everything that source text tells; otherwise only
/// the layout is filled in.
[[nodiscard]] Record make_record(const ReadClass& info, const Sources& sources, Names& names,
                                 const Abi& abi, bool reported);

/// The slots of a class, in the order of declaration and without padding.
/// REQUIRES: info.problem is empty.
[[nodiscard]] std::vector<Slot> make_slots(const ReadClass& info, const Sources& sources,
                                           Names& names, const Abi& abi, bool reported);

/// True if a #pragma pack limits the alignment of some member.
[[nodiscard]] bool pack_limits(const ClassInfo& info, const Abi& abi);

/// The declaration that source ranges of a record refer to: of an instantiation its template.
[[nodiscard]] CXCursor written_definition(CXCursor record);

/// True for implicit and explicit instantiations, false for what is written out, explicit
/// specialisations included.
[[nodiscard]] bool is_instantiation(CXCursor record);

}  // namespace snug
