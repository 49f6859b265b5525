// Branches, and statements that leave loops: how often what stands in them runs.
//
// What a branch holds runs at times only. Where control leaves a loop behind it (break, return,
// throw), it runs once however often the loop comes round. The branch beside one that leaves is the
// ordinary way, and counts as taken each time; so does what follows an `if` that leaves.
#include <algorithm>

#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

bool is_label(CXCursorKind kind) {
  return kind == CXCursor_CaseStmt || kind == CXCursor_DefaultStmt;
}

bool never_returns(std::string_view name) {
  return effects_of_name(name).has(Effect::NeverReturns);
}

}  // namespace

/// How the statement ends: the last thing that it does leaves a loop, or the function.
Body::Exit Body::exit_of(NodeId node) const {
  switch (tree_[node].kind) {
    case CXCursor_BreakStmt:
      return switch_loop_ != loop_ && loop_ >= 0 ? Exit::Loop : Exit::None;
    case CXCursor_ReturnStmt:
    case CXCursor_CXXThrowExpr:
      return Exit::Function;
    case CXCursor_GotoStmt: {
      if (loop_ < 0 || tree_[node].first == no_node) return Exit::None;
      const CXCursor label = clang_getCursorReferenced(tree_[tree_[node].first].cursor);
      const Loop& loop = function.loops[static_cast<std::size_t>(loop_)];
      return context_.spot(label).offset >= loop.end ? Exit::Loop : Exit::None;
    }
    case CXCursor_CallExpr:
      return never_returns(spelling(tree_[node].cursor)) ? Exit::Function : Exit::None;
    case CXCursor_CompoundStmt:
    case CXCursor_UnexposedExpr:
    case CXCursor_UnexposedStmt:
    case CXCursor_CaseStmt:
    case CXCursor_DefaultStmt:
    case CXCursor_LabelStmt:
      return tree_[node].last == no_node ? Exit::None : exit_of(tree_[node].last);
    default:
      return Exit::None;
  }
}

/// The recurrence of what runs right before control leaves.
Recurrence Body::behind(Exit exit) const {
  Recurrence left = recurs_;
  while (exit != Exit::None && left.loop >= 0) {
    // What leaves the inner loop may have left it before.
    if (exit == Exit::Loop && left.loop != loop_) break;
    const Recurrence& around = function.loops[static_cast<std::size_t>(left.loop)].recurs;
    left = {around.loop, std::max(left.often, around.often)};
  }
  return left;
}

/// Reads statements that follow each other.
void Body::statements(const std::vector<NodeId>& list) {
  std::vector<Exit> ends(list.size(), Exit::None);
  Exit exit = Exit::None;
  for (std::size_t i = list.size(); i > 0; --i) {
    const Exit own = exit_of(list[i - 1]);
    if (own != Exit::None) exit = own;
    ends[i - 1] = exit;
    if (is_label(tree_[list[i - 1]].kind)) exit = Exit::None;  // control comes in here
  }
  const Recurrence around = recurs_;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (ends[i] != Exit::None) recurs_ = behind(ends[i]);
    statement(list[i]);
    recurs_ = around;
  }
}

void Body::branch(NodeId node, Often often) {
  if (node == no_node) return;
  const Recurrence around = recurs_;
  if (often == Often::Seldom) recurs_.loop = -1;
  recurs_.often = inside(recurs_.often, often);
  statements({node});
  recurs_ = around;
}

bool Body::starts_with(NodeId node, std::string_view text) const {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(tree_[node].cursor)), &file,
                        nullptr, nullptr, &offset);
  if (file == nullptr) return false;
  const std::string_view all = context_.sources().text(file);
  return offset < all.size() && all.substr(offset).starts_with(text);
}

/// What __builtin_expect in the condition says of a branch, which macros such as unlikely() hide.
Often Body::expected(NodeId condition, bool taken) const {
  if (condition == no_node) return Often::OneBranch;
  if (tree_[condition].kind == CXCursor_CallExpr &&
      spelling(tree_[condition].cursor) == "__builtin_expect") {
    const std::optional<std::int64_t> value = constant_of(tree_[condition].last);
    if (!value) return Often::OneBranch;
    return (*value != 0) == taken ? Often::EachTime : Often::Seldom;
  }
  for (NodeId child = tree_[condition].first; child != no_node; child = tree_[child].next) {
    const Often told = expected(child, taken);
    if (told != Often::OneBranch) return told;
  }
  return Often::OneBranch;
}

void Body::end_scoped_locks(std::size_t held) {
  for (std::size_t i = held_.size(); i > held; --i) {
    if (!held_[i - 1].scoped) continue;
    LockHold& hold = function.locks[held_[i - 1].hold];
    hold.end = hold.end == 0 ? scope_end_ : hold.end;
    held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i) - 1);
  }
}

std::uint32_t Body::start_of(NodeId node) const {
  unsigned offset = 0;
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(tree_[node].cursor)), nullptr,
                        nullptr, nullptr, &offset);
  return offset;
}

