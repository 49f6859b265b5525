// Objects that are copied out of an owner which ends in the same moment.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

constexpr std::array last_owner_copy_options = {
    CheckOption{"min-bytes", 16, "least size of the object that is copied, in bytes"}};

bool is_candidate(const OwnerUnwrap& one, std::uint64_t min_bytes) {
  return !one.trivial && !one.shared && !one.used_after && !one.in_loop && !one.from_macro &&
         !one.type.const_pointee && one.size >= min_bytes;
}

struct Callers {
  std::vector<const OwnerArgument*> giving;  ///< That move their owner in, or make it there.
  std::size_t known = 0;
};

Callers callers_of(const OwnerUnwrap& one, const Model& model) {
  Callers callers;
  if (one.source != UnwrapSource::Parameter || one.function_id.empty()) return callers;
  for (const OwnerArgument& argument : model.ownership.arguments) {
    if (argument.function_id != one.function_id || argument.index != one.index) continue;
    ++callers.known;
    if (!argument.copied) callers.giving.push_back(&argument);
  }
  return callers;
}

void add_evidence(const OwnerUnwrap& one, const Callers& callers, Finding& finding) {
  constexpr std::size_t most_places = 3;
  for (std::size_t i = 0; i < callers.giving.size() && i < most_places; ++i) {
    finding.evidence.push_back(
        {"call", fmt::format("'{}' gives its owner away here", callers.giving[i]->caller),
         callers.giving[i]->where});
  }
  if (one.source == UnwrapSource::Parameter && callers.known == 0) {
    finding.evidence.push_back(
        {"call", "no callers were analyzed, so it is not known whether callers keep an owner", {}});
  }
  if (one.source == UnwrapSource::Local) {
    finding.evidence.push_back(
        {"owner", fmt::format("it is not known whether '{}' is the last owner", one.name), {}});
  }
  const bool made = one.source == UnwrapSource::Made;
  finding.evidence.push_back(
      {"alternative",
       one.type.family == "snug::rc"
           ? fmt::format("snug::try_unwrap(std::move({})) moves the object out if this is the last "
                         "owner, and gives the owner back if not",
                         one.name)
       : made ? fmt::format("move it: 'std::move(*{})'; an object with one owner needs no counts "
                            "at all",
                            one.name)
              : fmt::format("'{0}.use_count() == 1 ? std::move(*{0}) : *{0}' moves it out of the "
                            "last owner, if no weak pointer can make another; snug::try_unwrap "
                            "does so for snug::rc, with the order of memory that this needs",
                            one.name),
       {}});
}

void look_at(Pass& pass, const OwnerUnwrap& one) {
  if (!is_candidate(one, pass.option("min-bytes"))) return;
  const Record* record = pass.model.find(one.type.pointee_id);
  if (record != nullptr && record->traits.trivially_copyable) return;  // a move copies as much
  const Callers callers = callers_of(one, pass.model);
  if (callers.known > 0 && callers.giving.empty()) return;  // somebody else owns it, too
  const bool certain = one.source == UnwrapSource::Made || !callers.giving.empty();
  Finding finding;
  finding.level = certain ? Level::Warning : Level::Note;
  finding.where = one.where;
  finding.record_id = one.type.pointee_id;
  finding.subject = subject_at(one.function, "*" + one.name, one.where);
  finding.message = fmt::format(
      "'*{}' copies a '{}' of {}, and what it owns, out of {} that ends here: the last owner can "
      "give the object away",
      one.name, one.type.pointee, bytes_text(one.size),
      one.source == UnwrapSource::Made ? "its only owner" : "an owner");
  add_evidence(one, callers, finding);
  pass.report(std::move(finding));
}

void run_last_owner_copy(Pass& pass) {
  for (const OwnerUnwrap& one : pass.model.ownership.unwraps) look_at(pass, one);
}

}  // namespace

extern const Check last_owner_copy;
const Check last_owner_copy = {
    .id = "last-owner-copy",
    .summary = "an object copied out of an owner that ends there",
    .doc =
        "`return *p;` and `auto v = *p;` copy the object, all that it owns included, and then "
        "the owner is destroyed. If it was the last one, the copy was made only to throw the "
        "original away.\n\n"
        "Reported are objects that are copied out of a parameter by value or of a local owner, "
        "where the owner is not used afterwards and was not copied, stored or captured before. It "
        "is a warning where callers give their owner away (move it in, or pass a temporary), and "
        "where the owner was made in the same function; a note where that is not known. Silent "
        "are pointers to const, objects whose copy costs no more than a move, owners that are "
        "copies of others, and parameters that every known caller copies.\n\n"
        "Ignore it where another owner always exists, for example in a cache.\n\n"
        "There is no mechanical fix: whether the owner is the last one is known when the program "
        "runs. snug::try_unwrap(std::move(p)) asks: it moves the object out of the last owner and "
        "gives the owner back otherwise.\n",
    .options = last_owner_copy_options,
    .run = run_last_owner_copy,
    .needs_bodies = true,
};

}  // namespace snug::checks
