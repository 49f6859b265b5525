#include "analysis/threads/contention_clash.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace snug::contention {

namespace {

constexpr std::size_t most_uses = 4;  ///< Of each side, as evidence.

bool common_lock(const Touch& a, const Touch& b) {
  return std::any_of(a.locks.begin(), a.locks.end(), [&](const std::string& lock) {
    return std::binary_search(b.locks.begin(), b.locks.end(), lock);
  });
}

/// Both see the same object: equal keys are one object unless each thread has its own.
bool same_object(const Touch& a, const Touch& b) {
  const auto visible = [&](const Touch& touch) {
    if (touch.sharing == Sharing::Shared) return true;
    // What the starter has made, and has given to threads.
    return touch.sharing == Sharing::Private &&
           (touch.object.starts_with("L:") || touch.object.starts_with("H:"));
  };
  if (!visible(a) || !visible(b)) return false;
  if (a.thread == b.thread) return a.sharing == Sharing::Shared;
  return a.sharing == Sharing::Shared || b.sharing == Sharing::Shared;
}

std::set<const Function*> functions_of(const Touches& touches) {
  std::set<const Function*> functions;
  for (const Touch* touch : touches) functions.insert(touch->function);
  return functions;
}

/// Each is touched again and again by threads that leave the other one alone.
bool on_other_threads(const Touches& first, const Touches& second) {
  std::set<std::uint32_t> threads;
  for (const Touch* touch : first) {
    if (touch->hot) threads.insert(touch->thread);
  }
  return std::none_of(second.begin(), second.end(), [&](const Touch* touch) {
    return touch->hot && threads.contains(touch->thread);
  });
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

void add_use(std::vector<const Touch*>& uses, const Touch* touch) {
  const bool known = std::any_of(uses.begin(), uses.end(), [&](const Touch* one) {
    return one->function == touch->function && one->thread == touch->thread;
  });
  if (!known && uses.size() < most_uses) uses.push_back(touch);
}

bool hot_on(const Touches& touches, std::uint32_t thread) {
  return std::any_of(touches.begin(), touches.end(),
                     [&](const Touch* touch) { return touch->thread == thread && touch->hot; });
}

/// The write of an atomic whose turn comes each time, or once its function, which looks at the two
/// on each round, sees that it may: the head and the tail of a queue.
bool polls(const Touch& write, const Touches& first, const Touches& second) {
  if (write.steady) return true;
  if (!write.atomic || !write.branched || write.kind != AccessKind::ReadWrite) return false;
  const auto looks = [&](const Touches& touches) {
    return std::any_of(touches.begin(), touches.end(), [&](const Touch* read) {
      return read->function == write.function && read->thread == write.thread && read->atomic &&
             read->steady && read->kind == AccessKind::Read;
    });
  };
  return looks(first) && looks(second);
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

}  // namespace

void Range::add(const Touch& touch) {
  if (touch.size_bits == 0) return;
  begin = std::min(begin, touch.offset_bits);
  end = std::max(end, touch.offset_bits + touch.size_bits);
}

void Clash::add(const Touch* a, const Touch* b, ContentionTier with) {
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

bool Judge::is_started(const Touch& touch) const {
  return reach_.threads[touch.thread].kind == ThreadKind::Started;
}

bool Judge::is_external(const Touch& touch) const {
  return reach_.threads[touch.thread].kind == ThreadKind::External;
}

bool Judge::is_steady(const Touch& touch) const {
  return std::none_of(touch.through.begin(), touch.through.end(),
                      [&](const auto& pointer) { return reach_.moving.contains(pointer); });
}

/// Again and again: in a loop, or a read-modify-write of an interface that anyone may call.
bool Judge::is_busy(const Touch& touch) const {
  if (touch.hot) return true;
  return is_external(touch) && (touch.atomic || touch.lock) && touch.kind == AccessKind::ReadWrite;
}

bool Judge::can_clash(const Touch& a, const Touch& b) const {
  return !common_lock(a, b) && same_object(a, b) && reach_.concurrent(a, b);
}

ContentionTier Judge::tier_of(const Touch& a, const Touch& b, bool branches) const {
  const auto often = [&](const Touch& touch) {
    return touch.steady || (branches && touch.branched);
  };
  const bool one_object =
      a.exact && b.exact && a.anchor == b.anchor && is_steady(a) && is_steady(b);
  if (one_object && often(a) && often(b) && reach_.together(a, b) == Together::Surely) {
    return ContentionTier::Proven;
  }
  return ContentionTier::Possible;
}

bool Judge::moves_both(const Touch& write, const Touches& spun) const {
  const bool many = reach_.threads[write.thread].many;
  return std::any_of(spun.begin(), spun.end(), [&](const Touch* other) {
    return other->writes() && other->steady && other->thread == write.thread &&
           (other->function == write.function || !many);
  });
}

Clash Judge::writes(const Touches& first, const Touches& second) const {
  Clash clash;
  const Touches a_writes = writes_among(first);
  const Touches b_writes = writes_among(second);
  // One function for both is one that is given either, by different threads.
  const bool given = on_other_threads(a_writes, b_writes);
  if (!given && functions_of(a_writes) == functions_of(b_writes)) return clash;
  for (const Touch* a : a_writes) {
    if (!is_busy(*a)) continue;
    for (const Touch* b : b_writes) {
      if (!is_busy(*b) || !can_clash(*a, *b)) continue;
      if (a->function == b->function && !(given && is_started(*a) && is_started(*b))) continue;
      // What both threads write, they fight over wherever it lies.
      const bool apart = !hot_on(b_writes, a->thread) && !hot_on(a_writes, b->thread);
      const bool queue = polls(*a, first, second) && polls(*b, first, second);
      clash.add(a, b, apart ? tier_of(*a, *b, queue) : ContentionTier::Possible);
    }
  }
  return clash;
}

Clash Judge::reads(const Touches& written, const Touches& read) const {
  Clash clash;
  const bool changes = std::any_of(
      read.begin(), read.end(), [&](const Touch* touch) { return touch->writes() && touch->hot; });
  if (changes) return clash;
  for (const Touch* w : writes_among(written)) {
    if (!w->hot) continue;
    for (const Touch* r : read) {
      if (r->writes() || !r->hot || w->function == r->function || !can_clash(*w, *r) ||
          ((is_external(*w) || is_external(*r)) && !is_witnessed(*w, *r))) {
        continue;
      }
      const bool apart = std::none_of(written.begin(), written.end(), [&](const Touch* other) {
        return other->function == r->function;
      });
      if (!hot_on(written, r->thread)) {
        clash.add(w, r, tier_of(*w, *r));
      } else if (apart && w->atomic && w->kind == AccessKind::ReadWrite) {
        clash.add(w, r, ContentionTier::Possible);
      }
    }
  }
  return clash;
}

Clash Judge::spins(const Touches& first, const Touches& second) const {
  Clash clash;
  for (const Touch* w : writes_among(first)) {
    if (!w->hot || !w->atomic || moves_both(*w, second)) continue;
    for (const Touch* r : second) {
      if (r->spun && r->hot && can_clash(*w, *r)) clash.add(w, r, tier_of(*w, *r));
    }
  }
  return clash;
}

Clash Judge::steals(const Touches& own, const Touches& taken, const Touches& own_of_others,
                    const Touches& taken_of_own) const {
  Clash clash;
  const auto disturbs = [](const Touch* touch) { return touch->writes() && touch->hot; };
  if (std::any_of(own_of_others.begin(), own_of_others.end(), disturbs)) return clash;
  const auto takes = [](const Touch* touch) { return touch->writes() && touch->steady; };
  if (std::any_of(taken_of_own.begin(), taken_of_own.end(), takes)) return clash;
  for (const Touch* a : own) {
    if (!a->writes() || !a->atomic || !a->steady || !a->exact || !is_started(*a) ||
        a->sharing != Sharing::PerThread || !reach_.threads[a->thread].many) {
      continue;
    }
    for (const Touch* b : taken) {
      const bool meant = b->atomic && b->hot && b->kind == AccessKind::ReadWrite &&
                         b->thread == a->thread && b->function != a->function;
      if (!meant || b->sharing == Sharing::Private || common_lock(*a, *b)) continue;
      // Who takes what others have looks at how much there is; who claims a free one does not.
      const bool looks =
          std::any_of(own_of_others.begin(), own_of_others.end(), [&](const Touch* read) {
            return read->function == b->function && read->atomic && !read->writes();
          });
      if (!looks) continue;
      const bool surely =
          is_steady(*a) && is_steady(*b) && reach_.together(*a, *b) == Together::Surely;
      clash.add(a, b, surely ? ContentionTier::Proven : ContentionTier::Possible);
    }
  }
  return clash;
}

Clash Judge::updates(const Touches& first, const Touches& second, bool shared) const {
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
      if (!is_external(*a) || !is_external(*b) || a->sharing != Sharing::Shared ||
          b->sharing != Sharing::Shared || common_lock(*a, *b)) {
        continue;
      }
      const bool locks = a->lock || b->lock;
      clash.add(a, b, shared && !locks ? ContentionTier::Likely : ContentionTier::Possible);
    }
  }
  return clash;
}

}  // namespace snug::contention
