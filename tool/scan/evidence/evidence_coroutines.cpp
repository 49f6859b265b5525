// Coroutines: which functions go on when somebody resumes them.
#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

/// The body awaits something, or has nothing to say but that it returns: whoever resumes it runs
/// it. What yields values runs where they are asked for.
bool Body::runs_when_resumed(NodeId node) const {
  const std::string_view text = text_of(node);
  if (text.find("co_await") != std::string_view::npos) return true;
  return text.find("co_return") != std::string_view::npos &&
         text.find("co_yield") == std::string_view::npos;
}

void Body::read_block(NodeId node) {
  for (const NodeId child : tree_.children(node)) {
    const CXCursorKind kind = tree_[child].kind;
    if (kind == CXCursor_CompoundStmt || kind == CXCursor_CXXTryStmt) statement(child);
    if (kind != CXCursor_UnexposedStmt) continue;
    // Behind the block come the calls that the compiler makes of the promise.
    for (const NodeId inner : tree_.children(child)) {
      const bool block = tree_[inner].kind == CXCursor_CompoundStmt;
      if (block) return statement(inner);
    }
  }
}

}  // namespace snug::evidence
