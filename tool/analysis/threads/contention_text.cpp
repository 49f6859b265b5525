#include "analysis/threads/contention_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "analysis/describe.hpp"

namespace snug {

namespace {

const Slot* find_slot(const std::vector<Slot>& slots, const std::string& name) {
  for (const Slot& slot : slots) {
    if (slot.name == name) return &slot;
    if (const Slot* inner = find_slot(slot.members, name)) return inner;
  }
  return nullptr;
}

std::string thread_text(const ReachThread& thread) {
  switch (thread.kind) {
    case ThreadKind::Main:
      return "the main thread";
    case ThreadKind::External:
      return "whoever calls it from outside of this code";
    case ThreadKind::Started:
      break;
  }
  return fmt::format("{}'{}', started as {} at {}:{}",
                     thread.many ? "several threads running " : "the thread running ",
                     thread.entry->name, thread.start->kind, file_name(thread.starter->where.file),
                     thread.start->where.line);
}

std::string use_text(const Touch& touch) {
  const std::string_view how = touch.lock       ? "takes or releases"
                               : touch.writes() ? (touch.atomic ? "updates" : "writes")
                                                : "reads";
  return fmt::format("'{}' {}", touch.function->name, how);
}

/// "'a()' -> 'b()' -> 'c()'"; of a long way the ends.
std::string path_text(const std::vector<ReachStep>& path) {
  constexpr std::size_t most = 3;  // steps
  std::string text = "'" + path.front().caller->name + "'";
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path.size() > most && i == 1) {
      const std::size_t left_out = path.size() - most;
      text += fmt::format(" -> ({} more)", left_out);
      i += left_out;
    }
    text += " -> '" + path[i].callee->name + "'";
  }
  return text;
}

/// Of an interface: which functions are called from outside, and what would prove the finding.
void add_public(const ReachMap& reach, const std::vector<const Contention*>& contention,
                std::vector<Evidence>& evidence) {
  constexpr std::size_t most = 4;
  std::set<std::string> names;
  const Function* first = nullptr;
  for (const Contention* one : contention) {
    for (const ContentionSide* side : {&one->first, &one->second}) {
      for (const Touch* touch : side->uses) {
        if (reach.threads[touch->thread].kind != ThreadKind::External) continue;
        const Function* root = touch->path.empty() ? touch->function : touch->path.front().caller;
        if (first == nullptr) first = root;
        names.insert(root->name);
      }
    }
  }
  if (first == nullptr) return;
  std::string list;
  std::size_t shown = 0;
  for (const std::string& name : names) {
    if (shown++ == most) break;
    list += (list.empty() ? "'" : ", '") + name + "'";
  }
  if (names.size() > most) list += fmt::format(" and {} more", names.size() - most);
  evidence.push_back(
      {"public",
       fmt::format("no callers of {} were analyzed: code that calls {} from two threads, or "
                   "naming its threads by [[known.function]], would make this proven",
                   list, names.size() == 1 ? "it" : "them"),
       first->where});
}

