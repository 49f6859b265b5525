// Records larger than a cache line whose loops touch a few fields that lie far apart.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/heat.hpp"
#include "analysis/holders.hpp"
#include "analysis/orders/deliberate.hpp"
#include "analysis/reorder/hazards.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "analysis/reorder/reorder_edit.hpp"
#include "analysis/threads/observed.hpp"

namespace snug::checks {

namespace {

constexpr std::array hot_cold_options = {
    CheckOption{"min-percent", 25, "least share of the loaded lines that must be saved"},
    CheckOption{"max-hot-percent", 50, "most bytes of an element that may be hot, in percent"},
    CheckOption{"tiny-loop", 16, "most constant rounds of a loop that is left out"},
    CheckOption{"warn-repeated", 1, "0: only a note where loops come to the same elements again"},
    CheckOption{"few-elements", 64, "arrays of this constant size or less make no warning"}};

std::string names_of(std::span<const Slot* const> slots) {
  constexpr std::size_t shown = 6;
  std::string text;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (i == shown && slots.size() > shown + 1) {
      return text + fmt::format(" and {} more", slots.size() - shown);
    }
    if (i > 0) text += i + 1 == slots.size() ? " and " : ", ";
    text += slot_label(*slots[i]);
  }
  return text;
}

std::string lines_text(std::uint64_t lines) {
  return fmt::format("{} line{}", lines, lines == 1 ? "" : "s");
}

/// Lines that the hot fields lie in.
std::uint64_t hot_lines(const Heat& heat, const Abi& abi) {
  ByteSet bytes;
  for (const Slot* slot : heat.hot) {
    bytes.add(slot->extent.offset_bits / 8, (slot->extent.end_bits() + 7) / 8);
  }
  return bytes.lines(abi.cache_line_bytes);
}

/// The edit that declares the hot fields first; empty if none can be made.
std::optional<SuggestedFix> reorder_fix(const Pass& pass, const HazardIndex& hazards,
                                        const Record& record, const HotOrder& order) {
  // Another instantiation may have other hot fields.
  if (record.traits.instantiation) return std::nullopt;
  const std::array<const Record*, 1> itself = {&record};
  if (!why_several_layouts(itself, pass.model).empty()) return std::nullopt;
  const std::vector<const Slot*> slots = movable_slots(record);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[order.order[i]]->access != slots[i]->access) return std::nullopt;
  }
  SuggestedFix fix;
  fix.title = fmt::format("Declare the hot fields of '{}' first", record.name);
  ReorderEdit edit = reorder_edits(record, order.order, pass.model, pass.files);
  if (edit.edits.empty()) return std::nullopt;
  fix.edits = std::move(edit.edits);
  for (const std::uint32_t index : order.order) fix.promise.order.push_back(slots[index]->name);
  fix.promise.sizes.push_back({record.id, record.name, record.size, order.size});
  Hazards found = hazards.of(itself, fix.promise.order);
  fix.safety = found.safety;
  fix.reasons = std::move(found.reasons);
  if (!edit.cautions.empty()) {
    fix.safety = std::max(fix.safety, Safety::Review);
    fix.reasons.insert(fix.reasons.end(), edit.cautions.begin(), edit.cautions.end());
  }
  return fix;
}

void add_loops(const ElementType& type, const Abi& abi, Finding& finding) {
  const Record& record = *type.record;
  for (const ElementLoop& loop : type.loops) {
    finding.evidence.push_back(
        {"loop",
         fmt::format("this loop touches {} of {} bytes on {}: {}{}", loop.used.count(), record.size,
                     lines_text(loop.used.lines(abi.cache_line_bytes)),
                     names_of(fields_in(record, loop.used)), nesting_text(loop)),
         loop.where});
  }
}

