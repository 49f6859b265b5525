// Which fields of its own object an expression needs. Only the files uses*.cpp include this.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// What an initialiser takes from the object under construction.
struct Reads {
  std::vector<std::string> fields;  ///< Sorted, each once; of the record itself.
  bool hands_out_this = false;      ///< `this` goes somewhere that was not seen.
  bool by_address = false;          ///< An address of a field, or `this`, is handed on.
};

/// Collects the fields that an expression reads, also through calls of member functions whose
/// bodies the unit has and through lambdas. Expressions that are not evaluated do not count.
class ReadsFinder {
 public:
  ReadsFinder(Context& context, const RecordFacts& record) : context_(context), record_(record) {}

  void look_at(CXCursor expression) { visit(expression); }
  [[nodiscard]] Reads take();

 private:
  void visit(CXCursor cursor);
  void visit_children(CXCursor cursor);
  void visit_member(CXCursor member);
  void visit_body(CXCursor method);
  void note_field(CXCursor field, CXCursor member);
  [[nodiscard]] bool is_address(CXCursor member) const;
  [[nodiscard]] bool keeps_reference(CXCursor call, CXCursor argument) const;

  Context& context_;
  const RecordFacts& record_;
  Reads reads_;
  std::vector<CXCursor> path_;  ///< From the expression that is looked at to the current one.
  std::unordered_set<CXCursor, clang::CursorHash, clang::CursorEqual> bodies_;
};

/// True if a field of this type only stores an address that no order of fields changes: `this`, or
/// where another field lies.
[[nodiscard]] bool stores_address(CXType field, CXCursor value);

/// Adds the uses that follow from what the initialiser of a field takes from other fields.
void add_reads(Context& context, CXCursor at, Ancestors ancestors, const RecordFacts& record,
               const std::string& field, CXType type, const Reads& reads);

}  // namespace snug::uses
