// Fields, elements and variables that different threads write within one cache line.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/orders/orders.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "analysis/threads/contention_fix.hpp"
#include "analysis/threads/contention_text.hpp"
#include "analysis/threads/thread_facts.hpp"

namespace snug::checks {

namespace {

constexpr std::array false_sharing_options = {
    CheckOption{"warn", 1, "0: what is proven is a note, too"}};

constexpr double least_line_share = 0.25;  ///< Of all starts, for a warning.

using Records = std::vector<const Record*>;
using Pairs = std::vector<const Contention*>;

Level level_of(const Contention& contention) {
  return contention.tier == ContentionTier::Proven && contention.line_share >= least_line_share
             ? Level::Warning
             : Level::Note;
}

/// Reports the finding, as a note where no warnings are wanted.
void publish(Pass& pass, Finding finding) {
  if (pass.option("warn") == 0) finding.level = Level::Note;
  pass.report(std::move(finding));
}

/// The pair that the message is about.
const Contention& strongest_of(const Pairs& pairs) {
  return **std::max_element(
      pairs.begin(), pairs.end(), [](const Contention* a, const Contention* b) {
        return std::pair(level_of(*a), a->tier) < std::pair(level_of(*b), b->tier);
      });
}

std::string message_of(const Record& record, const Contention& pair, std::size_t fields,
                       std::uint64_t line) {
  const std::string more = fields > 2 ? fmt::format(" ({} fields in all)", fields) : "";
  return fmt::format("'{}' and '{}' of '{}'{} {} a cache line of {}: {} ({})", pair.first.name,
                     pair.second.name, record.name, more,
                     pair.line_share >= 1 ? "share" : "can share", bytes_text(line),
                     pair.kind == ContentionKind::ReadBeside
                         ? "one thread writes the first while another reads the second"
                         : "different threads write them",
                     tier_name(pair.tier));
}

/// The first of the fields in the record; null if one of them is not known.
const Slot* earliest_of(const Record& record, const std::set<std::string>& names) {
  const Slot* earliest = nullptr;
  for (const std::string& name : names) {
    if (name.find("::") != std::string::npos) continue;  // of a base
    const Slot* slot = slot_of(record, name);
    if (slot == nullptr) return nullptr;
    if (earliest == nullptr || slot->extent.offset_bits < earliest->extent.offset_bits) {
      earliest = slot;
    }
  }
  return earliest;
}

void add_fields_evidence(Pass& pass, const Records& records, const Pairs& pairs,
                         const std::set<std::string>& names, Finding& finding) {
  const Record& record = *records.front();
  add_uses(pass.threads.reach(), pairs, "", finding.evidence);
  add_unknown(pass.threads.reach(), pairs, finding.where, finding.evidence);
  const double share = strongest_of(pairs).line_share;
  if (share < 1) {
    finding.evidence.push_back(
        {"layout",
         fmt::format("'{}' is aligned to {}: they share a line for {}% of possible object "
                     "addresses",
                     record.name, bytes_text(record.align), static_cast<int>(100 * share + 0.5)),
         record.where});
  }
  std::vector<Evidence> instances;
  finding.instances = known_instances(record, pass.model, instances);
  const std::set<std::string> starts = line_starts(record, names, pairs);
  if (auto fix = align_fields(pass.model, pass.files, records, starts, finding.evidence)) {
    add_bill(record, fix->promise.sizes.front().after, finding.instances, finding.evidence);
    finding.fixes.push_back(std::move(*fix));
  } else {
    finding.evidence.push_back(
        {"bill",
         fmt::format("sizeof '{}' is {}; a line for each costs up to {} more an object",
                     record.name, bytes_text(record.size),
                     bytes_text((names.size() - 1) * pass.model.abi.cache_line_bytes)),
         record.where});
  }
  finding.evidence.insert(finding.evidence.end(), instances.begin(), instances.end());
  finding.evidence.push_back(
      {"suggestion",
       is_c(pass.model, record.where)
           ? "or align each with _Alignas, or pad each to the next line by hand"
           : "or wrap each in snug::padded<T> (C++ only)",
       record.where});
}

/// All contended fields of one definition.
void report_fields(Pass& pass, const Records& records, const Pairs& all) {
  const Contention& strongest = strongest_of(all);
  const Record& record = *records.front();
  Finding finding;
  finding.level = level_of(strongest);
  Pairs pairs;
  std::set<std::string> names;
  for (const Contention* pair : all) {
    if (level_of(*pair) != finding.level) continue;
    pairs.push_back(pair);
    names.insert({pair->first.name, pair->second.name});
  }
  // The evidence of the first ones is told.
  std::stable_partition(pairs.begin(), pairs.end(),
                        [&](const Contention* pair) { return pair == &strongest; });
  const Slot* earliest = earliest_of(record, names);
  if (earliest == nullptr) return;
  finding.record_id = record.id;
  finding.where = earliest->where.known() ? earliest->where : record.where;
  finding.fields.assign(names.begin(), names.end());
  finding.subject = subject_of(record, finding.fields);
  finding.message = message_of(record, strongest, names.size(), pass.model.abi.cache_line_bytes);
  add_fields_evidence(pass, records, pairs, names, finding);
  publish(pass, std::move(finding));
}

/// The record of the elements, if it is as large as their distance.
const Record* element_record(const Pass& pass, const Contention& contention) {
  const std::string& array = contention.first.uses.front()->object;
  const Record* element = nullptr;
  for (const Touch& touch : pass.threads.reach().touches) {
    if (touch.record_id.empty() || touch.object.size() <= array.size() ||
        !touch.object.starts_with(array)) {
      continue;
    }
    const Record* record = pass.model.find(touch.record_id);
    if (record != nullptr && record->size == contention.stride_bytes) element = record;
  }
  return element;
}

void add_elements_bill(Pass& pass, const Contention& contention, const ContendedName& named,
                       Finding& finding) {
  const std::uint64_t line = pass.model.abi.cache_line_bytes;
  if (const Record* element = element_record(pass, contention)) {
    if (auto fix = align_record(pass.model, pass.files, *element)) {
      finding.instances = known_instances(*element, pass.model, finding.evidence);
      add_bill(*element, fix->promise.sizes.front().after, finding.instances, finding.evidence);
      finding.fixes.push_back(std::move(*fix));
    }
  }
  if (finding.fixes.empty()) {
    const std::uint64_t after = (contention.stride_bytes + line - 1) / line * line;
    std::string bill = fmt::format("an element takes {} and would take {}",
                                   bytes_text(contention.stride_bytes), bytes_text(after));
    if (after == contention.stride_bytes) {
      bill = fmt::format("an element takes {} and can keep that: its array has to begin on a line",
                         bytes_text(after));
    }
    finding.evidence.push_back({"bill", std::move(bill), named.where});
  }
  const bool c = is_c(pass.model, named.where);
  finding.evidence.push_back(
      {"suggestion",
       c ? "_Alignas of a line on the first field of the element gives each thread a line of its "
           "own; a sum in a local variable that is stored once at the end needs no room at all"
         : "snug::padded<T> as the element gives each thread a line of its own; a sum in a local "
           "variable that is stored once at the end needs no room at all",
       named.where});
}

void report_elements(Pass& pass, const Contention& contention) {
  const std::optional<ContendedName> named = name_of(pass.model, contention);
  if (!named) return;
  Finding finding;
  finding.level = level_of(contention);
  finding.where = named->where;
  finding.record_id = contention.record_id;
  finding.subject = named->subject;
  finding.message = fmt::format(
      "elements of '{}' that different threads write are {} apart and share cache lines of {} ({})",
      named->text, bytes_text(contention.stride_bytes), bytes_text(pass.model.abi.cache_line_bytes),
      tier_name(contention.tier));
  add_uses(pass.threads.reach(), {&contention}, named->text, finding.evidence);
  add_unknown(pass.threads.reach(), {&contention}, finding.where, finding.evidence);
  add_elements_bill(pass, contention, *named, finding);
  publish(pass, std::move(finding));
}

void report_variables(Pass& pass, const Contention& contention) {
  const std::optional<ContendedName> named = name_of(pass.model, contention);
  if (!named) return;
  const std::string line = bytes_text(pass.model.abi.cache_line_bytes);
  Finding finding;
  finding.level = level_of(contention);
  finding.where = named->where;
  finding.subject = named->subject + " " + contention.second.name;
  finding.message = fmt::format(
      "'{}' and '{}' are neighbours within a cache line of {}: different threads write them ({})",
      contention.first.name, contention.second.name, line, tier_name(contention.tier));
  add_uses(pass.threads.reach(), {&contention}, "", finding.evidence);
  add_unknown(pass.threads.reach(), {&contention}, finding.where, finding.evidence);
  finding.evidence.push_back(
      {"bill", fmt::format("a line of its own for the second one costs up to {}", line),
       named->where});
  const std::uint64_t bytes = pass.model.abi.cache_line_bytes;
  finding.evidence.push_back(
      {"suggestion",
       is_c(pass.model, named->where)
           ? fmt::format("_Alignas({}) on the second one keeps them apart", bytes)
           : fmt::format("alignas({}) or snug::padded<T> on the second one keeps them apart",
                         bytes),
       named->where});
  publish(pass, std::move(finding));
}

/// The contended fields of one definition; its instantiations share them.
void look_at(Pass& pass, const Records& records) {
  Pairs pairs;
  Records contended;
  for (const Record* record : records) {
    if (record->kind == RecordKind::Union || record->traits.from_macro) continue;
    for (const Contention& one : pass.threads.contention()) {
      const bool fields =
          one.kind == ContentionKind::Fields || one.kind == ContentionKind::ReadBeside;
      if (one.record_id != record->id || !fields || one.line_share <= 0) continue;
      if (!contended.empty() && contended.front() != record) continue;
      if (contended.empty()) contended.push_back(record);
      pairs.push_back(&one);
    }
  }
  if (pairs.empty()) return;
  for (const Record* record : records) {
    if (record != contended.front()) contended.push_back(record);
  }
  report_fields(pass, contended, pairs);
}

void run_false_sharing(Pass& pass) {
  for (const auto& records : definitions_of(pass.model)) look_at(pass, records);
  for (const Contention& one : pass.threads.contention()) {
    if (one.kind == ContentionKind::Elements) report_elements(pass, one);
    if (one.kind == ContentionKind::Variables) report_variables(pass, one);
  }
}

constexpr std::string_view false_sharing_doc =
    R"(A processor owns memory by the line, not by the byte. When one thread writes a field and another
thread uses a neighbour of it on the same line, each write takes the line away from the other
processor, though they share no data. Two counters that two threads count up run several times
slower on one line than on two.

This check follows the code from where threads start (std::thread, std::jthread, std::async,
pthread_create, thrd_create, OpenMP regions, parallel algorithms, TBB, pools; the child of fork(), for
what is mapped as shared) through calls, lambdas, tables of functions, std::bind, functors, member pointers, virtual calls and templates to each read and write, and keeps
track of the object that is meant. A finding names its tier:

proven: the two uses are of one object (a variable, what the starter of the threads made
or was given, a pointer that stays what it is), from threads that were seen to run at the same time;
each comes on every round of a loop that does not sleep, there or a few calls below it; and neither
thread writes the other one's data as well. likely: independent read-modify-writes of two atomics by
callers of a type that is visibly shared. possible: the shape is right, and part of that
evidence is missing: any object of its kind may be meant, nobody saw both threads run, or one of the
uses comes at times only.

What stands in a branch comes at times, and so does what control leaves the loop behind (break,
return, throw); the branch beside one that leaves is the ordinary way, and what all branches write
comes each time. For elements that each thread has its own of, one branch in the loop is no excuse.
What the source calls unlikely ([[unlikely]], __builtin_expect) or has in a catch block does not
count as coming again at all, nor what is called from there. What is reached through more than two
calls that come at times is not proven.

Tasks that a pool gets run beside whoever hands them over. They run beside each other only where the
pool is one of a known library, where its class starts threads in a loop, or where thread-entries of
the configuration names the function: that is said of the project's own ways to run code on a thread.
What is posted to an io_context runs beside what else is posted where several threads run that.
Calls that the threads make and that could not be followed are named in the finding.

It also reports neighbouring elements of an array that is indexed by the thread's number (an
argument of its own, a thread-local variable, a ticket that it draws once, a function that returns
one of those, and multiples of it), elements that thread-local pointers lead to, neighbouring
variables, a counter that one thread writes beside data that another one only reads, and two atomics
of which threads update one while they spin on the other.

Not reported: a lock and the data that is written under it, fields that are always written by the same
functions, what is written only in constructors or before the threads start or after they are joined,
threads that are joined before the next one starts, objects that are handed over to one thread, one
final store of each thread, ranges of an array that meet only at their borders, thread-local and
ordinary local objects, and what alignas or snug::padded already keeps apart.

The fix puts alignas of a line in front of the fields, or on the element type; the bill says what that
costs: sizeof before and after, times the objects that are known. Where there are very many objects it
is often better to group the fields by who writes them, or to count in a local variable.

Those that are proven are warnings, unless false-sharing.warn=0 makes notes of them; the others are
notes. How often a write comes is judged by the loops and branches around it, not by a run: a loop that
spends its time elsewhere counts as all others.

Ignore it for writes that are rare: two processors that meet once in a microsecond do not notice.)";

}  // namespace

extern const Check false_sharing;
const Check false_sharing = {"false-sharing",
                             "data of different threads on one cache line",
                             false_sharing_doc,
                             false_sharing_options,
                             run_false_sharing,
                             true,
                             true};

}  // namespace snug::checks
