#include "model/run_diff.hpp"

#include <algorithm>

namespace snug {

std::size_t RunDiff::count(RecordDiff::Kind kind) const {
  return static_cast<std::size_t>(
      std::count_if(records.begin(), records.end(),
                    [&](const RecordDiff& record) { return record.kind == kind; }));
}

std::string_view to_string(RecordDiff::Kind kind) {
  switch (kind) {
    case RecordDiff::Kind::Grew:
      return "grew";
    case RecordDiff::Kind::Shrank:
      return "shrank";
    case RecordDiff::Kind::Changed:
      return "changed";
    case RecordDiff::Kind::Appeared:
      return "appeared";
    case RecordDiff::Kind::Vanished:
      return "vanished";
    case RecordDiff::Kind::Moved:
      return "moved";
  }
  return "";
}

}  // namespace snug
