// Padding that another order of the fields removes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/orders/orders.hpp"
#include "analysis/other_layouts.hpp"
#include "analysis/reorder/hazards.hpp"
#include "analysis/reorder/reorder_edit.hpp"
#include "analysis/reorder/reorder_fix.hpp"
#include "analysis/threads/contention.hpp"
#include "analysis/threads/thread_facts.hpp"

namespace snug::checks {

namespace {

constexpr std::array padding_options = {
    CheckOption{"min-bytes", 8, "least number of bytes that an object must shrink by"}};

using Definition = std::span<const Record* const>;

/// The instantiation that an order helps most; the only record where there is no template.
std::size_t most_helped(Definition records, const CandidateOrder& order) {
  std::size_t best = 0;
  for (std::size_t r = 1; r < records.size(); ++r) {
    const auto gain = [&](std::size_t i) { return records[i]->size - order.sizes[i]; };
    if (gain(r) > gain(best)) best = r;
  }
  return best;
}

bool is_worth_it(const Pass& pass, Definition records, const CandidateOrder& order) {
  for (std::size_t r = 0; r < records.size(); ++r) {
    const std::uint64_t saved = records[r]->size - order.sizes[r];
    const bool line_less =
        lines_of(order.sizes[r], pass.model.abi) < lines_of(records[r]->size, pass.model.abi);
    if (saved > 0 && (saved >= pass.option("min-bytes") || line_less)) return true;
  }
  return false;
}

std::vector<std::string> names_in_order(const Record& record, const CandidateOrder& order) {
  const std::vector<const Slot*> slots = movable_slots(record);
  std::vector<std::string> names;
  names.reserve(order.order.size());
  for (const std::uint32_t index : order.order) names.push_back(slots[index]->name);
  return names;
}

void add_hole_evidence(const Record& record, std::vector<Evidence>& evidence) {
  const Slot* before = nullptr;
  for (const Slot& slot : record.slots) {
    if (slot.kind != SlotKind::Hole && slot.kind != SlotKind::TailPadding) {
      before = &slot;
      continue;
    }
    const std::uint64_t bytes = slot.extent.size_bits / 8;
    if (bytes == 0) continue;
    const bool tail = slot.kind == SlotKind::TailPadding;
    const std::string place = tail                ? std::string("at the end")
                              : before == nullptr ? std::string("at the start")
                                                  : "after " + slot_label(*before);
    evidence.push_back({tail ? "tail-padding" : "hole",
                        fmt::format("{} of padding {}", bytes_text(bytes), place),
                        before == nullptr ? record.where : before->where});
  }
}

/// The numbers of one order, of the instantiation that it helps most, and what stands against it.
FindingWords words_of(const Pass& pass, Definition records, const CandidateOrder& order,
                      const std::vector<Evidence>& hazards) {
  const std::size_t helped = most_helped(records, order);
  const Record& record = *records[helped];
  const PaddingSum padding = padding_of(record);
  FindingWords words;
  words.message = fmt::format(
      "'{}' wastes {} of {} bytes on padding; reordering its fields saves {}", record.name,
      padding.holes + padding.tail, record.size, record.size - order.sizes[helped]);
  words.bytes_saved = static_cast<std::int64_t>(record.size - order.sizes[helped]);
  add_hole_evidence(record, words.evidence);
  words.instances = known_instances(record, pass.model, words.evidence);
  words.evidence.insert(words.evidence.end(), hazards.begin(), hazards.end());
  return words;
}

/// Sets `stale` if nothing but a file that changed since the scan stands against the edit.
SuggestedFix fix_of(const Pass& pass, const HazardIndex& hazards, Definition records,
                    const CandidateOrder& order, bool& stale) {
  const Record& record = *records[most_helped(records, order)];
  SuggestedFix fix;
  const std::string& name = record.template_name.empty() ? record.name : record.template_name;
  fix.title = fmt::format("Reorder the fields of '{}'", name);
  fix.promise.order = names_in_order(record, order);
  for (std::size_t r = 0; r < records.size(); ++r) {
    fix.promise.sizes.push_back(
        {records[r]->id, records[r]->name, records[r]->size, order.sizes[r]});
  }
  const PlannedReorder planned =
      plan_reorder(fix, records, record, order.order, hazards, pass.model, pass.files);
  stale = planned.stale;
  fix.words = words_of(pass, records, order, planned.hazards.evidence);
  return fix;
}

/// A fix that only says why there is none; it tells bytes, no order.
SuggestedFix refused_fix(const Pass& pass, Definition records, const CandidateOrder& order,
                         std::string reason) {
  SuggestedFix fix;
  fix.title = fmt::format("Reorder the fields of '{}'", records.front()->name);
  fix.safety = Safety::Refused;
  fix.reasons.push_back(std::move(reason));
  for (std::size_t r = 0; r < records.size(); ++r) {
    fix.promise.sizes.push_back(
        {records[r]->id, records[r]->name, records[r]->size, order.sizes[r]});
  }
  fix.words = words_of(pass, records, order, {});
  return fix;
}

/// All candidates as fixes: those that can be edited, else the first refusal. True if that is only
/// because a file changed since the scan.
bool add_fixes(const Pass& pass, const HazardIndex& hazards, Definition records,
               const std::vector<CandidateOrder>& ranked, Finding& finding) {
  std::vector<SuggestedFix> refused;
  bool all_stale = true;
  for (const CandidateOrder& order : ranked) {
    if (!is_worth_it(pass, records, order)) continue;
    bool stale = false;
    SuggestedFix fix = fix_of(pass, hazards, records, order, stale);
    if (fix.safety == Safety::Refused) {
      all_stale = all_stale && stale;
      refused.push_back(std::move(fix));
      continue;
    }
    finding.fixes.push_back(std::move(fix));
  }
  if (!finding.fixes.empty() || refused.empty()) return false;
  finding.fixes.push_back(refused.front());
  return all_stale;
}

/// The bytes of a layout that other units see, and what an order would save there, as evidence.
void add_other_layout(const Pass& pass, const AskContended& contended, const Record& other,
                      const Record& judged, std::vector<Evidence>& evidence) {
  const Record* const records[] = {&other};
  const Orders orders = find_orders(records, pass.model, contended, nullptr,
                                    conditional_fields(other, pass.files), pass.orders);
  const PaddingSum padding = padding_of(other);
  std::string text =
      fmt::format("in {} it has {}, {} of them padding", unit_text(other, judged, pass.model),
                  bytes_text(other.size), padding.holes + padding.tail);
  if (!orders.ranked.empty()) {
    text += fmt::format("; reordering saves {}", other.size - orders.ranked.front().sizes[0]);
  }
  evidence.push_back({"layout", std::move(text), other.where});
}

/// True if it reports a finding.
bool look_at(Pass& pass, const HazardIndex& hazards, const AskContended& contended,
             Definition records) {
  const bool padded = std::any_of(records.begin(), records.end(), [](const Record* record) {
    const PaddingSum padding = padding_of(*record);
    return padding.holes + padding.tail + padding.bit_holes > 0;
  });
  if (!padded) return false;
  const HeldFields held_fields = hazards.held_fields(records);
  const Orders orders = find_orders(records, pass.model, contended, &held_fields,
                                    conditional_fields(*records.front(), pass.files), pass.orders);
  if (orders.ranked.empty() || !is_worth_it(pass, records, orders.ranked.front())) return false;

  Finding finding;
  bool stale = false;
  if (orders.refused) {
    finding.fixes.push_back(refused_fix(pass, records, orders.ranked.front(), *orders.refused));
  } else {
    stale = add_fixes(pass, hazards, records, orders.ranked, finding);
  }
  if (finding.fixes.empty()) return false;
  const bool refused = finding.fixes.front().safety == Safety::Refused;
  finding.needs_proof = !refused;
  const Record& record = *records[most_helped(records, orders.ranked.front())];
  const std::vector<const Record*> others = other_layouts(record, pass.model);
  // The bytes are lost in each build; only who edits has to look at all of them.
  const bool hand_made = refused && !stale && others.empty();
  finding.level = hand_made ? Level::Note : Level::Warning;
  finding.where = record.where;
  finding.record_id = record.id;
  finding.subject = subject_of(record);
  speak_for(finding.fixes.front(), finding);  // the proof may choose a later one
  for (const Record* other : others) {
    add_other_layout(pass, contended, *other, record, finding.evidence);
  }
  pass.report(std::move(finding));
  return true;
}

/// A record whose layouts differ between units is judged by the first one that an order helps: the
/// one that most units see, then the others.
void look_at_layouts(Pass& pass, const HazardIndex& hazards, const AskContended& contended,
                     Definition records) {
  if (look_at(pass, hazards, contended, records)) return;
  for (const Record* record : records) {
    for (const Record* other : other_layouts(*record, pass.model)) {
      const Record* const alone[] = {other};
      if (other->reported && look_at(pass, hazards, contended, alone)) return;
    }
  }
}

void run_padding(Pass& pass) {
  const HazardIndex hazards(pass.model);
  // Threads are followed only if an order asks for them.
  std::optional<ContendedFields> known;
  const AskContended contended = [&]() -> const ContendedFields& {
    if (!known) known.emplace(pass.threads.contention());
    return *known;
  };
  for (const auto& records : definitions_of(pass.model)) {
    look_at_layouts(pass, hazards, contended, records);
  }
}

constexpr std::string_view padding_doc =
    R"(Fields are laid out in the order in which they are declared, each at a multiple of its
alignment. A char between two pointers costs eight bytes, seven of them padding. This check reports
records whose size really shrinks under another order of their own fields.

The order that is suggested is the smallest one that is allowed and, among those, the one that moves
fewest fields. It is compiled before it is printed: sizes of derived and containing types come from
the compiler. Fields keep their access, runs of bit-fields keep their packing, a flexible array stays
last, and two atomics or locks that were on separate lines stay apart. Of a template, an order has to
help at least one instantiation that the code uses and to harm none.

It pays where there are many objects: records that are held in a container or in an array of more
than 16, that link to their own kind, that are allocated in a loop or by code that runs again, or
that are part of something that is. The finding names the place that says so. Where only variables
and single allocations were seen, or the type is one of a test or a benchmark, it is a note
(--level note): of a type of which a program has three objects, an order that reads well is worth
more than eight bytes. A type of which no object was seen is a library's: a warning, and so is one
that code allocates which may run again, if an eighth of each object is saved; of many objects five
per cent, or a cache line. Types of generated files are notes.

Not reported: packed records, records with fields that take room on purpose (pad, reserved, unused
...), records that come out of a macro, and padding inside a member (that is the finding of the
member's own type). Nothing crosses a zero-width bit-field, or a field that was set apart with
alignas of a cache line or more. A group of #if ... #endif stays where it is, whole.

A fix also brings the code into line that finds the fields by position: initialiser lists of
constructors, values in braces or parentheses, designators and structured bindings. Where that
cannot be done with certainty (a macro, a template, values whose order of evaluation can be
noticed), the fix is "review" and names the place. So it is for memcpy to bytes and for comparison by
default, which no edit can serve. "abi" means that the type is written outside the program as raw bytes. Where fields
stand under #if it is "review", because other configurations are not compiled. Fields from macros
give a note without an edit. A type that the units of the database see with different layouts (a
debug and a release build, a field under #if) is reported with each of them, and is not edited: the
order has to be right in all of them.

What may depend on the order of fields, and what becomes of the fix:

  values by position, bindings      edited along, else review or refused
  designators                       edited along in C++; C takes any order
  initialisers and destructors      refused or review where one needs another
    that reach other fields
  comparison by default             review
  (&x)[i], &x + 1, f(&x, n),        the fields behind x that are of its type
    memset(&x, 0, n) past the field   keep their run, else review
  offsets and addresses that bound  nothing crosses the field, else review
    a range: offsetof(T, x) in a
    difference or a size
  records that begin alike and are  the common beginning stays
    cast into each other
  a pointer taken for one to the    the first field stays
    first field, or back
  sizes, offsets and addresses      review
    that are printed, compared with
    others or sorted
  memcpy, memcmp, bit_cast, casts   review; abi where bytes leave the program
    to bytes, unions, I/O             or other binaries know the type
  sizes and offsets in assertions   refused where they no longer hold
  code that was not compiled        review, with its place: inactive branches
                                      of #if, bodies of macros
  comments that speak of the order  review, quoted: do not move, must be first,
                                      from here on, keep in sync with ...
  comments that head a group        stay; review where a field leaves or joins

What follows by itself is no reason: offsetof and container_of that reach the same field, sizes of
allocations, memory behind the object, freeing with a size, setting the whole object or one field to
zero, copies of whole objects, and the address of one field for a function that fills it.)";

}  // namespace

extern const Check padding;
const Check padding = {.id = "padding",
                       .summary = "padding that another order of the fields removes",
                       .doc = padding_doc,
                       .options = padding_options,
                       .run = run_padding,
                       .ranked = true,
                       .by_value = true};

}  // namespace snug::checks
