#include "analysis/contention.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace snug {

namespace {

constexpr std::size_t most_uses = 4;  ///< Of each side, as evidence.

using Touches = std::vector<const Touch*>;

bool is_started(const ReachMap& reach, const Touch& touch) {
  return reach.threads[touch.thread].kind == ThreadKind::Started;
}

bool is_external(const ReachMap& reach, const Touch& touch) {
  return reach.threads[touch.thread].kind == ThreadKind::External;
}

bool common_lock(const Touch& a, const Touch& b) {
  return std::any_of(a.locks.begin(), a.locks.end(), [&](const std::string& lock) {
    return std::binary_search(b.locks.begin(), b.locks.end(), lock);
  });
}

/// Both see the same object: equal keys are one object unless each thread has its own.
bool same_object(const Touch& a, const Touch& b, const ReachMap& reach) {
  const auto visible = [&](const Touch& touch) {
    if (touch.sharing == Sharing::Shared) return true;
    // What the starter keeps on its own stack, and has given to threads.
    return touch.sharing == Sharing::Private && touch.object.starts_with("L:");
  };
  if (!visible(a) || !visible(b)) return false;
  if (a.thread == b.thread) return a.sharing == Sharing::Shared;
  const bool one_shared = a.sharing == Sharing::Shared || b.sharing == Sharing::Shared;
  (void)reach;
  return one_shared;
}

/// Again and again: in a loop, or a read-modify-write of an interface that anyone may call.
bool is_busy(const Touch& touch, const ReachMap& reach) {
  if (touch.hot) return true;
  return is_external(reach, touch) && (touch.atomic || touch.lock) &&
         touch.kind == AccessKind::ReadWrite;
}

std::set<const Function*> functions_of(const Touches& touches) {
  std::set<const Function*> functions;
  for (const Touch* touch : touches) functions.insert(touch->function);
  return functions;
}

Touches writes_among(const Touches& touches) {
  Touches writes;
  std::copy_if(touches.begin(), touches.end(), std::back_inserter(writes),
               [](const Touch* touch) { return touch->writes(); });
  return writes;
}

/// One has started the other's thread, which runs: nothing is assumed about callers.
bool is_witnessed(const Touch& a, const Touch& b) {
  const auto live = [](const Touch& touch, std::uint32_t thread) {
    return std::binary_search(touch.live.begin(), touch.live.end(), thread);
  };
  return live(a, b.thread) || live(b, a.thread);
}

ContentionTier tier_of(const Touch& a, const Touch& b, const ReachMap& reach) {
  // Any object of a record: nobody has seen that it is the same one.
  if (a.object.starts_with("?") || b.object.starts_with("?")) return ContentionTier::Possible;
  if (is_witnessed(a, b)) return ContentionTier::Proven;
  if (!is_external(reach, a) && !is_external(reach, b)) return ContentionTier::Proven;
  const auto strong = [&](const Touch& touch) {
    return !is_external(reach, touch) || touch.atomic || touch.lock;
  };
  return strong(a) && strong(b) ? ContentionTier::Likely : ContentionTier::Possible;
}

void add_use(std::vector<const Touch*>& uses, const Touch* touch) {
  const bool known = std::any_of(uses.begin(), uses.end(), [&](const Touch* one) {
    return one->function == touch->function && one->thread == touch->thread;
  });
  if (!known && uses.size() < most_uses) uses.push_back(touch);
}

struct Range {
  std::uint64_t begin = ~std::uint64_t{0};
  std::uint64_t end = 0;
  void add(const Touch& touch) {
    if (touch.size_bits == 0) return;
    begin = std::min(begin, touch.offset_bits);
    end = std::max(end, touch.offset_bits + touch.size_bits);
  }
  [[nodiscard]] bool known() const { return end > begin; }
};

/// What two groups of touches have against each other.
struct Clash {
  bool found = false;
  ContentionTier tier = ContentionTier::Possible;
  std::vector<const Touch*> first;
  std::vector<const Touch*> second;
  Range first_range;  ///< Of all that clash, in the object.
  Range second_range;

