#include "analysis/threads/contention_arrays.hpp"

#include <algorithm>

namespace snug::contention {

namespace {

/// Alignment in bytes of the elements: of their record where that is known.
std::uint64_t element_align(const Model& model, const ReachMap& reach, const Touch& use) {
  std::uint64_t align = 1;
  for (const Touch& touch : reach.touches) {
    if (touch.record_id.empty() || touch.object.size() <= use.object.size()) continue;
    if (!touch.object.starts_with(use.object) || touch.object.back() != ']') continue;
    if (touch.object.find(']', use.object.size()) + 1 != touch.object.size()) continue;
    if (const Record* record = model.find(touch.record_id)) align = std::max(align, record->align);
  }
  const std::uint64_t stride = use.element.stride_bytes;
  if (align == 1) {
    while (align < 8 && stride % (2 * align) == 0) align *= 2;
  }
  return align;
}

/// The elements with these numbers can lie on one line.
bool are_near(const TouchedElement& a, const TouchedElement& b, std::uint64_t line) {
  const auto [low, high] = std::minmax(a.number, b.number);
  return a.stride_bytes == 0 || (high - low) < (line + a.stride_bytes - 1) / a.stride_bytes;
}

/// What a touch has against the other touches of the array.
void add_clashes(const ReachMap& reach, const Judge& judge, const Touches& touches, const Touch* a,
                 std::uint64_t line, Clash& clash) {
  const ReachThread& thread = reach.threads[a->thread];
  const bool many = thread.many && thread.kind != ThreadKind::Main;
  if (a->element.index == IndexClass::PerThread && a->sharing == Sharing::PerThread && many) {
    clash.add(a, a, judge.is_external(*a) ? ContentionTier::Likely : judge.tier_of(*a, *a, true));
  }
  for (const Touch* b : touches) {
    if (a->element.index == IndexClass::Constant && b->writes() && b->hot &&
        b->element.index == IndexClass::Constant && a->element.number != b->element.number &&
        are_near(a->element, b->element, line) && a->thread != b->thread &&
        judge.can_clash(*a, *b) && !judge.is_external(*a) && !judge.is_external(*b)) {
      clash.add(a, b, judge.tier_of(*a, *b));
    }
  }
  // A pool of locks, picked by a hash: neighbours are taken by different threads.
  if (a->lock && a->element.index == IndexClass::Unknown && !clash.found &&
      a->sharing == Sharing::Shared && judge.is_started(*a) && many) {
    clash.add(a, a, judge.tier_of(*a, *a));
  }
}

struct Neighbour {
  std::string key;
  std::string name;
  std::string id;
  bool zero = true;         ///< Lies among what needs no bytes in the program.
  std::uint64_t begin = 0;  ///< Bytes from the first variable of the run.
  std::uint64_t size = 0;
};

/// The compiler lays out what one file defines in one go: not what each unit may define (inline
/// variables, statics of templates and of functions), which the linker puts where it likes.
bool has_place(const Model& model, const Variable& variable) {
  if (variable.is_const || variable.thread_local_storage || variable.size == 0 ||
      variable.in_function || variable.id.find('>') != std::string::npos) {
    return false;
  }
  return std::any_of(model.units.begin(), model.units.end(),
                     [&](const Unit& unit) { return unit.file == variable.where.file; });
}

/// Variables of one file, in the order of their definitions: at least as near as they seem here are
/// those of one section.
std::vector<std::vector<Neighbour>> runs_of_variables(const Model& model) {
  std::map<std::string, std::vector<const Variable*>> files;
  for (const Variable& variable : model.variables) {
    if (!has_place(model, variable)) continue;
    files[variable.where.file].push_back(&variable);
  }
  std::vector<std::vector<Neighbour>> runs;
  for (auto& [file, all] : files) {
    std::sort(all.begin(), all.end(),
              [](const Variable* a, const Variable* b) { return a->where.begin < b->where.begin; });
    std::vector<Neighbour>& run = runs.emplace_back();
    std::uint64_t end = 0;
    for (const Variable* variable : all) {
      end = (end + variable->align - 1) / variable->align * variable->align;
      run.push_back({"G:" + variable->id, variable->name, variable->id, variable->zero_initialized,
                     end, variable->size});
      end += variable->size;
    }
  }
  return runs;
}

/// Locals of one function.
std::vector<Neighbour> run_of_locals(const Function& function) {
  std::vector<Neighbour> run;
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < function.locals.size(); ++i) {
    const Local& local = function.locals[i];
    if (local.size == 0) continue;
    end = (end + local.align - 1) / local.align * local.align;
    run.push_back(
        {"L:" + function.id + "#" + std::to_string(i), local.name, {}, true, end, local.size});
    end += local.size;
  }
  return run;
}

void add_neighbours(const Judge& judge, const std::map<std::string, Touches>& touches,
                    const std::vector<Neighbour>& run, std::uint64_t line,
                    std::vector<Contention>& found) {
  for (std::size_t i = 0; i < run.size(); ++i) {
    const auto a = touches.find(run[i].key);
    if (a == touches.end()) continue;
    for (std::size_t j = i + 1; j < run.size(); ++j) {
      if (run[j].begin >= run[i].begin + run[i].size + line) break;
      const auto b = touches.find(run[j].key);
      if (b == touches.end() || run[i].zero != run[j].zero) continue;
      const Clash clash = judge.writes(a->second, b->second);
      const Range first = clash.first_range;
      const Range second = clash.second_range;
      if (!clash.found || !first.known() || !second.known()) continue;
      Contention made;
      made.kind = ContentionKind::Variables;
      made.tier = clash.tier;
      made.array_root = run[i].key;
      const std::uint64_t first_begin = 8 * run[i].begin;
      const std::uint64_t second_begin = 8 * run[j].begin;
      made.line_share =
          shared_line_share(first_begin + first.begin, first_begin + first.end,
                            second_begin + second.begin, second_begin + second.end, 8, line);
      if (made.line_share <= 0) continue;
      made.first = {run[i].name, run[i].id, clash.first};
      made.second = {run[j].name, run[j].id, clash.second};
      found.push_back(std::move(made));
    }
  }
}

}  // namespace

