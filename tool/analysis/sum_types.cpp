#include "analysis/sum_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "analysis/describe.hpp"
#include "analysis/tagged_unions.hpp"
#include "known/known.hpp"

namespace snug {

namespace {

/// How a variant stores its alternatives: `buffers` times the largest, and an index.
struct VariantRule {
  std::uint64_t index = 1;    ///< Bytes; its alignment is the same.
  std::uint64_t buffers = 1;  ///< boost::variant2 may have two.

  [[nodiscard]] std::uint64_t size(const std::vector<Room>& rooms) const {
    std::uint64_t largest = 0;
    std::uint64_t align = 1;
    for (const Room& room : rooms) {
      largest = std::max(largest, room.size);
      align = std::max(align, room.align);
    }
    const std::uint64_t storage = buffers * round_up(std::max<std::uint64_t>(largest, 1), align);
    return round_up(storage + index, std::max(align, index));
  }
};

/// The rule that gives the size that the compiler gave.
std::optional<VariantRule> rule_of(const Variant& variant, const std::vector<Room>& rooms) {
  std::uint64_t align = 1;
  for (const Room& room : rooms) align = std::max(align, room.align);
  for (const std::uint64_t buffers : {1U, 2U}) {
    for (const std::uint64_t index : {1U, 2U, 4U, 8U}) {
      const VariantRule rule{index, buffers};
      if (std::max(align, index) == variant.align && rule.size(rooms) == variant.size) return rule;
    }
  }
  return std::nullopt;
}

bool is_nothing(std::string_view type) {
  return KnownNames::built_in()->type(type).is(TypeRole::Empty);
}

/// A type without const and references.
std::string_view bare(std::string_view type) {
  if (type.starts_with("const ")) type.remove_prefix(6);
  while (type.ends_with('&') || type.ends_with(' ')) type.remove_suffix(1);
  return type;
}

bool is_text(std::string_view type) {
  return type == "char *" || type.starts_with("char [") || type.starts_with("char[");
}

/// The alternative that an argument of the constructor becomes; null if it cannot be told.
UnionChoice* alternative_of(std::vector<UnionChoice>& choices, const Construction& construction) {
  const std::string_view type = bare(construction.source_type);
  UnionChoice* found = nullptr;
  for (UnionChoice& choice : choices) {
    if (choice.type == type) return &choice;
    const bool same = !choice.record_id.empty() && choice.record_id == construction.source_id;
    const bool text = is_text(type) && choice.type.find("basic_string<char") != std::string::npos;
    if (same || text) found = &choice;
  }
  return found;
}

using ById = std::map<std::string_view, std::size_t>;

/// The alternative that a method of a variant of the project is given: Either::of(value),
/// set(value). Null: none, or several.
UnionChoice* given_to_method(std::vector<SumType>& types, const ById& by_id, const Call& call,
                             const Model& model) {
  const Function* callee = call.callee.empty() ? nullptr : model.find_function(call.callee);
  if (callee == nullptr || callee->kind != FunctionKind::Plain || callee->is_const) return nullptr;
  const auto type = by_id.find(callee->record_id);
  if (type == by_id.end()) return nullptr;
  UnionChoice* found = nullptr;
  for (const Parameter& parameter : callee->parameters) {
    for (UnionChoice& choice : types[type->second].choices) {
      const bool same = choice.record_id.empty() ? choice.type == bare(parameter.type)
                                                 : choice.record_id == parameter.record_id;
      if (!same) continue;
      if (found != nullptr) return nullptr;
      found = &choice;
    }
  }
  return found;
}

void add_constructions(std::vector<SumType>& types, const BuildPlaces& places, const Model& model) {
  ById by_id;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i].record == nullptr) by_id.emplace(types[i].id, i);
  }
  // One place of a template is one place, and so are a variable and the value that it is made of.
  std::set<std::tuple<const UnionChoice*, std::string, std::uint32_t>> seen;
  for (const Function& function : model.functions) {
    for (const Construction& one : function.constructions) {
      const auto type = by_id.find(one.record_id);
      if (type == by_id.end() || one.source_type.empty()) continue;
      UnionChoice* choice = alternative_of(types[type->second].choices, one);
      if (choice == nullptr || !seen.emplace(choice, function.where.file, one.where.line).second)
        continue;
      for (BuildSite& site : places.of(function, one.where, one.loop)) {
        choice->built.push_back(std::move(site));
      }
    }
    for (const Call& call : function.calls) {
      UnionChoice* choice = given_to_method(types, by_id, call, model);
      if (choice == nullptr || !seen.emplace(choice, function.where.file, call.where.line).second)
        continue;
      for (BuildSite& site : places.of(function, call.where, call.loop)) {
        choice->built.push_back(std::move(site));
      }
    }
  }
}

std::vector<SumType> library_variants(const Model& model) {
  std::vector<SumType> types;
  for (const Variant& variant : model.variants) {
    SumType type;
    type.id = variant.id;
    type.name = variant.name.empty() ? variant.type : variant.name;
    type.where = variant.where;
    type.subject = type.name;
    type.size = variant.size;
    for (const Alternative& alternative : variant.alternatives) {
      UnionChoice choice;
      choice.name = choice.type = alternative.type;
      choice.record_id = alternative.record_id;
      choice.size = alternative.size;
      choice.align = alternative.align;
      choice.nothing = is_nothing(alternative.type);
      const Record* record = model.find(alternative.record_id);
      if (record != nullptr) {
        choice.name = record->name;
        if (record->reported) choice.where = record->where;
      }
      type.choices.push_back(std::move(choice));
    }
    type.optional = variant.family.ends_with("::optional");
    const std::optional<VariantRule> rule = rule_of(variant, rooms_of(type.choices));
    if (!rule) continue;
    type.size_with = [rule = *rule](const std::vector<Room>& rooms) { return rule.size(rooms); };
    types.push_back(std::move(type));
  }
  return types;
}

}  // namespace

std::uint64_t UnionChoice::weight() const {
  std::uint64_t sum = 0;
  for (const BuildSite& site : built) sum += site.weight;
  return sum;
}

std::vector<SumType> find_sum_types(const Model& model) {
  const BuildPlaces places(model);
  std::vector<SumType> types = library_variants(model);
  add_constructions(types, places, model);
  for (SumType& type : tagged_unions(places, model)) types.push_back(std::move(type));
  std::stable_sort(types.begin(), types.end(),
                   [](const SumType& a, const SumType& b) { return a.where < b.where; });
  return types;
}

}  // namespace snug