  void add(const Touch* a, const Touch* b, ContentionTier with) {
    if (found && with < tier) return;
    if (!found || with > tier) {
      first.clear();
      second.clear();
      first_range = {};
      second_range = {};
      tier = with;
    }
    found = true;
    first_range.add(*a);
    second_range.add(*b);
    add_use(first, a);
    add_use(second, b);
  }
};

/// Both are written by different functions on different threads.
Clash write_clash(const Touches& first, const Touches& second, const ReachMap& reach) {
  Clash clash;
  const Touches a_writes = writes_among(first);
  const Touches b_writes = writes_among(second);
  if (functions_of(a_writes) == functions_of(b_writes)) return clash;
  for (const Touch* a : a_writes) {
    if (!is_busy(*a, reach)) continue;
    for (const Touch* b : b_writes) {
      if (!is_busy(*b, reach) || a->function == b->function || common_lock(*a, *b) ||
          !same_object(*a, *b, reach) || !reach.concurrent(*a, *b)) {
        continue;
      }
      clash.add(a, b, tier_of(*a, *b, reach));
    }
  }
  return clash;
}

/// `written` is written on one thread, `read` is only read, on a thread that has no use for the
/// first; or a counter that all threads write lies beside data that they read elsewhere.
Clash read_clash(const Touches& written, const Touches& read, const ReachMap& reach) {
  Clash clash;
  const bool changes = std::any_of(
      read.begin(), read.end(), [&](const Touch* touch) { return touch->writes() && touch->hot; });
  if (changes) return clash;
  for (const Touch* w : writes_among(written)) {
    if (!w->hot) continue;
    for (const Touch* r : read) {
      if (r->writes() || !r->hot || w->function == r->function || common_lock(*w, *r) ||
          !same_object(*w, *r, reach) || !reach.concurrent(*w, *r) ||
          ((is_external(reach, *w) || is_external(reach, *r)) && !is_witnessed(*w, *r))) {
        continue;
      }
      const bool uses_both = std::any_of(written.begin(), written.end(), [&](const Touch* other) {
        return other->thread == r->thread && other->hot;
      });
      const bool apart = std::none_of(written.begin(), written.end(), [&](const Touch* other) {
        return other->function == r->function;
      });
      const bool any = w->object.starts_with("?");
      if (!uses_both) {
        clash.add(w, r, any ? ContentionTier::Possible : ContentionTier::Proven);
      } else if (apart && w->atomic && w->kind == AccessKind::ReadWrite) {
        clash.add(w, r, ContentionTier::Possible);
      }
    }
  }
  return clash;
}

/// Functions that run once in the life of an object, by their names.
bool is_cold(const Function& function) {
  const std::size_t scope = function.name.rfind("::");
  std::string name = scope == std::string::npos ? function.name : function.name.substr(scope + 2);
  name = name.substr(0, name.find('('));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::string_view, 18> kCold{
      "init",  "start", "stop",  "shutdown", "close", "open",      "reset",    "clear", "destroy",
      "setup", "join",  "abort", "cancel",   "quit",  "operator=", "teardown", "swap",  "finish"};
  return function.kind == FunctionKind::Constructor || function.kind == FunctionKind::Destructor ||
         std::any_of(kCold.begin(), kCold.end(),
                     [&](std::string_view cold) { return name.starts_with(cold); });
}

/// The functions that read and then write an atomic: with one operation, or with a load and a
/// store.
Touches updates_among(const Touches& touches) {
  Touches updates;
  for (const Touch* touch : touches) {
    if (!(touch->atomic || touch->lock) || !touch->writes() || is_cold(*touch->function)) continue;
    const bool both = touch->kind == AccessKind::ReadWrite ||
                      std::any_of(touches.begin(), touches.end(), [&](const Touch* other) {
                        return other->function == touch->function && other->atomic &&
                               other->kind == AccessKind::Read;
                      });
    if (both) updates.push_back(touch);
  }
  return updates;
}

/// Two atomics of an interface that are updated by functions of their own.
Clash update_clash(const Touches& first, const Touches& second, bool shared,
                   const ReachMap& reach) {
  Clash clash;
  const Touches a_updates = updates_among(first);
  const Touches b_updates = updates_among(second);
  const auto a_functions = functions_of(a_updates);
  const auto b_functions = functions_of(b_updates);
  const bool disjoint =
      std::none_of(a_functions.begin(), a_functions.end(),
                   [&](const Function* function) { return b_functions.contains(function); });
  if (!disjoint) return clash;
  for (const Touch* a : a_updates) {
    for (const Touch* b : b_updates) {
      const bool interface = is_external(reach, *a) && is_external(reach, *b);
      if (!interface || a->sharing != Sharing::Shared || b->sharing != Sharing::Shared ||
          common_lock(*a, *b)) {
        continue;
      }
      const bool locks = a->lock || b->lock;
      clash.add(a, b, shared && !locks ? ContentionTier::Likely : ContentionTier::Possible);
    }
  }
  return clash;
}

class Finder {
 public:
  /// `anywhere`: pairs of fields that lie far apart count, too.
  Finder(const Model& model, const ReachMap& reach, bool anywhere = false)
      : model_(model), reach_(reach), line_(model.abi.cache_line_bytes), anywhere_(anywhere) {}

