// Parameters that take a counted pointer by value and only read it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "analysis/check.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

constexpr std::array shared_ptr_by_value_options = {
    CheckOption{"min-copies", 1,
                "least number of calls known to copy the argument for a warning; with fewer the "
                "finding is a note"}};

constexpr std::size_t most_places = 4;

using ParameterKey = std::pair<std::string, std::uint32_t>;  // function id, index

class ByValueSearch {
 public:
  explicit ByValueSearch(Pass& pass) : pass_(pass) {
    const Ownership& facts = pass.model.ownership;
    for (const OwnerArgument& one : facts.arguments) {
      calls_[{one.function_id, one.index}].push_back(&one);
      if (one.copied) handed_by_[one.caller].push_back(&one);
    }
    for (const OwnerParameter& one : facts.parameters) {
      parameters_[{one.function_id, one.index}].push_back(&one);
    }
    for (const ParameterDeclaration& one : facts.declarations) {
      declarations_[{one.function_id, one.index}].push_back(&one);
    }
    for (const OwnerUnwrap& one : facts.unwraps) {
      if (one.source == UnwrapSource::Parameter) unwrapped_.insert({one.function_id, one.index});
    }
  }

  void run() {
    for (const OwnerParameter& parameter : pass_.model.ownership.parameters) look_at(parameter);
  }

 private:
  [[nodiscard]] bool is_candidate(const OwnerParameter& parameter) const {
    const std::vector<std::string>& named = pass_.model.ownership.named_functions;
    return parameter.use == OwnerUse::Read && parameter.reads > 0 && !parameter.virtual_function &&
           !parameter.coroutine && !parameter.from_macro && !parameter.drops_owners &&
           !std::binary_search(named.begin(), named.end(), parameter.function_id);
  }

  /// Every function that takes it by value from this one only reads it, too, or hands it on to
  /// such.
  [[nodiscard]] bool is_only_read(const OwnerParameter& parameter) {
    if (!is_candidate(parameter)) return false;
    const auto [place, added] = only_read_.try_emplace(&parameter, true);
    if (!added) return place->second;
    const auto handed = handed_by_.find(parameter.function);
    if (handed == handed_by_.end()) return true;
    for (const OwnerArgument* one : handed->second) {
      // The argument is the name of the parameter, as far as its place tells.
      const bool own = one->where.file == parameter.where.file &&
                       one->where.end - one->where.begin == parameter.name.size();
      if (!own) continue;
      const auto takers = parameters_.find({one->function_id, one->index});
      const bool read =
          takers != parameters_.end() &&
          std::all_of(takers->second.begin(), takers->second.end(),
                      [&](const OwnerParameter* taker) { return is_only_read(*taker); });
      if (!read) return only_read_[&parameter] = false;
    }
    return true;
  }