void add_side(const ReachMap& reach, const std::string& name, const ContentionSide& side,
              std::vector<Evidence>& evidence) {
  for (const Touch* touch : side.uses) {
    const ReachThread& thread = reach.threads[touch->thread];
    evidence.push_back({touch->writes() ? "writer" : "reader",
                        fmt::format("{}{} '{}' on {}", touch->hot ? "repeatedly " : "",
                                    use_text(*touch), name, thread_text(thread)),
                        range_of(*touch->function, touch->where)});
    if (!touch->path.empty()) {
      evidence.push_back({"path", "reached by " + path_text(touch->path),
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

}  // namespace

bool is_c(const Model& model, const SourceRange& where) {
  if (where.file.ends_with(".c")) return true;
  return where.file.ends_with(".h") && !model.units.empty() &&
         std::all_of(model.units.begin(), model.units.end(),
                     [](const Unit& unit) { return unit.file.ends_with(".c"); });
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

const Slot* slot_of(const Record& record, const std::string& field) {
  return find_slot(record.slots, field);
}

/// Memory that processes share is called by what maps it: "mmap()".
std::optional<ContendedName> name_of_mapping(const Model& model, const std::string& place) {
  const std::size_t hash = place.rfind('#');
  if (hash == std::string::npos) return std::nullopt;
  const Function* function = model.find_function(place.substr(0, hash));
  std::vector<std::string> parts(1);
  for (const char c : place.substr(hash + 1)) {
    if (c == ':') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (function == nullptr || parts.size() != 4) return std::nullopt;
  const auto number = [&](std::size_t i) {
    return static_cast<std::uint32_t>(std::stoul(parts[i]));
  };
  const std::string text = parts[0] + "()";
  return ContendedName{text, range_of(*function, {number(1), number(2), number(3)}),
                       function->name + "::" + text};
}

std::optional<ContendedName> name_of(const Model& model, const Contention& contention) {
  if (const Record* record = model.find(contention.record_id)) {
    const Slot* slot = slot_of(*record, contention.first.name);
    if (slot != nullptr) {
      return ContendedName{record->name + "::" + slot->name,
                           slot->where.known() ? slot->where : record->where,
                           subject_of(*record, std::vector<std::string>{slot->name})};
    }
  }
  const TouchedElement& element = contention.first.uses.front()->element;
  if (contention.record_id.empty() && element.made_by != nullptr) {
    const std::string text = element.made_by->name + "()";
    return ContendedName{text, range_of(*element.maker, element.made_by->where),
                         element.maker->name + "::" + text};
  }
  const std::string& root = contention.array_root;
  if (root.starts_with("G:")) {
    const Variable* variable = model.find_variable(root.substr(2));
    if (variable == nullptr) return std::nullopt;
    return ContendedName{variable->name, variable->where, variable->name};
  }
  if (root.starts_with("M:")) return name_of_mapping(model, root.substr(2));
  const std::size_t hash = root.rfind('#');
  if (!root.starts_with("L:") || hash == std::string::npos) return std::nullopt;
  const Function* function = model.find_function(root.substr(2, hash - 2));
  const std::size_t number = std::stoul(root.substr(hash + 1));
  if (function == nullptr || number >= function->locals.size()) return std::nullopt;
  const Local& local = function->locals[number];
  return ContendedName{local.name, range_of(*function, local.where),
                       function->name + "::" + local.name};
}

void add_uses(const ReachMap& reach, const std::vector<const Contention*>& contention,
              const std::string& name, std::vector<Evidence>& evidence) {
  constexpr std::size_t most = 6;
  const std::size_t shown = contention.size() <= most + 1 ? contention.size() : most;
  for (std::size_t i = 0; i < shown; ++i) {
    const Contention& one = *contention[i];
    add_side(reach, name.empty() ? one.first.name : name, one.first, evidence);
    add_side(reach, name.empty() ? one.second.name : name, one.second, evidence);
  }
  drop_repeated(evidence);
  add_public(reach, contention, evidence);
  if (shown < contention.size()) {
    evidence.push_back(
        {"more", fmt::format("{} more pairs that threads use like this", contention.size() - shown),
         evidence.back().where});
  }
}

void add_unknown(const ReachMap& reach, const std::vector<const Contention*>& contention,
                 const SourceRange& where, std::vector<Evidence>& evidence) {
  std::set<std::uint32_t> threads;
  for (const Contention* one : contention) {
    for (const ContentionSide* side : {&one->first, &one->second}) {
      for (const Touch* touch : side->uses) threads.insert(touch->thread);
    }
  }
  std::set<std::pair<const Function*, Spot>> places;
  const UnknownCall* first = nullptr;
  for (const UnknownCall& call : reach.unknown_calls) {
    if (!threads.contains(call.thread)) continue;
    places.insert({call.function, call.where});
    if (first == nullptr) first = &call;
  }
  if (first != nullptr) {
    const std::string what = first->starts_thread
                                 ? "starts a thread whose code is not known"
                                 : "calls something through a pointer that is not known";
    const std::string more =
        places.size() > 1 ? fmt::format("; {} more calls on these threads", places.size() - 1) : "";
    evidence.push_back({"not-followed",
                        fmt::format("'{}' {}{}: what they use is not seen here",
                                    first->function->name, what, more),
                        range_of(*first->function, first->where)});
  }
  if (!reach.complete) {
    evidence.push_back({"not-followed",
                        "the code is too large to follow every call; what is reached by the rest "
                        "is not seen here",
                        where});
  }
}

}  // namespace snug