std::optional<Contention> element_clash(const Model& model, const ReachMap& reach,
                                        const Judge& judge, const Touches& touches) {
  Clash clash;
  const Touch* sample = nullptr;
  for (const Touch* touch : touches) {
    if (!touch->writes() || !touch->hot || touch->element.stride_bytes == 0) continue;
    const bool found = clash.found;
    const ContentionTier tier = clash.tier;
    add_clashes(reach, judge, touches, touch, model.abi.cache_line_bytes, clash);
    if (clash.found && (!found || clash.tier > tier)) sample = touch;
  }
  if (!clash.found) return std::nullopt;
  Contention made;
  made.kind = ContentionKind::Elements;
  made.stride_bytes = sample->element.stride_bytes;
  made.record_id = sample->element.record_id;
  made.array_root = sample->element.root;
  made.tier = clash.tier;
  Range range = clash.first_range;
  range.begin = std::min(range.begin, clash.second_range.begin);
  range.end = std::max(range.end, clash.second_range.end);
  // What a thread reads of its own element suffers from what its neighbour writes.
  Range all = range;
  for (const Touch* touch : touches) {
    if (touch->hot && touch->element.index == sample->element.index) all.add(*touch);
  }
  const std::uint64_t line = model.abi.cache_line_bytes;
  const std::uint64_t align = element_align(model, reach, *clash.first.front());
  if (!range.known() || align >= line) return std::nullopt;
  const std::uint64_t stride = 8 * made.stride_bytes;
  made.line_share = std::max(
      shared_line_share(range.begin, range.end, stride + all.begin, stride + all.end, align, line),
      shared_line_share(all.begin, all.end, stride + range.begin, stride + range.end, align, line));
  if (made.line_share <= 0) return std::nullopt;
  made.first = {sample->element.field, {}, clash.first};
  made.second = {sample->element.field, {}, clash.second};
  return made;
}

std::vector<Contention> variable_clashes(const Model& model, const Judge& judge,
                                         const std::map<std::string, Touches>& touches) {
  std::vector<Contention> found;
  const std::uint64_t line = model.abi.cache_line_bytes;
  for (const auto& run : runs_of_variables(model)) add_neighbours(judge, touches, run, line, found);
  for (const Function& function : model.functions) {
    add_neighbours(judge, touches, run_of_locals(function), line, found);
  }
  return found;
}

}  // namespace snug::contention
