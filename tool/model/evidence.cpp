#include "model/evidence.hpp"

namespace snug {

std::string_view to_string(AccessKind kind) {
  switch (kind) {
    case AccessKind::Read:
      return "read";
    case AccessKind::Write:
      return "write";
    case AccessKind::ReadWrite:
      return "read and write";
    case AccessKind::Address:
      return "address taken";
  }
  return "unknown";
}

SourceRange range_of(const Function& function, const Spot& spot) {
  SourceRange range;
  range.file = function.where.file;
  range.line = spot.line;
  range.column = spot.column;
  range.end_line = spot.line;
  range.end_column = spot.column + 1;
  range.begin = spot.offset;
  range.end = spot.offset + 1;
  return range;
}

}  // namespace snug