  std::vector<Contention> run() {
    group();
    for (auto& [record_id, objects] : records_) fields_of(record_id, objects);
    for (const auto& [array, touches] : arrays_) elements_of(touches);
    variables();
    std::sort(found_.begin(), found_.end(), [](const Contention& a, const Contention& b) {
      return std::tie(a.record_id, a.array_root, a.kind, a.first.name, a.second.name) <
             std::tie(b.record_id, b.array_root, b.kind, b.first.name, b.second.name);
    });
    return std::move(found_);
  }

 private:
  using Fields = std::map<std::string, Touches>;
  using ObjectsOf = std::map<std::string, Fields>;

  void group() {
    for (const Touch& touch : reach_.touches) {
      if (!touch.record_id.empty()) {
        records_[touch.record_id][touch.object][touch.field].push_back(&touch);
      }
      if (touch.element.index != IndexClass::None && touch.record_id.empty()) {
        arrays_[touch.element.array].push_back(&touch);
      }
      const bool variable = touch.record_id.empty() && touch.element.index == IndexClass::None;
      if (variable) variables_[touch.object].push_back(&touch);
    }
  }

  void fields_of(const std::string& record_id, const ObjectsOf& objects) {
    const Record* record = model_.find(record_id);
    if (record == nullptr) return;
    // The same pair may clash in several objects: one finding with the strongest.
    std::map<std::pair<std::string, std::string>, Contention> pairs;
    for (const auto& [key, fields] : objects) {
      for (auto a = fields.begin(); a != fields.end(); ++a) {
        for (auto b = std::next(a); b != fields.end(); ++b) {
          pair(*record, a->first, a->second, b->first, b->second, pairs);
        }
      }
    }
    for (auto& [names, contention] : pairs) found_.push_back(std::move(contention));
  }

  void pair(const Record& record, const std::string& a_name, const Touches& a,
            const std::string& b_name, const Touches& b,
            std::map<std::pair<std::string, std::string>, Contention>& pairs) {
    // To wait and to notify is no traffic of its own: it goes with the lock.
    if (is_condition(record, a_name) || is_condition(record, b_name)) return;
    Contention made;
    made.record_id = record.id;
    bool swapped = false;
    Clash clash = write_clash(a, b, reach_);
    if (!clash.found) {
      made.kind = ContentionKind::ReadBeside;
      clash = read_clash(a, b, reach_);
      if (!clash.found) {
        clash = read_clash(b, a, reach_);
        swapped = true;
      }
    }
    if (!clash.found || clash.tier == ContentionTier::Possible) {
      Clash updates = update_clash(a, b, visibly_shared(record), reach_);
      if (updates.found && (!clash.found || updates.tier > clash.tier)) {
        made.kind = ContentionKind::Fields;
        swapped = false;
        clash = std::move(updates);
      }
    }
    if (!clash.found) return;
    const Range first = clash.first_range;
    const Range second = clash.second_range;
    if (!first.known() || !second.known()) return;
    made.line_share =
        shared_line_share(first.begin, first.end, second.begin, second.end, record.align, line_);
    if (made.line_share <= 0 && !anywhere_) return;
    made.tier = clash.tier;
    made.first = {swapped ? b_name : a_name, {}, std::move(clash.first)};
    made.second = {swapped ? a_name : b_name, {}, std::move(clash.second)};
    auto [place, added] = pairs.try_emplace(made.first.name < made.second.name
                                                ? std::pair(made.first.name, made.second.name)
                                                : std::pair(made.second.name, made.first.name),
                                            made);
    if (!added && place->second.tier < made.tier) place->second = std::move(made);
  }

  [[nodiscard]] static bool is_condition(const Record& record, const std::string& name) {
    return std::any_of(record.slots.begin(), record.slots.end(), [&](const Slot& slot) {
      return slot.name == name && (slot.type.find("condition_variable") != std::string::npos ||
                                   slot.type.find("CondVar") != std::string::npos ||
                                   slot.type.find("pthread_cond") != std::string::npos);
    });
  }

