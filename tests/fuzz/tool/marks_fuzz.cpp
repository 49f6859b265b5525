// Any bytes as source text: every mark lies in it and has what its kind needs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gate/marks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const snug::Marks marks = snug::marks_in(text, "/p/a.cpp", {"padding", "budget"});
  for (const snug::Mark& mark : marks.marks) {
    if (mark.where.begin >= mark.where.end || mark.where.end > text.size()) std::abort();
    if (mark.head_begin > mark.head_end || mark.head_end > text.size()) std::abort();
    if (mark.head_line > mark.head_end_line) std::abort();
    if (mark.kind == snug::MarkKind::Ignore && (mark.reason.empty() || mark.checks.empty())) {
      std::abort();
    }
    if (mark.kind == snug::MarkKind::Group && mark.group.empty()) std::abort();
  }
  for (const snug::BadMark& bad : marks.bad) {
    if (bad.where.end > text.size() || bad.message.empty()) std::abort();
  }
  return 0;
}