void report(Pass& pass, const HazardIndex& hazards, const ElementType& type, const Heat& heat,
            const HotOrder& order, bool one_object) {
  const Record& record = *type.record;
  const Abi& abi = pass.model.abi;
  Finding finding;
  const bool repeated = pass.option("warn-repeated") != 0 && type.handed_to.empty() &&
                        !only_in_small_arrays(record.id, pass.model, pass.option("few-elements")) &&
                        std::any_of(type.loops.begin(), type.loops.end(),
                                    [](const ElementLoop& loop) { return loop.repeated; });
  finding.level = repeated || pass.profile.is_hot(record.id) ? Level::Warning : Level::Note;
  finding.where = record.where;
  finding.record_id = record.id;
  finding.subject = subject_of(record);
  finding.bytes_saved = static_cast<std::int64_t>(record.size - order.size);
  finding.message = fmt::format(
      "'{}' has {} on {}; {} {} {} for {} ({}), which fit in {}", record.name,
      bytes_text(record.size), lines_text(lines_of(record.size, abi)),
      heat.counted ? "the profiled run loads" : "its loops load", lines_text(hot_lines(heat, abi)),
      heat.counted ? "of it"
      : one_object ? "on each round"
                   : "per element",
      names_of(heat.hot), bytes_text(heat.hot_bytes), order.hot_lines);
  // What loops touch is known to the byte only where nothing else gets the elements.
  if (type.handed_to.empty() || type.handed_to == pointer_kept) add_loops(type, abi, finding);
  finding.evidence.push_back({"cold",
                              fmt::format("seldom or never touched {}: {} ({})",
                                          heat.counted ? "in the profiled run" : "by a loop",
                                          names_of(heat.cold), bytes_text(heat.cold_bytes)),
                              record.where});
  finding.instances = known_instances(record, pass.model, finding.evidence);
  const bool c = std::all_of(record.units.begin(), record.units.end(), [&](std::uint32_t unit) {
    return pass.model.units.at(unit).file.ends_with(".c");
  });
  finding.evidence.push_back(
      {"suggestion",
       c ? std::string("put the cold fields into a struct of their own and hold that by pointer: "
                       "more of the elements fit the cache")
         : fmt::format("put the cold fields into a struct of their own in a snug::box: an element "
                       "then has about {} bytes; snug::soa_vector<{}> keeps every field apart",
                       (heat.hot_bytes + abi.pointer_bytes + 7) / 8 * 8, record.name),
       record.where});
  if (auto fix = reorder_fix(pass, hazards, record, order)) {
    finding.fixes.push_back(std::move(*fix));
  }
  pass.report(std::move(finding));
}

bool is_out_of_question(const Record& record, const Model& model) {
  return !record.reported || record.traits.lambda || record.traits.packed ||
         record.traits.from_macro || is_arranged(record, model);
}

/// The types that the code loops over, and those that it keeps many of and that a profile counted:
/// the loops may reach them in a way that was not followed.
std::vector<ElementType> candidates(const Pass& pass) {
  std::vector<ElementType> types = find_element_loops(pass.model, pass.option("tiny-loop"));
  std::set<std::string_view> known;
  for (const ElementType& type : types) known.insert(type.record->id);
  std::set<std::string_view> kept;
  for (const Holding& holding : pass.model.holdings) {
    const bool many = holding.kind == HoldingKind::Array || holding.kind == HoldingKind::Container;
    if (many) kept.insert(holding.record_id);
  }
  for (const RecordAccesses& counted : pass.profile.records) {
    const Record* const record = pass.model.find(counted.record_id);
    if (record == nullptr || known.contains(record->id) || !kept.contains(record->id)) continue;
    if (telling_counts(*record, pass.profile) != nullptr) types.push_back({record, {}, false, ""});
  }
  return types;
}

/// An object that a loop comes back to stays in the cache: only several lines are worth a note.
constexpr std::uint64_t least_lines_of_one = 2;