  /// Some object of the record is global, held by shared pointers, or met by a thread.
  [[nodiscard]] bool visibly_shared(const Record& record) const {
    const bool held =
        std::any_of(model_.holdings.begin(), model_.holdings.end(), [&](const Holding& holding) {
          return holding.record_id == record.id &&
                 (holding.place == HoldingPlace::Global ||
                  holding.holder.find("shared_ptr") != std::string::npos);
        });
    return held ||
           std::any_of(reach_.touches.begin(), reach_.touches.end(), [&](const Touch& touch) {
             return touch.record_id == record.id && is_started(reach_, touch) &&
                    touch.sharing == Sharing::Shared;
           });
  }

  void elements_of(const Touches& touches) {
    Contention made;
    made.kind = ContentionKind::Elements;
    const Touch* sample = touches.front();
    Clash clash;
    for (const Touch* a : touches) {
      if (!a->writes() || !a->hot || a->element.stride_bytes == 0) continue;
      const ReachThread& thread = reach_.threads[a->thread];
      if (a->element.index == IndexClass::PerThread && a->sharing == Sharing::PerThread &&
          (thread.many && thread.kind != ThreadKind::Main)) {
        const bool external = thread.kind == ThreadKind::External;
        clash.add(a, a, external ? ContentionTier::Likely : ContentionTier::Proven);
        sample = a;
      }
      for (const Touch* b : touches) {
        if (a->element.index == IndexClass::Constant && b->writes() && b->hot &&
            b->element.index == IndexClass::Constant && a->element.number != b->element.number &&
            a->thread != b->thread && same_object(*a, *b, reach_) && reach_.concurrent(*a, *b) &&
            !common_lock(*a, *b) && !is_external(reach_, *a) && !is_external(reach_, *b)) {
          clash.add(a, b, ContentionTier::Proven);
          sample = a;
        }
      }
      // A pool of locks, picked by a hash: neighbours are taken by different threads.
      if (a->lock && a->element.index == IndexClass::Unknown && !clash.found &&
          a->sharing == Sharing::Shared && is_started(reach_, *a) && thread.many) {
        clash.add(a, a, ContentionTier::Likely);
        sample = a;
      }
    }
    if (!clash.found) return;
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
    const std::uint64_t align = element_align(clash.first);
    if (!range.known() || align >= line_) return;
    const std::uint64_t stride = 8 * made.stride_bytes;
    made.line_share = std::max(shared_line_share(range.begin, range.end, stride + all.begin,
                                                 stride + all.end, align, line_),
                               shared_line_share(all.begin, all.end, stride + range.begin,
                                                 stride + range.end, align, line_));
    if (made.line_share <= 0) return;
    made.first = {sample->element.field, {}, clash.first};
    made.second = {sample->element.field, {}, clash.second};
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const Contention& other) {
      return other.kind == ContentionKind::Elements && other.record_id == made.record_id &&
             other.array_root == made.array_root && other.first.name == made.first.name;
    });
    if (!known) found_.push_back(std::move(made));
  }

  /// Alignment in bytes of the elements: of their record where that is known.
  [[nodiscard]] std::uint64_t element_align(const std::vector<const Touch*>& uses) const {
    std::uint64_t align = 1;
    for (const Touch& touch : reach_.touches) {
      if (touch.record_id.empty() || touch.object.size() <= uses.front()->object.size()) continue;
      if (!touch.object.starts_with(uses.front()->object) || touch.object.back() != ']') continue;
      if (touch.object.find(']', uses.front()->object.size()) + 1 != touch.object.size()) continue;
      if (const Record* record = model_.find(touch.record_id)) {
        align = std::max(align, record->align);
      }
    }
    const std::uint64_t stride = uses.front()->element.stride_bytes;
    if (align == 1) {
      while (align < 8 && stride % (2 * align) == 0) align *= 2;
    }
    return align;
  }

  struct Neighbour {
    std::string key;
    std::string name;
    std::string id;
    std::uint64_t begin = 0;  ///< Bytes from the first variable of the run.
    std::uint64_t size = 0;
  };

  /// Variables of one file, in the order of their definitions. What is constant or initialised
  /// lies in other sections; then the neighbours are no farther apart than they seem here.
  void variables() {
    std::map<std::string, std::vector<const Variable*>> sections;
    for (const Variable& variable : model_.variables) {
      if (variable.is_const || variable.thread_local_storage || variable.size == 0) continue;
      sections[variable.where.file].push_back(&variable);
    }
    for (auto& [section, all] : sections) {
      std::sort(all.begin(), all.end(), [](const Variable* a, const Variable* b) {
        return a->where.begin < b->where.begin;
      });
      std::vector<Neighbour> run;
      std::uint64_t end = 0;
      for (const Variable* variable : all) {
        end = (end + variable->align - 1) / variable->align * variable->align;
        run.push_back({"G:" + variable->id, variable->name, variable->id, end, variable->size});
        end += variable->size;
      }
      neighbours(run);
    }
    for (const Function& function : model_.functions) {
      std::vector<Neighbour> run;
      std::uint64_t end = 0;
      for (std::size_t i = 0; i < function.locals.size(); ++i) {
        const Local& local = function.locals[i];
        if (local.size == 0) continue;
        end = (end + local.align - 1) / local.align * local.align;
        run.push_back(
            {"L:" + function.id + "#" + std::to_string(i), local.name, {}, end, local.size});
        end += local.size;
      }
      neighbours(run);
    }
  }

  void neighbours(const std::vector<Neighbour>& run) {
    for (std::size_t i = 0; i < run.size(); ++i) {
      const auto a = variables_.find(run[i].key);
      if (a == variables_.end()) continue;
      for (std::size_t j = i + 1; j < run.size(); ++j) {
        if (run[j].begin >= run[i].begin + run[i].size + line_) break;
        const auto b = variables_.find(run[j].key);
        if (b == variables_.end()) continue;
        const Clash clash = write_clash(a->second, b->second, reach_);
        if (!clash.found) continue;
        const Range first = clash.first_range;
        const Range second = clash.second_range;
        if (!first.known() || !second.known()) continue;
        Contention made;
        made.kind = ContentionKind::Variables;
        made.tier = clash.tier;
        made.array_root = run[i].key;
        const std::uint64_t first_begin = 8 * run[i].begin;
        const std::uint64_t second_begin = 8 * run[j].begin;
        made.line_share =
            shared_line_share(first_begin + first.begin, first_begin + first.end,
                              second_begin + second.begin, second_begin + second.end, 8, line_);
        if (made.line_share <= 0) continue;
        made.first = {run[i].name, run[i].id, clash.first};
        made.second = {run[j].name, run[j].id, clash.second};
        found_.push_back(std::move(made));
      }
    }
  }

  const Model& model_;
  const ReachMap& reach_;
  std::uint64_t line_;
  bool anywhere_;
  std::map<std::string, ObjectsOf> records_;
  std::map<std::string, Touches> arrays_;
  std::map<std::string, Touches> variables_;
  std::vector<Contention> found_;
};

}  // namespace

