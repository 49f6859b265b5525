// Coroutines run on the threads that resume them.
//
// Which coroutine a handle means is not followed: a queue hands it on as a rule. Where started
// threads resume any, a coroutine that somebody else calls is a task of theirs, like a function
// that is handed to a pool; what it does before it waits for the first time counts as a part of
// that.
#include <algorithm>

#include "analysis/call_graph.hpp"
#include "analysis/threads/reach_follower.hpp"

namespace snug::reach {

void Follower::note_resumer(const Frame& frame, const Call& call) {
  if (!call.callee.empty() || call.name != "coroutine_handle::resume") return;
  const ReachThread& thread = result_.threads[frame.thread];
  if (thread.kind != ThreadKind::Started || thread.entry == nullptr) return;
  // One that is itself a coroutine is resumed by others.
  if (thread.entry->coroutine) return;
  resumers_.insert(thread.entry);
  const bool each =
      thread.starter != nullptr && last_scope(thread.starter->name).starts_with("await_suspend");
  many_resume_ = many_resume_ || thread.many || each || resumers_.size() > 1;
}

bool Follower::start_coroutine(const Frame& frame, const Call& call, const Function& target) {
  if (!target.coroutine || resumers_.empty()) return false;
  const ReachThread& thread = result_.threads[frame.thread];
  const bool resumed =
      thread.entry != nullptr && (thread.entry->coroutine || resumers_.contains(thread.entry));
  if (resumed) return false;
  ThreadStart made;
  made.kind = "coroutine";
  made.entry = target.id;
  made.pool = true;
  made.object = call.object;
  made.arguments = call.arguments;
  made.loop = call.loop;
  made.where = call.where;
  result_.pool_starts.push_back(std::make_shared<const ThreadStart>(std::move(made)));
  start(frame, *result_.pool_starts.back(), many_resume_);
  return true;
}

}  // namespace snug::reach
