// Copies of counted pointers that each turn of a loop makes and throws away.
#include <fmt/format.h>

#include <array>

#include "analysis/check.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

constexpr std::array shared_ptr_copy_in_loop_options = {
    CheckOption{"walks", 1, "1 to report `n = n->next` (as notes), 0 to leave it alone"}};

bool is_kept(const OwnerCopy& copy) {
  return copy.use != OwnerUse::Read || copy.source_changes;
}

Level level_of(const OwnerCopy& copy) {
  if (copy.kind == OwnerCopyKind::Element) return copy.converts ? Level::Note : Level::Warning;
  const bool certain = copy.kind == OwnerCopyKind::Local && !copy.converts && !copy.calls_out;
  return certain ? Level::Warning : Level::Note;
}

std::string message_of(const OwnerCopy& copy) {
  const std::string type = owner_text(copy.type);
  switch (copy.kind) {
    case OwnerCopyKind::Element:
      return fmt::format(
          "'{}' is a copy of each element of '{}'{}: every turn of the loop counts an owner ({}) "
          "up and down again; take a reference to const",
          copy.name, copy.source, copy.in_pair ? ", a pair with its owner" : "", type);
    case OwnerCopyKind::Local:
      return fmt::format(
          "'{}' copies '{}' in a loop and is only read: every turn counts an owner ({}) up and "
          "down again; take a reference to const",
          copy.name, copy.source, type);
    case OwnerCopyKind::Walk:
      return fmt::format(
          "'{}' takes an owner ({}) at each step of the walk and drops the one before: borrow a "
          "pointer while walking",
          copy.name, type);
  }
  return {};
}

void add_evidence(const OwnerCopy& copy, Finding& finding) {
  finding.evidence.push_back({"loop", "this loop makes the copies", copy.loop});
  if (copy.converts) {
    finding.evidence.push_back(
        {"copy",
         "the copy is of another type than what it is copied from: 'const auto&' binds to "
         "the owner itself",
         {}});
  }
  if (copy.calls_out && copy.kind == OwnerCopyKind::Local) {
    finding.evidence.push_back(
        {"call",
         fmt::format("the loop calls code that may change '{}' while the reference is in "
                     "use",
                     copy.source),
         {}});
  }
  if (copy.kind == OwnerCopyKind::Walk) {
    finding.evidence.push_back(
        {"alternative",
         copy.type.family == "snug::rc"
             ? fmt::format("snug::borrow<{}> walks without counting", copy.type.pointee)
             : fmt::format("a '{}*' from get() walks without counting; with snug::rc, "
                           "snug::borrow<{}> says that it owns nothing",
                           copy.type.pointee, copy.type.pointee),
         {}});
  }
}

void add_fix(const OwnerCopy& copy, Finding& finding) {
  if (copy.kind == OwnerCopyKind::Walk || copy.converts) return;
  SuggestedFix fix;
  fix.title = fmt::format("Make '{}' a reference to const", copy.name);
  fix.edits = reference_edits(copy.place);
  fix.promise.units = copy.place.units;
  if (fix.edits.empty()) {
    fix.safety = Safety::Refused;
    fix.reasons.emplace_back("its declaration cannot be edited with certainty");
  } else if (copy.calls_out) {
    fix.safety = Safety::Review;
    fix.reasons.emplace_back(
        "a function that the loop calls could end or replace the owner that is referred to");
  } else {
    fix.safety = Safety::Safe;
  }
  finding.needs_proof = !fix.edits.empty();
  finding.fixes.push_back(std::move(fix));
}

void run_shared_ptr_copy_in_loop(Pass& pass) {
  for (const OwnerCopy& copy : pass.model.ownership.copies) {
    if (is_kept(copy) || copy.from_macro) continue;
    if (copy.kind == OwnerCopyKind::Walk && pass.option("walks") == 0) continue;
    Finding finding;
    finding.level = level_of(copy);
    finding.where = copy.where;
    finding.record_id = copy.type.pointee_id;
    finding.subject = subject_at(copy.function, copy.name + '\n' + copy.source, copy.where);
    finding.message = message_of(copy);
    add_evidence(copy, finding);
    add_fix(copy, finding);
    pass.report(std::move(finding));
  }
}

}  // namespace

extern const Check shared_ptr_copy_in_loop;
const Check shared_ptr_copy_in_loop = {
    .id = "shared-ptr-copy-in-loop",
    .summary = "a counted pointer copied in a loop",
    .doc =
        "`for (auto p : owners)` makes an owner of every element and destroys it at the end of "
        "the turn: two atomic operations on a line that other threads may be using, for a pointer "
        "that is only read. The same holds for `auto p = owners[i];` in the body, and for pairs: "
        "`for (auto [key, p] : map)`.\n\n"
        "The check is silent where the copy is kept: stored, moved, captured, returned or "
        "assigned. It is silent where the loop changes what it copies from, as `front()` followed "
        "by `pop()` does, and where a lock is taken or given back in the loop, since the copy is "
        "then what is safe to look at afterwards. A variable in the body is reported as a note if "
        "the loop calls code that may change the source unseen; `n = n->next` is a note as "
        "well.\n\n"
        "Ignore it where a callback in the loop may remove the element that is being used: there "
        "the copy keeps it alive.\n\n"
        "The fix makes the variable a reference to const. For walks, borrow: a plain pointer, or "
        "snug::borrow<T> for snug::rc.\n",
    .options = shared_ptr_copy_in_loop_options,
    .run = run_shared_ptr_copy_in_loop,
    .needs_bodies = true,
};

}  // namespace snug::checks