/// What all branches write, or call, comes each time. The branches begin at the offsets, the last
/// one ends here; what they do lies behind the first `accesses` and `calls` of the function.
void Body::join_branches(const std::vector<std::uint32_t>& starts, std::size_t accesses,
                         std::size_t calls) {
  const Often branch = inside(recurs_.often, Often::OneBranch);
  const auto lift = [&](auto& items, std::size_t first, const auto& same) {
    const auto segment = [&](const auto& item) {
      return std::upper_bound(starts.begin(), starts.end(), item.where.offset) - starts.begin();
    };
    for (std::size_t i = first; i < items.size(); ++i) {
      if (segment(items[i]) != 1 || items[i].recurs.often != branch) continue;
      std::vector<std::size_t> alike;
      std::vector<bool> met(starts.size() + 1, false);
      for (std::size_t j = first; j < items.size(); ++j) {
        if (items[j].recurs.often != branch || items[j].recurs.loop != items[i].recurs.loop ||
            !same(items[i], items[j])) {
          continue;
        }
        met[static_cast<std::size_t>(segment(items[j]))] = true;
        alike.push_back(j);
      }
      if (std::find(met.begin() + 1, met.end(), false) != met.end()) continue;
      for (const std::size_t one : alike) items[one].recurs.often = recurs_.often;
    }
  };
  lift(function.accesses, accesses, [](const FieldAccess& a, const FieldAccess& b) {
    const auto writes = [](const FieldAccess& one) {
      return one.kind == AccessKind::Write || one.kind == AccessKind::ReadWrite;
    };
    return writes(a) && writes(b) && a.path == b.path;
  });
  lift(function.calls, calls,
       [](const Call& a, const Call& b) { return !a.callee.empty() && a.callee == b.callee; });
}

void Body::if_statement(NodeId node) {
  const std::uint32_t outer_end = scope_end_;
  scope_end_ = context_.end_offset(tree_[node].cursor);
  const std::size_t held = held_.size();
  std::vector<NodeId> parts = tree_.children(node);
  // In front of the condition: `if (init; condition)`, `if (auto* p = find())`.
  while (!parts.empty() && (parts.size() > 3 || tree_[parts.front()].kind == CXCursor_DeclStmt ||
                            tree_[parts.front()].kind == CXCursor_VarDecl)) {
    statement(parts.front());
    parts.erase(parts.begin());
  }
  parts.resize(3, no_node);
  const NodeId condition = parts[0];
  const NodeId then = parts[1];
  const NodeId otherwise = parts[2];
  const std::size_t accesses = function.accesses.size();
  const std::size_t calls = function.calls.size();
  if (condition != no_node) expression(condition, Mode::Read);
  const auto often = [&](NodeId own, NodeId other, bool taken) {
    if (own == no_node) return Often::OneBranch;
    const bool attributed = tree_[own].kind == CXCursor_UnexposedStmt;
    if (attributed && starts_with(own, "[[unlikely]]")) return Often::Seldom;
    if (attributed && starts_with(own, "[[likely]]")) return Often::EachTime;
    const Often told = expected(condition, taken);
    if (told != Often::OneBranch) return told;
    return other != no_node && exit_of(other) != Exit::None ? Often::EachTime : Often::OneBranch;
  };
  if (const NodeId child = child_branch(condition, then, otherwise); child != no_node) {
    child_nodes_ = {child};
  }
  branch(then, often(then, otherwise, true));
  branch(otherwise, often(otherwise, then, false));
  if (then != no_node && otherwise != no_node) {
    join_branches({start_of(then), start_of(otherwise)}, accesses, calls);
  }
  end_scoped_locks(held);
  scope_end_ = outer_end;
}

void Body::switch_statement(NodeId node) {
  const std::int32_t outer_switch = switch_loop_;
  const std::vector<NodeId> parts = tree_.children(node);
  for (const NodeId part : parts) {
    if (part != parts.back()) {
      if (clang_isExpression(tree_[part].kind) != 0) {
        expression(part, Mode::Read);
      } else {
        statement(part);
      }
      continue;
    }
    switch_loop_ = loop_;
    child_nodes_ = child_case(parts.front(), part);
    const std::size_t accesses = function.accesses.size();
    const std::size_t calls = function.calls.size();
    branch(part, Often::OneBranch);
    std::vector<std::uint32_t> labels;
    bool all = false;
    for (const NodeId label : tree_.children(part)) {
      if (!is_label(tree_[label].kind)) continue;
      labels.push_back(start_of(label));
      all = all || tree_[label].kind == CXCursor_DefaultStmt;
    }
    if (all) join_branches(labels, accesses, calls);
  }
  switch_loop_ = outer_switch;
}

void Body::conditional(NodeId node, Mode mode) {
  const std::vector<NodeId> parts = tree_.children(node);
  const Recurrence around = recurs_;
  const NodeId condition = parts.size() == 3 ? parts.front() : no_node;
  for (const NodeId part : parts) {
    if (part == condition) {
      expression(part, Mode::Read);
      continue;
    }
    const Often often = expected(condition, part == parts[1]);
    if (often == Often::Seldom) recurs_.loop = -1;
    recurs_.often = inside(recurs_.often, often);
    expression(part, mode);
    recurs_ = around;
  }
}

/// `left && right`, `left || right`.
void Body::short_circuit(NodeId left, NodeId right) {
  expression(left, Mode::Read);
  const Recurrence around = recurs_;
  recurs_.often = inside(recurs_.often, Often::OneBranch);
  expression(right, Mode::Read);
  recurs_ = around;
}

}  // namespace snug::evidence