  void look_at(const OwnerParameter& parameter) {
    if (!is_only_read(parameter)) return;
    const ParameterKey key{parameter.function_id, parameter.index};
    const auto found = calls_.find(key);
    const std::size_t calls = found == calls_.end() ? 0 : found->second.size();
    std::vector<const OwnerArgument*> copies;
    if (calls > 0) {
      std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(copies),
                   [](const OwnerArgument* one) { return one->copied; });
      if (copies.empty()) return;  // every caller gives its owner away
    }
    // Who calls a lambda, and with what, is known only where a call was read.
    if (parameter.lambda && copies.empty()) return;
    // Taking the object out of the owner is the reason to take it by value.
    if (unwrapped_.contains(key) && copies.size() < calls) return;
    report(parameter, key, copies, calls);
  }

  /// Declared in sources alone: no one else's callers have to be compiled anew.
  [[nodiscard]] bool is_of_program(const ParameterKey& key) const {
    const auto found = declarations_.find(key);
    return found != declarations_.end() &&
           std::all_of(found->second.begin(), found->second.end(),
                       [&](const ParameterDeclaration* one) {
                         const std::vector<Unit>& units = pass_.model.units;
                         return std::any_of(units.begin(), units.end(), [&](const Unit& unit) {
                           return unit.file == one->place.where.file;
                         });
                       });
  }

  void report(const OwnerParameter& parameter, const ParameterKey& key,
              const std::vector<const OwnerArgument*>& copies, std::size_t calls) {
    Finding finding;
    const std::size_t least = std::max<std::size_t>(1, pass_.option("min-copies"));
    const bool sure = copies.size() >= least || (calls == 0 && least == 1 && is_of_program(key));
    finding.level = sure ? Level::Warning : Level::Note;
    finding.where = parameter.where;
    finding.record_id = parameter.type.pointee_id;
    finding.subject = fmt::format("{}\n{}", parameter.function, parameter.name);
    const std::string type = owner_text(parameter.type);
    const bool loop = std::any_of(copies.begin(), copies.end(),
                                  [](const OwnerArgument* one) { return one->in_loop; });
    finding.message = fmt::format(
        "'{}' of '{}' is a {} by value that is only read: each call {}increments and "
        "decrements the reference count; pass by const reference",
        parameter.name, parameter.function, type, loop ? "in a loop " : "that copies it ");
    add_evidence(parameter, copies, calls, finding);
    add_fix(parameter, key, finding);
    pass_.report(std::move(finding));
  }

  static void add_evidence(const OwnerParameter& parameter,
                           const std::vector<const OwnerArgument*>& copies, std::size_t calls,
                           Finding& finding) {
    finding.evidence.push_back(
        {"read",
         fmt::format(
             "'{}' is read here{} and neither stored, moved, captured nor returned", parameter.name,
             parameter.reads > 1 ? fmt::format(" and in {} other places", parameter.reads - 1)
                                 : std::string()),
         parameter.first_read});
    for (std::size_t i = 0; i < copies.size() && i < most_places; ++i) {
      finding.evidence.push_back(
          {"copy",
           fmt::format("'{}' copies its owner into the argument here{}", copies[i]->caller,
                       copies[i]->in_loop ? ", in a loop" : ""),
           copies[i]->where});
    }
    if (copies.size() > most_places) {
      finding.evidence.push_back(
          {"copy", fmt::format("{} of {} known calls copy it", copies.size(), calls), {}});
    }
    if (calls == 0) {
      finding.evidence.push_back(
          {"copy", "no callers were analyzed, so it is not known whether callers copy", {}});
    }
    finding.evidence.push_back(
        {"alternative",
         parameter.type.family == "snug::rc"
             ? fmt::format("snug::borrow<{}> is a pointer that may be passed by value",
                           parameter.type.pointee)
             : fmt::format("'const {}&' says more where there is always an object; with snug::rc, "
                           "snug::borrow<{}> is a pointer that may be passed by value",
                           parameter.type.pointee, parameter.type.pointee),
         {}});
  }

  void add_fix(const OwnerParameter& parameter, const ParameterKey& key, Finding& finding) const {
    SuggestedFix fix;
    fix.title =
        fmt::format("Take '{}' of '{}' by reference to const", parameter.name, parameter.function);
    const auto found = declarations_.find(key);
    if (found == declarations_.end()) {
      fix.reasons.emplace_back("its declaration was not seen");
    } else {
      for (const ParameterDeclaration* one : found->second) add_edits(one->place, fix);
    }
    finding.needs_proof = fix.reasons.empty();
    if (!fix.reasons.empty()) {
      fix.safety = Safety::Refused;
      fix.edits.clear();
    } else if (parameter.calls_out) {
      fix.safety = Safety::Review;
      fix.reasons.emplace_back(
          "a function that it calls could end the caller's owner while the reference is in use");
    } else {
      fix.safety = Safety::Safe;
    }
    std::sort(fix.edits.begin(), fix.edits.end());
    finding.fixes.push_back(std::move(fix));
  }

  static void add_edits(const DeclaratorPlace& place, SuggestedFix& fix) {
    const std::vector<TextEdit> edits = reference_edits(place);
    if (edits.empty()) {
      fix.reasons.push_back(fmt::format("{}:{}: this declaration cannot be edited with certainty",
                                        place.where.file, place.where.line));
      return;
    }
    fix.edits.insert(fix.edits.end(), edits.begin(), edits.end());
    std::vector<std::uint32_t>& units = fix.promise.units;
    units.insert(units.end(), place.units.begin(), place.units.end());
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
  }

  Pass& pass_;
  std::map<ParameterKey, std::vector<const OwnerArgument*>> calls_;
  std::map<ParameterKey, std::vector<const ParameterDeclaration*>> declarations_;
  std::set<ParameterKey> unwrapped_;
  std::map<ParameterKey, std::vector<const OwnerParameter*>> parameters_;
  std::map<std::string_view, std::vector<const OwnerArgument*>> handed_by_;  ///< By the caller.
  std::map<const OwnerParameter*, bool> only_read_;
};

void run_shared_ptr_by_value(Pass& pass) {
  ByValueSearch(pass).run();
}

}  // namespace

extern const Check shared_ptr_by_value;
const Check shared_ptr_by_value = {
    .id = "shared-ptr-by-value",
    .summary = "a counted pointer taken by value and only read",
    .doc =
        "A parameter of type std::shared_ptr (or snug::rc, boost::shared_ptr, "
        "boost::intrusive_ptr) by value is an owner of its own: each call that passes an existing "
        "owner counts up before it and down after it. With threads these are two atomic "
        "operations, and the line of the counts travels between the cores that use the object.\n\n"
        "The check reports parameters that the function only reads: it dereferences, tests or "
        "compares them, or passes them on by reference, or by value to a function of which the "
        "same is true. Lambdas count where a call of theirs was analyzed, or an algorithm calls "
        "them "
        "for each element. It is silent where the parameter is "
        "copied, stored, moved, captured by a lambda, returned or assigned: there the function "
        "needs an owner. It is silent, too, for virtual functions, coroutines, functions "
        "whose address is taken, and where every known call moves its owner in or passes a "
        "temporary. If no call was analyzed, the finding is a note where a header declares the "
        "function, which others may call, and a warning where a source file alone does.\n\n"
        "Ignore it where the copy is meant to keep the object alive: a function that calls back "
        "into code which may drop the caller's owner needs its own.\n\n"
        "The fix takes a reference to const in the definition and in every declaration. It is "
        "'safe' if the body calls nothing that could end the caller's owner, else 'review'. Where "
        "there is always an object, 'const T&' says more; snug::borrow<T> is the parameter type "
        "for snug::rc.\n",
    .options = shared_ptr_by_value_options,
    .run = run_shared_ptr_by_value,
    .needs_bodies = true,
};

}  // namespace snug::checks
