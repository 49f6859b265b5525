// Loops over records in a row that use a small part of what they load.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/element_loops.hpp"
#include "analysis/holders.hpp"
#include "analysis/orders/deliberate.hpp"
#include "analysis/threads/observed.hpp"

namespace snug::checks {

namespace {

constexpr std::array soa_candidate_options = {
    CheckOption{"max-percent", 50, "most of the loaded bytes that the loops may use"},
    CheckOption{"min-element", 24, "least size of an element, bytes"},
    CheckOption{"tiny-loop", 16, "most constant rounds of a loop that is left out"},
    CheckOption{"warn-repeated", 1, "0: only a note where loops come to the same elements again"},
    CheckOption{"warn-percent", 33, "most of the bytes that a loop may use to make a warning"},
    CheckOption{"few-elements", 64, "arrays of this constant size or less make no warning"}};

/// What all loops on a type use and load, per element.
struct Traffic {
  std::uint64_t used = 0;    ///< Bytes times weight.
  std::uint64_t loaded = 0;  ///< Bytes times weight.
  std::uint64_t weight = 0;
  ByteSet bytes;         ///< Used by any walk.
  bool counted = false;  ///< Used, loaded and bytes are those of a profile.
  std::vector<const ElementLoop*> walks;
};

Traffic traffic_of(const ElementType& type) {
  Traffic traffic;
  const std::uint64_t size = type.record->size;
  for (const ElementLoop& loop : type.loops) {
    if (loop.node) continue;
    traffic.weight += loop.weight();
    traffic.loaded += loop.weight() * size;
    // Elements that are met in any order have one line now and would have one a field.
    traffic.used += loop.weight() * (loop.random ? size : loop.used.count());
    if (loop.random) continue;
    traffic.bytes.add(loop.used);
    traffic.walks.push_back(&loop);
  }
  return traffic;
}

/// The traffic of the walks as a profile counted it: each visit of an element loads all of it, and
/// uses the fields that were visited as often.
void take_counts(const Record& record, const RecordAccesses& counted, Traffic& traffic) {
  constexpr std::uint64_t most_visits = 1U << 30U;  // sums of bytes stay far below 2^64
  std::uint64_t visits = 0;
  for (const Accesses& one : counted.slots) visits = std::max(visits, one.visits());
  const std::uint64_t unit = visits / most_visits + 1;
  traffic.counted = true;
  traffic.weight = std::max<std::uint64_t>(visits / unit, 1);
  traffic.loaded = traffic.weight * record.size;
  traffic.used = 0;
  traffic.bytes = ByteSet();
  for (std::size_t i = 0; i < record.slots.size(); ++i) {
    const Extent& extent = record.slots[i].extent;
    if (counted.slots[i].visits() == 0) continue;
    const std::uint64_t begin = extent.offset_bits / 8, end = (extent.end_bits() + 7) / 8;
    traffic.used += counted.slots[i].visits() / unit * (end - begin);
    traffic.bytes.add(begin, end);
  }
}

std::string names_in(std::span<const Slot* const> slots) {
  std::string text;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (i > 0) text += i + 1 == slots.size() ? " and " : ", ";
    text += slot_label(*slots[i]);
  }
  return text;
}

std::string names_used(const Record& record, const ByteSet& bytes) {
  return names_in(fields_in(record, bytes));
}

/// The fields that no walk touches.
std::string names_unused(const Record& record, const ByteSet& bytes) {
  std::vector<const Slot*> unused;
  for (const Slot& slot : record.slots) {
    const bool field = slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
    const std::uint64_t end = (slot.extent.end_bits() + 7) / 8;
    if (field && !bytes.touches(slot.extent.offset_bits / 8, end)) unused.push_back(&slot);
  }
  return names_in(unused);
}

bool is_c(const Record& record, const Model& model) {
  return std::all_of(record.units.begin(), record.units.end(),
                     [&](std::uint32_t unit) { return model.units.at(unit).file.ends_with(".c"); });
}

std::string message_of(const Record& record, const Traffic& traffic, std::uint64_t max_percent) {
  const std::uint64_t all = traffic.bytes.count();
  const std::uint64_t average = (traffic.used + traffic.weight - 1) / traffic.weight;
  const std::string which = names_used(record, traffic.bytes);
  if (traffic.counted) {
    return fmt::format("the profiled run uses {} of the {} bytes of a '{}' that it visits: {}",
                       average, record.size, record.name, which);
  }
  if (100 * all <= max_percent * record.size) {
    return fmt::format("loops over '{}' use {} of the {} bytes that they load per element: {}",
                       record.name, all, record.size, which);
  }
  return fmt::format(
      "loops over '{}' use {} of the {} bytes that they load per element on average, each of them "
      "some of {}",
      record.name, average, record.size, which);
}

void report(Pass& pass, const ElementType& type, const Traffic& traffic) {
  const Record& record = *type.record;
  const bool hot =
      (traffic.counted && pass.profile.is_hot(record.id)) ||
      std::any_of(traffic.walks.begin(), traffic.walks.end(), [&](const ElementLoop* loop) {
        return pass.option("warn-repeated") != 0 && loop->repeated &&
               100 * loop->used.count() <= pass.option("warn-percent") * record.size;
      });
  Finding finding;
  // What points to one element cannot point to a row of arrays.
  const bool fit = record.traits.aggregate && !type.pointed &&
                   !only_in_small_arrays(record.id, pass.model, pass.option("few-elements"));
  finding.level = hot && fit ? Level::Warning : Level::Note;
  finding.where = record.where;
  finding.record_id = record.id;
  finding.subject = subject_of(record);
  finding.message = message_of(record, traffic, pass.option("max-percent"));
  for (const ElementLoop* loop : traffic.walks) {
    // What loops use is known to the byte only where nothing else gets the elements.
    if (!type.handed_to.empty()) break;
    finding.evidence.push_back(
        {"loop",
         fmt::format("this loop uses {} of {} bytes: {}{}", loop->used.count(), record.size,
                     names_used(record, loop->used), nesting_text(*loop)),
         loop->where});
  }
  const std::string unused = names_unused(record, traffic.bytes);
  if (!unused.empty()) {
    finding.evidence.push_back({"unused",
                                fmt::format("{} {}",
                                            traffic.counted ? "the profile counted no access to"
                                                            : "no loop over elements touches",
                                            unused),
                                record.where});
  }
  finding.instances = known_instances(record, pass.model, finding.evidence);
  const std::string name = record.traits.instantiation ? record.template_name : record.name;
  finding.evidence.push_back(
      {"suggestion",
       is_c(record, pass.model)
           ? fmt::format("an array for each field instead of an array of '{}' loads what is used",
                         name)
           : fmt::format("snug::soa_vector<{}> keeps each field in an array of its own: the loops "
                         "load what they use{}",
                         name, record.traits.aggregate ? "" : ", if the type is made an aggregate"),
       record.where});
  pass.report(std::move(finding));
}

/// True if elements are reached by pointers from others of their type, or walked along links: what
/// points to an element cannot point to a row of arrays.
bool is_linked(const ElementType& type) {
  const Record& record = *type.record;
  const bool walked = std::any_of(type.loops.begin(), type.loops.end(),
                                  [](const ElementLoop& loop) { return loop.node; });
  const std::size_t colon = record.name.rfind("::");
  const std::string own =
      (colon == std::string::npos ? record.name : record.name.substr(colon + 2)) + " *";
  const auto points = [&](const Slot& slot) {
    return slot.type == own || slot.type.ends_with("::" + own) || slot.type.ends_with(" " + own);
  };
  return walked || std::any_of(record.slots.begin(), record.slots.end(), points);
}

/// Types that an array for each field is no choice for, or that are arranged on purpose.
bool stays_one_record(const Record& record, const Model& model) {
  if (!record.reported || record.traits.polymorphic || record.traits.has_virtual_bases ||
      record.traits.lambda || record.traits.packed || record.traits.from_macro) {
    return true;
  }
  const auto fields = std::count_if(record.slots.begin(), record.slots.end(), [](const Slot& slot) {
    return slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
  });
  return fields < 2 || is_arranged(record, model);
}

void run_soa_candidate(Pass& pass) {
  std::vector<SourceRange> told;  // instantiations of one template
  for (const ElementType& type : find_element_loops(pass.model, pass.option("tiny-loop"))) {
    const Record& record = *type.record;
    const RecordAccesses* const counted = telling_counts(record, pass.profile);
    if (!type.handed_to.empty() && counted == nullptr) continue;
    if (record.size > pass.model.abi.cache_line_bytes || record.size < pass.option("min-element") ||
        record.size <= 16 || is_linked(type) ||
        only_in_small_arrays(record.id, pass.model, pass.option("tiny-loop")) ||
        stays_one_record(record, pass.model)) {
      continue;
    }
    Traffic traffic = traffic_of(type);
    if (traffic.walks.empty() || traffic.bytes.empty()) continue;
    if (counted != nullptr) take_counts(record, *counted, traffic);
    if (100 * traffic.used > pass.option("max-percent") * traffic.loaded) continue;
    if (record.where.known() && std::find(told.begin(), told.end(), record.where) != told.end()) {
      continue;
    }
    told.push_back(record.where);
    report(pass, type, traffic);
  }
}

constexpr std::string_view soa_candidate_doc =
    R"(A loop that reads one field of each record in a vector loads the whole records: memory comes in
lines of 64 bytes. Where the loops of a program use half of those bytes or less, an array for each
field (a structure of arrays) makes them load what they use, and lets the compiler use vector
instructions.

The check looks at all loops over elements of a type that are in a row: vectors, arrays, spans and
ranges of pointers, also the algorithms of the standard library. The fields that a loop touches are
followed through the functions that it calls. Used and loaded bytes are summed over all loops on the
type; a loop inside another one, also through calls, counts ten times, inside two a hundred times.
Elements that are met by an index that does not run with the loop count as used whole, because a
structure of arrays would load a line for each field of them.

The finding is a warning if a loop that uses a third of the bytes or less (warn-percent) comes to the
same elements repeatedly: if a loop around it, also through calls, goes over the same container
on each round. It is a note otherwise, where the type is no aggregate, pointers to single elements are
kept in fields or only small arrays hold them (few-elements), and always with
soa-candidate.warn-repeated=0: how many elements there are is not seen.

With a profile (--profile, see snug-tracked_ptr(3)), the fields count as often as they were visited in
the run, an element as often as its field that was visited most, and the finding is a warning if the
record has at least a tenth of the accesses of the one that has most.

Not reported: types whose elements are handed whole to code that was not read, elements of 16 bytes
or less (and less than min-element), elements larger than a line (see snug-hot-cold(7)), polymorphic
types, loops over few elements (tiny-loop constant rounds or fewer), types held only in arrays that
small, nodes of lists and maps, and elements that are linked by pointers to their own type.

When not to follow it: a few thousand elements fit the cache and gain little; sorting, and code that
uses all fields of one element, is faster with the fields together. Measure before you rewrite.

The fix type is snug::soa_vector.)";

}  // namespace

extern const Check soa_candidate;
const Check soa_candidate = {"soa-candidate",
                             "loops that use a small part of what they load",
                             soa_candidate_doc,
                             soa_candidate_options,
                             run_soa_candidate,
                             true,
                             true};

}  // namespace snug::checks