double shared_line_share(std::uint64_t a_begin, std::uint64_t a_end, std::uint64_t b_begin,
                         std::uint64_t b_end, std::uint64_t align, std::uint64_t line) {
  if (a_end <= a_begin || b_end <= b_begin || line == 0) return 0;
  align = std::max<std::uint64_t>(align, 1);
  std::uint64_t shifts = 0;
  std::uint64_t shared = 0;
  for (std::uint64_t shift = 0; shift < line; shift += align) {
    ++shifts;
    const std::uint64_t a_first = (8 * shift + a_begin) / (8 * line);
    const std::uint64_t a_last = (8 * shift + a_end - 1) / (8 * line);
    const std::uint64_t b_first = (8 * shift + b_begin) / (8 * line);
    const std::uint64_t b_last = (8 * shift + b_end - 1) / (8 * line);
    if (a_first <= b_last && b_first <= a_last) ++shared;
    if (align >= line) break;
  }
  return static_cast<double>(shared) / static_cast<double>(shifts);
}

ContendedFields::ContendedFields(const Model& model) {
  if (model.functions.empty() || model.abi.cache_line_bytes == 0) return;
  const ReachMap reach = thread_reach(model);
  for (const Contention& one : Finder(model, reach, true).run()) {
    if (one.tier == ContentionTier::Possible || one.record_id.empty()) continue;
    if (one.kind != ContentionKind::Fields && one.kind != ContentionKind::ReadBeside) continue;
    pairs_.emplace(one.record_id, std::min(one.first.name, one.second.name),
                   std::max(one.first.name, one.second.name));
  }
}

bool ContendedFields::contains(const std::string& record_id, const std::string& a,
                               const std::string& b) const {
  return pairs_.contains({record_id, std::min(a, b), std::max(a, b)});
}

std::vector<Contention> find_contention(const Model& model, const ReachMap& reach) {
  return Finder(model, reach).run();
}

}  // namespace snug
