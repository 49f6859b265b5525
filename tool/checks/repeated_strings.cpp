// Records of strings that are compared but never changed, many of them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"

namespace snug::checks {

namespace {

constexpr std::array repeated_strings_options = {CheckOption{
    "min-strings", 2, "least number of string members that are compared and never changed"}};

struct Touches {
  const StringTouch* compared = nullptr;
  const StringTouch* copied = nullptr;
  bool changed = false;
};

/// The container that holds records of that type, or null.
const HeldContainer* holder_of(const Record& record, const Model& model, const KnownNames& known) {
  const std::vector<HeldContainer>& all = model.ownership.containers;
  const auto found = std::find_if(all.begin(), all.end(), [&](const HeldContainer& held) {
    return held.element_id == record.id && !known.type(held.container).is(TypeRole::Inside);
  });
  return found == all.end() ? nullptr : &*found;
}

std::uint64_t string_bytes(const Record& record, const std::vector<std::string>& fields) {
  std::uint64_t bytes = 0;
  for (const Slot& slot : record.slots) {
    if (std::find(fields.begin(), fields.end(), slot.name) != fields.end()) {
      bytes += slot.extent.size_bits / 8;
    }
  }
  return bytes;
}

void look_at(Pass& pass, const Record& record, const std::map<std::string, Touches>& fields) {
  std::vector<std::string> names;
  for (const auto& [field, touches] : fields) {
    if (touches.compared != nullptr && !touches.changed) names.push_back(field);
  }
  if (names.size() < std::max<std::uint64_t>(1, pass.option("min-strings"))) return;
  const HeldContainer* holder = holder_of(record, pass.model, pass.known);
  if (holder == nullptr) return;
  const std::uint64_t bytes = string_bytes(record, names);
  Finding finding;
  finding.level = Level::Note;
  finding.where = record.where;
  finding.record_id = record.id;
  finding.subject = fmt::format("{}\n{}", record.name, fmt::join(names, "\n"));
  finding.message = fmt::format(
      "'{}' holds {} strings that are compared and never changed ('{}'): {} of its {} bytes, and a "
      "block each where the text is long; symbols of an interner take {}",
      record.name, names.size(), fmt::join(names, "', '"), bytes, record.size, 4 * names.size());
  finding.evidence.push_back(
      {"container", fmt::format("'{}' ({}) holds many of them", holder->name, holder->container),
       holder->where});
  for (const std::string& name : names) {
    const Touches& touches = fields.at(name);
    finding.evidence.push_back(
        {"comparison", fmt::format("'{}' is compared here", name), touches.compared->where});
    if (touches.copied != nullptr) {
      finding.evidence.push_back(
          {"copy", fmt::format("'{}' is copied here", name), touches.copied->where});
    }
  }
  finding.evidence.push_back(
      {"alternative",
       "snug::interner keeps each text once and gives out 4-byte symbols that compare as numbers; "
       "it pays where few texts are held often",
       {}});
  pass.report(std::move(finding));
}

void run_repeated_strings(Pass& pass) {
  std::map<std::string, std::map<std::string, Touches>> by_record;
  for (const StringTouch& touch : pass.model.ownership.touches) {
    Touches& touches = by_record[touch.record_id][touch.field];
    touches.changed |= touch.kind == StringTouchKind::Changed;
    if (touch.kind == StringTouchKind::Compared && touches.compared == nullptr) {
      touches.compared = &touch;
    }
    if (touch.kind == StringTouchKind::Copied && touches.copied == nullptr) {
      touches.copied = &touch;
    }
  }
  std::set<SourceRange> told;
  for (const auto& [id, fields] : by_record) {
    const Record* record = pass.model.find(id);
    if (record == nullptr || !record->reported || record->traits.from_macro) continue;
    if (told.contains(record->where)) continue;
    const std::size_t before = pass.findings.size();
    look_at(pass, *record, fields);
    if (pass.findings.size() > before) told.insert(record->where);
  }
}

}  // namespace

extern const Check repeated_strings;
const Check repeated_strings = {
    .id = "repeated-strings",
    .summary = "strings that are compared and never changed",
    .doc =
        "A std::string member takes 32 bytes (24 with libc++) and, where the text is longer than "
        "15 characters, a block of its own. Records that hold names of a small world (methods, "
        "hosts, currencies, states) hold the same few texts over and over, and every comparison "
        "reads both of them.\n\n"
        "Reported, as notes, are records that containers hold, with at least 'min-strings' "
        "members of string type that are compared somewhere and changed nowhere once the record "
        "is built. Whether the texts repeat cannot be read from the code: that is yours to "
        "know.\n\n"
        "Not reported are records with fewer such members, those that are only locals, and strings "
        "that "
        "some code changes. Ignore it where every text is another one (paths, messages, keys of a "
        "map).\n\n"
        "The fix type is snug::interner (sync_interner for several threads): 4-byte symbols that "
        "are compared as numbers, each text kept once.\n",
    .options = repeated_strings_options,
    .run = run_repeated_strings,
    .needs_bodies = true,
};

}  // namespace snug::checks
