// Calls of code that was not read which wait: they tell how often the loop around them runs.
#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

void Body::note_wait(NodeId node, const CallParts& parts) {
  const CalleeFacts& callee = *parts.callee;
  const bool waits = callee.does(callee.method ? Effect::WaitsMethod : Effect::Waits);
  if (!waits || callee.project || callee.lambda) return;
  Call made;
  made.name = callee.name;
  made.loop = loop_;
  made.recurs = recurs_;
  made.where = context_.spot(tree_[node].cursor);
  function.calls.push_back(std::move(made));
}

}  // namespace snug::evidence
