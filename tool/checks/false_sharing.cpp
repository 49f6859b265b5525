// Fields, elements and variables that different threads write within one cache line.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "analysis/check.hpp"
#include "analysis/contention.hpp"
#include "analysis/describe.hpp"
#include "analysis/hazards.hpp"
#include "analysis/layout_uses.hpp"
#include "analysis/orders.hpp"
#include "model/lay_out.hpp"

namespace snug::checks {

namespace {

constexpr std::array options = {
    CheckOption{"warn", 0, "1: findings with evidence are warnings instead of notes"}};

constexpr double least_line_share = 0.25;  ///< Of all starts, for a warning.

const Slot* find_slot(const std::vector<Slot>& slots, const std::string& name) {
  for (const Slot& slot : slots) {
    if (slot.name == name) return &slot;
    if (const Slot* inner = find_slot(slot.members, name)) return inner;
  }
  return nullptr;
}

std::string_view tier_name(ContentionTier tier) {
  switch (tier) {
    case ContentionTier::Proven:
      return "proven";
    case ContentionTier::Likely:
      return "likely";
    case ContentionTier::Possible:
      return "possible";
  }
  return "possible";
}

Level level_of(const Contention& contention) {
  return contention.tier == ContentionTier::Possible || contention.line_share < least_line_share
             ? Level::Note
             : Level::Warning;
}

/// Reports the finding, as a warning only where those are asked for.
void publish(Pass& pass, Finding finding) {
  if (pass.option("warn") == 0) finding.level = Level::Note;
  pass.report(std::move(finding));
}

std::string thread_text(const ReachThread& thread) {
  switch (thread.kind) {
    case ThreadKind::Main:
      return "the main thread";
    case ThreadKind::External:
      return "callers of the interface";
    case ThreadKind::Started:
      break;
  }
  return fmt::format("{}'{}', started as {} at {}:{}",
                     thread.many ? "several threads of " : "the thread of ", thread.entry->name,
                     thread.start->kind, file_name(thread.starter->where.file),
                     thread.start->where.line);
}

std::string use_text(const Touch& touch) {
  const std::string_view how = touch.lock       ? "takes or releases"
                               : touch.writes() ? (touch.atomic ? "updates" : "writes")
                                                : "reads";
  return fmt::format("'{}' {}", touch.function->name, how);
}

void add_uses(const ReachMap& reach, const std::string& name, const ContentionSide& side,
              std::vector<Evidence>& evidence) {
  for (const Touch* touch : side.uses) {
    const ReachThread& thread = reach.threads[touch->thread];
    evidence.push_back({touch->writes() ? "writer" : "reader",
                        fmt::format("{} '{}'{}, on {}", use_text(*touch), name,
                                    touch->hot ? " again and again" : "", thread_text(thread)),
                        range_of(*touch->function, touch->where)});
    std::string path;
    for (const ReachStep& step : touch->path) {
      path +=
          (path.empty() ? "'" + step.caller->name + "'" : "") + " -> '" + step.callee->name + "'";
    }
    if (!path.empty()) {
      evidence.push_back({"path", "reached by " + path,
                          range_of(*touch->path.front().caller, touch->path.front().where)});
    }
    if (thread.kind == ThreadKind::Started) {
      evidence.push_back({"thread-entry",
                          fmt::format("'{}' starts it{}", thread.starter->name,
                                      thread.many ? " several times" : ""),
                          range_of(*thread.starter, thread.start->where)});
    }
  }
}

/// The same sentence at the same place is told once.
void drop_repeated(std::vector<Evidence>& evidence) {
  std::set<std::tuple<std::string, std::string, SourceRange>> seen;
  std::erase_if(evidence, [&](const Evidence& one) {
    return !seen.insert({one.kind, one.message, one.where}).second;
  });
}

using Records = std::vector<const Record*>;

/// alignas of a line in front of each contended field, with what that costs.
std::optional<SuggestedFix> align_fields(const Pass& pass, const Records& records,
                                         const std::set<std::string>& names, Finding& finding) {
  const std::uint64_t line = pass.model.abi.cache_line_bytes;
  SuggestedFix fix;
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "'" : ", '") + name + "'";
  fix.title = fmt::format("Align {} to a cache line of {}", list, bytes_text(line));
  for (const Record* record : records) {
    std::optional<RecordSpec> spec = spec_of(*record, pass.model);
    if (!spec || record->traits.conditional_fields || record->traits.packed) return std::nullopt;
    const std::vector<std::uint32_t> fields = own_fields(*record);
    for (std::uint32_t index = 0; index < fields.size(); ++index) {
      const Slot& slot = record->slots[fields[index]];
      if (!names.contains(slot.name) || slot.align_bits >= 8 * line) continue;
      if (slot.kind != SlotKind::Field) return std::nullopt;
      spec->members[index].explicit_align_bits = 8 * line;
    }
    const Placement placement = lay_out(*spec, pass.model.abi);
    fix.promise.sizes.push_back({record->id, record->name, record->size, placement.size_bits / 8});
  }
  const Record& record = *records.front();
  const bool c = record.traits.c_linkage && record.definition.file.ends_with(".c");
  for (const std::string& name : names) {
    const Slot* slot = find_slot(record.slots, name);
    if (slot == nullptr || slot->align_bits >= 8 * line) continue;
    const auto edit =
        insert_before(record, *slot, fmt::format("{}({}) ", c ? "_Alignas" : "alignas", line));
    if (!edit) return std::nullopt;
    fix.edits.push_back(*edit);
  }
  if (fix.edits.empty()) return std::nullopt;
  std::sort(fix.edits.begin(), fix.edits.end(),
            [](const TextEdit& a, const TextEdit& b) { return a.begin < b.begin; });
  Hazards found = layout_hazards(records, pass.model);
  fix.safety = std::max(found.safety, Safety::Review);
  fix.reasons = std::move(found.reasons);
  fix.reasons.push_back("it costs memory: see the bill");
  finding.evidence.insert(finding.evidence.end(), found.evidence.begin(), found.evidence.end());
  return fix;
}

/// What separating costs: sizes before and after, times the objects that are known.
void add_bill(const Record& record, std::uint64_t after, std::optional<std::uint64_t> instances,
              std::vector<Evidence>& evidence) {
  std::string text = fmt::format("sizeof '{}' is {} and would be {}", record.name,
                                 bytes_text(record.size), bytes_text(after));
  if (instances && after > record.size) {
    text += fmt::format("; {} more for the {} objects that are known",
                        bytes_text((after - record.size) * *instances), *instances);
  }
  evidence.push_back({"bill", text, record.where});
}

/// The fields that have to begin a line of their own so that no pair is left on one: in the order
/// of their offsets, each that clashes with one of those that the line has so far.
std::set<std::string> line_starts(const Record& record, const std::set<std::string>& names,
                                  const std::vector<const Contention*>& pairs) {
  std::vector<const Slot*> fields;
  for (const std::string& name : names) {
    if (const Slot* slot = find_slot(record.slots, name)) fields.push_back(slot);
  }
  std::sort(fields.begin(), fields.end(), [](const Slot* a, const Slot* b) {
    return a->extent.offset_bits < b->extent.offset_bits;
  });
  const auto clash = [&](const std::string& a, const std::string& b) {
    return std::any_of(pairs.begin(), pairs.end(), [&](const Contention* pair) {
      return (pair->first.name == a && pair->second.name == b) ||
             (pair->first.name == b && pair->second.name == a);
    });
  };
  std::set<std::string> starts;
  std::vector<std::string> line;
  for (const Slot* field : fields) {
    const bool apart = std::any_of(line.begin(), line.end(), [&](const std::string& other) {
      return clash(other, field->name);
    });
    if (apart) {
      starts.insert(field->name);
      line.clear();
    }
    line.push_back(field->name);
  }
  return starts;
}

/// All contended fields of one definition.
void report_fields(Pass& pass, const ReachMap& reach, const Records& records,
                   const std::vector<const Contention*>& pairs) {
  const Contention* strongest = pairs.front();
  for (const Contention* pair : pairs) {
    const bool better =
        std::pair(level_of(*pair), pair->tier) > std::pair(level_of(*strongest), strongest->tier);
    strongest = better ? pair : strongest;
  }
  const Record& record = *records.front();
  std::set<std::string> names;
  for (const Contention* pair : pairs) {
    if (level_of(*pair) != level_of(*strongest)) continue;
    names.insert(pair->first.name);
    names.insert(pair->second.name);
  }
  Finding finding;
  finding.level = level_of(*strongest);
  finding.record_id = record.id;
  const Slot* a = find_slot(record.slots, strongest->first.name);
  const Slot* b = find_slot(record.slots, strongest->second.name);
  if (a == nullptr || b == nullptr) return;
  const Slot* earliest = nullptr;
  for (const std::string& name : names) {
    const Slot* slot = find_slot(record.slots, name);
    if (slot != nullptr &&
        (earliest == nullptr || slot->extent.offset_bits < earliest->extent.offset_bits)) {
      earliest = slot;
    }
  }
  finding.where = earliest->where.known() ? earliest->where : record.where;
  finding.fields.assign(names.begin(), names.end());
  finding.subject = subject_of(record, finding.fields);
  const std::string more =
      names.size() > 2 ? fmt::format(" ({} fields in all)", names.size()) : std::string();
  const bool beside = strongest->kind == ContentionKind::ReadBeside;
  const bool always = strongest->line_share >= 1;
  finding.message =
      fmt::format("'{}' and '{}' of '{}'{} {} a cache line of {}: {} ({})", strongest->first.name,
                  strongest->second.name, record.name, more, always ? "share" : "can share",
                  bytes_text(pass.model.abi.cache_line_bytes),
                  beside ? "one thread writes the first while another reads the second"
                         : "different threads write them",
                  tier_name(strongest->tier));
  for (const Contention* pair : pairs) {
    if (level_of(*pair) != finding.level) continue;
    add_uses(reach, pair->first.name, pair->first, finding.evidence);
    add_uses(reach, pair->second.name, pair->second, finding.evidence);
  }
  drop_repeated(finding.evidence);
  if (!always) {
    finding.evidence.push_back(
        {"layout",
         fmt::format("'{}' is aligned to {}: they lie on one line in {} % of the places where an "
                     "object can start",
                     record.name, bytes_text(record.align),
                     static_cast<int>(100 * strongest->line_share + 0.5)),
         record.where});
  }
  std::vector<Evidence> instances;
  finding.instances = known_instances(record, pass.model, instances);
  const std::set<std::string> starts = line_starts(record, names, pairs);
  if (auto fix = align_fields(pass, records, starts, finding)) {
    add_bill(record, fix->promise.sizes.front().after, finding.instances, finding.evidence);
    finding.fixes.push_back(std::move(*fix));
  }
  finding.evidence.insert(finding.evidence.end(), instances.begin(), instances.end());
  finding.evidence.push_back({"suggestion",
                              "snug::padded<T> around each of them does the same with a type",
                              record.where});
  publish(pass, std::move(finding));
}

struct Named {
  std::string text;
  SourceRange where;
  std::string subject;
};

/// What an array or variable is called and where it stands.
std::optional<Named> name_of(const Model& model, const Contention& contention) {
  if (const Record* record = model.find(contention.record_id)) {
    const Slot* slot = find_slot(record->slots, contention.first.name);
    if (slot != nullptr) {
      return Named{record->name + "::" + slot->name,
                   slot->where.known() ? slot->where : record->where,
                   subject_of(*record, std::vector<std::string>{slot->name})};
    }
  }
  const std::string& root = contention.array_root;
  if (root.starts_with("G:")) {
    const Variable* variable = model.find_variable(root.substr(2));
    if (variable == nullptr) return std::nullopt;
    return Named{variable->name, variable->where, variable->name};
  }
  const std::size_t hash = root.rfind('#');
  if (!root.starts_with("L:") || hash == std::string::npos) return std::nullopt;
  const Function* function = model.find_function(root.substr(2, hash - 2));
  const std::size_t number = std::stoul(root.substr(hash + 1));
  if (function == nullptr || number >= function->locals.size()) return std::nullopt;
  const Local& local = function->locals[number];
  return Named{local.name, range_of(*function, local.where), function->name + "::" + local.name};
}

/// alignas on the record of the elements, written behind its keyword.
std::optional<SuggestedFix> align_record(const Pass& pass, const Record& record) {
  const std::uint64_t line = pass.model.abi.cache_line_bytes;
  if (!record.definition.known() || record.traits.from_macro || record.traits.instantiation ||
      !record.reported || record.traits.lambda || record.kind == RecordKind::Union) {
    return std::nullopt;
  }
  const bool c = record.traits.c_linkage && record.definition.file.ends_with(".c");
  if (c) return std::nullopt;  // C has no place for it but the fields
  const std::size_t keyword = record.kind == RecordKind::Class ? 5 : 6;
  SuggestedFix fix;
  fix.title = fmt::format("Align '{}' to a cache line of {}", record.name, bytes_text(line));
  const std::uint64_t at = record.definition.begin + keyword;
  fix.edits.push_back({record.definition.file, at, at, fmt::format(" alignas({})", line)});
  const std::uint64_t after = (record.size + line - 1) / line * line;
  fix.promise.sizes.push_back({record.id, record.name, record.size, after});
  const Record* const records[] = {&record};
  Hazards found = layout_hazards(records, pass.model);
  fix.safety = std::max(found.safety, Safety::Review);
  fix.reasons = std::move(found.reasons);
  fix.reasons.push_back("it costs memory: see the bill");
  return fix;
}

void report_elements(Pass& pass, const ReachMap& reach, const Contention& contention) {
  const std::optional<Named> named = name_of(pass.model, contention);
  if (!named) return;
  const std::uint64_t line = pass.model.abi.cache_line_bytes;
  Finding finding;
  finding.level = level_of(contention);
  finding.where = named->where;
  finding.record_id = contention.record_id;
  finding.subject = named->subject;
  finding.message = fmt::format(
      "elements of '{}' that different threads write are {} apart and share cache lines of {} ({})",
      named->text, bytes_text(contention.stride_bytes), bytes_text(line),
      tier_name(contention.tier));
  add_uses(reach, named->text, contention.first, finding.evidence);
  add_uses(reach, named->text, contention.second, finding.evidence);
  drop_repeated(finding.evidence);
  const Record* element = nullptr;
  for (const Touch& touch : reach.touches) {
    if (!touch.record_id.empty() &&
        touch.object.starts_with(contention.first.uses.front()->object) &&
        touch.object.size() > contention.first.uses.front()->object.size()) {
      const Record* record = pass.model.find(touch.record_id);
      if (record != nullptr && record->size == contention.stride_bytes) element = record;
    }
  }
  if (element != nullptr) {
    if (auto fix = align_record(pass, *element)) {
      finding.instances = known_instances(*element, pass.model, finding.evidence);
      add_bill(*element, fix->promise.sizes.front().after, finding.instances, finding.evidence);
      finding.fixes.push_back(std::move(*fix));
    }
  }
  if (finding.fixes.empty()) {
    const std::uint64_t after = (contention.stride_bytes + line - 1) / line * line;
    finding.evidence.push_back({"bill",
                                fmt::format("an element takes {} and would take {}",
                                            bytes_text(contention.stride_bytes), bytes_text(after)),
                                named->where});
  }
  const bool c = named->where.file.ends_with(".c");
  finding.evidence.push_back(
      {"suggestion",
       c ? "_Alignas of a line on the first field of the element gives each thread a line of its "
           "own; a sum in a local variable that is stored once at the end needs no room at all"
         : "snug::padded<T> as the element gives each thread a line of its own; a sum in a local "
           "variable that is stored once at the end needs no room at all",
       named->where});
  publish(pass, std::move(finding));
}

void report_variables(Pass& pass, const ReachMap& reach, const Contention& contention) {
  const std::optional<Named> named = name_of(pass.model, contention);
  if (!named) return;
  Finding finding;
  finding.level = level_of(contention);
  finding.where = named->where;
  finding.subject = named->subject + " " + contention.second.name;
  finding.message = fmt::format(
      "'{}' and '{}' are neighbours within a cache line of {}: different threads write "
      "them ({})",
      contention.first.name, contention.second.name, bytes_text(pass.model.abi.cache_line_bytes),
      tier_name(contention.tier));
  add_uses(reach, contention.first.name, contention.first, finding.evidence);
  add_uses(reach, contention.second.name, contention.second, finding.evidence);
  drop_repeated(finding.evidence);
  finding.evidence.push_back(
      {"suggestion",
       fmt::format("alignas({}) or snug::padded<T> on the second one keeps them apart; it costs up "
                   "to {}",
                   pass.model.abi.cache_line_bytes, bytes_text(pass.model.abi.cache_line_bytes)),
       named->where});
  publish(pass, std::move(finding));
}

void run(Pass& pass) {
  if (pass.model.abi.cache_line_bytes == 0 || pass.model.functions.empty()) return;
  const ReachMap reach = thread_reach(pass.model);
  const std::vector<Contention> contention = find_contention(pass.model, reach);
  for (const auto& records : definitions_of(pass.model)) {
    std::vector<const Contention*> pairs;
    Records contended;
    for (const Record* record : records) {
      if (record->kind == RecordKind::Union || record->traits.from_macro) continue;
      for (const Contention& one : contention) {
        if (one.record_id != record->id) continue;
        if (one.kind != ContentionKind::Fields && one.kind != ContentionKind::ReadBeside) continue;
        // The instantiations of a template share their fields.
        if (!contended.empty() && contended.front() != record) continue;
        if (contended.empty()) contended.push_back(record);
        pairs.push_back(&one);
      }
    }
    if (pairs.empty()) continue;
    for (const Record* record : records) {
      if (record != contended.front()) contended.push_back(record);
    }
    report_fields(pass, reach, contended, pairs);
  }
  for (const Contention& one : contention) {
    if (one.kind == ContentionKind::Elements) report_elements(pass, reach, one);
    if (one.kind == ContentionKind::Variables) report_variables(pass, reach, one);
  }
}

constexpr std::string_view doc =
    R"(A processor owns memory by the line, not by the byte. When one thread writes a field and another
thread uses a neighbour of it on the same line, each write takes the line away from the other
processor, though they share no data. Two counters that two threads count up run several times
slower on one line than on two.

This check follows the code from where threads start (std::thread, std::jthread, std::async,
pthread_create, thrd_create, OpenMP regions, parallel algorithms, TBB, pools) through calls, lambdas,
std::bind, functors, member pointers, virtual calls and templates to each read and write, and keeps
track of the object that is meant. A finding names its tier:

proven: the two uses are reached from threads that run at the same time, on one object, and at least
one of them writes, again and again. likely: independent read-modify-writes of two atomics by
functions of their own, in a type that is visibly shared. possible (a note): the shape is right, and
the evidence is missing.

It also reports neighbouring elements of an array that is indexed by the thread's number, neighbouring
variables, and a counter that one thread writes beside data that another one only reads.

Not reported: a lock and the data that is written under it, fields that are always written by the same
functions, what is written only in constructors or before the threads start or after they are joined,
threads that are joined before the next one starts, objects that are handed over to one thread, one
final store of each thread, ranges of an array that meet only at their borders, thread-local and
ordinary local objects, and what alignas or snug::padded already keeps apart.

The fix puts alignas of a line in front of the fields, or on the element type; the bill says what that
costs: sizeof before and after, times the objects that are known. Where there are very many objects it
is often better to group the fields by who writes them, or to count in a local variable.

Findings are notes unless false-sharing.warn=1 asks for warnings: an object that is reached through
getters and containers may look shared when each thread has its own.

Ignore it for writes that are rare: two processors that meet once in a microsecond do not notice.)";

}  // namespace

extern const Check false_sharing;
const Check false_sharing = {
    "false-sharing", "data of different threads on one cache line", doc, options, run, true, true};

}  // namespace snug::checks