void look_at(Pass& pass, const HazardIndex& hazards, const std::vector<ElementType>& types,
             bool one_object, std::vector<SourceRange>& told) {
  const Abi& abi = pass.model.abi;
  for (const ElementType& type : types) {
    const Record& record = *type.record;
    const RecordAccesses* const counted = telling_counts(record, pass.profile);
    if (record.size <= abi.cache_line_bytes || is_out_of_question(record, pass.model)) continue;
    const bool unread = !type.handed_to.empty() && type.handed_to != pointer_kept;
    if (unread && counted == nullptr) continue;
    const Heat heat = heat_of(type, counted);
    if (heat.hot.empty() || heat.cold.empty()) continue;
    if (100 * heat.hot_bytes > pass.option("max-hot-percent") * record.size) continue;
    const std::optional<HotOrder> order = hot_first(type, heat, pass.model);
    if (!order || order->hot_lines >= hot_lines(heat, abi)) continue;
    const std::uint64_t loaded = heat.counted ? hot_lines(heat, abi) : lines_loaded(type, abi);
    const std::uint64_t after = heat.counted ? order->hot_lines : order->loaded;
    if (after >= loaded) continue;
    if (100 * (loaded - after) < pass.option("min-percent") * loaded) continue;
    if (one_object && order->hot_lines + least_lines_of_one > hot_lines(heat, abi)) continue;
    if (record.where.known() && std::find(told.begin(), told.end(), record.where) != told.end()) {
      continue;
    }
    told.push_back(record.where);
    report(pass, hazards, type, heat, *order, one_object);
  }
}

void run_hot_cold(Pass& pass) {
  const HazardIndex hazards(pass.model);
  std::vector<SourceRange> told;  // instantiations of one template
  const std::vector<ElementType> elements = candidates(pass);
  look_at(pass, hazards, elements, false, told);
  std::vector<ElementType> paths = find_hot_paths(pass.model, pass.option("tiny-loop"));
  std::erase_if(paths, [&](const ElementType& path) {
    return std::any_of(elements.begin(), elements.end(),
                       [&](const ElementType& element) { return element.record == path.record; });
  });
  look_at(pass, hazards, paths, true, told);
}

constexpr std::string_view hot_cold_doc =
    R"(A loop over large records loads the lines that hold the fields it touches. Where those fields are
far apart, each of them costs a line for each element; side by side they share one. This check looks
at the loops over elements that are larger than a cache line: in vectors, arrays and ranges, and in
nodes of lists. It follows the fields through the functions that a loop calls, and weighs a loop
inside another one, also through calls, ten times, inside two a hundred times.

A field is hot if the loops that touch it weigh a quarter or more of those on the field that is
touched most. The finding names the hot fields and the cold ones, the lines that the loops load for
the hot fields, and the lines that would do.

There are three ways out. Declaring the hot fields first is an edit that the compiler proves, where
access and groups of fields allow it. Moving the cold fields into a struct of their own, held in a
snug::box, makes the elements small, so that more of them fit the cache; it costs an allocation and
an indirection where the cold fields are used. A snug::soa_vector keeps every field apart.

The finding is a warning if one of the loops comes to the same elements repeatedly: if a loop
around it, also through calls, goes over the same container on each round. It is a note otherwise,
where only small arrays hold them (few-elements), and always with hot-cold.warn-repeated=0: how many
elements there are is not seen.

Objects that a loop comes back to on each round, through one pointer or variable, are looked at as
well: a table that each packet is looked up in. They are reported, as a note, if two lines or more
can be saved.

Lines are counted for an object that starts at a line; elements of a vector start anywhere, and load
one line more now and then.

With a profile (--profile, see snug-tracked_ptr(3)), the accesses that were counted for the fields of
a record take the place of the loops, also for records in containers and arrays that no loop was seen
to reach, and the finding is a warning if the record has at least a tenth of the accesses of the one
that has most. Fields that the program touches past the tracked_ptr count as cold then.

Not reported: types whose elements are handed whole to code that was not read, records of which most
bytes are hot (max-hot-percent), records whose fields are kept apart on purpose, loops over few
elements (tiny-loop constant rounds or fewer), and elements that fit a line: see
snug-soa-candidate(7).)";

}  // namespace

extern const Check hot_cold;
const Check hot_cold = {"hot-cold",   "hot fields of large elements on many cache lines",
                        hot_cold_doc, hot_cold_options,
                        run_hot_cold, true,
                        true};

}  // namespace snug::checks
