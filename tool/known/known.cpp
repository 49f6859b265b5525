// The tables of all families become one index by the last name, which all rows have.
//
// 1. Rows of the program come first, those of the project behind them; lists of plain names are one
// set of effects a name.
// 2. A look-up goes through the rows of the last name. A row fits if its scopes stand together
// among
//    those that are asked for (rows of a project: at their end), or if it asks for none.
// 3. The roles or effects of all rows that fit are joined; the one with the most scopes is the row.
#include "known/known.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "known/families.hpp"

namespace snug {
namespace {

using FamilyOf = families::Family (*)();
constexpr std::array<FamilyOf, 13> all_families{
    families::standard,    families::boost,  families::absl,    families::tbb,
    families::posix,       families::qt,     families::folly,   families::glib,
    families::windows,     families::others, families::systems, families::builder_functions,
    families::snug_runtime};

std::string_view scope_of(std::string_view qualified) {
  const std::size_t colons = qualified.rfind("::");
  return colons == std::string_view::npos ? std::string_view() : qualified.substr(0, colons);
}

/// "std::vector" of "std::__1::vector": namespaces of an ABI are no scopes that anybody writes.
std::string without_abi(std::string_view qualified) {
  std::string name(qualified);
  for (const std::string_view abi : {"::__cxx11::", "::__1::", "::__ndk1::", "::__cxx1998::"}) {
    if (const std::size_t at = name.find(abi); at != std::string::npos) {
      name.erase(at, abi.size() - 2);
    }
  }
  return name;
}

/// `scope` stands among the scopes of `owner`, one after the other.
bool has_scopes(std::string_view owner, std::string_view scope) {
  for (std::size_t at = 0; (at = owner.find(scope, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + scope.size();
    const bool begins = at == 0 || owner[at - 1] == ':';
    if (begins && (end == owner.size() || owner[end] == ':')) return true;
  }
  return false;
}

/// The scopes of `scope` stand among those of `owner` in the same order: arguments of templates may
/// stand between them.
bool has_scopes_in_order(std::string_view owner, std::string_view scope) {
  while (!scope.empty()) {
    const std::size_t colons = scope.find("::");
    const std::string_view wanted = scope.substr(0, colons);
    bool found = false;
    while (!owner.empty() && !found) {
      const std::size_t end = owner.find("::");
      found = owner.substr(0, end) == wanted;
      owner = end == std::string_view::npos ? std::string_view() : owner.substr(end + 2);
    }
    if (!found) return false;
    scope = colons == std::string_view::npos ? std::string_view() : scope.substr(colons + 2);
  }
  return true;
}

/// `scope` is what `owner` ends with.
bool ends_with_scopes(std::string_view owner, std::string_view scope) {
  return scope.empty() || owner == scope ||
         (owner.ends_with(scope) && owner[owner.size() - scope.size() - 1] == ':');
}

}  // namespace

std::string_view last_scope(std::string_view name) {
  const std::size_t colons = name.rfind("::");
  return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

KnownNames::KnownNames(OwnRows own) : own_(std::move(own)) {
  for (const FamilyOf family : all_families) {
    const families::Family rows = family();
    for (const KnownType& row : rows.types) add(row, false);
    for (const KnownFunction& row : rows.functions) add(row, false);
  }
  for (const families::EffectList& list : families::lists()) {
    for (std::string_view rest = list.names; !rest.empty();) {
      const std::size_t comma = rest.find(',');
      lists_[rest.substr(0, comma)] |= list.effects;
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
  }
  for (const OwnType& one : own_.types) {
    add({one.name, one.roles, one.element, one.key}, true);
  }
  for (const OwnFunction& one : own_.functions) {
    add({scope_of(one.name), last_scope(one.name), one.effects, one.entry, one.object, one.many,
         one.waits, one.name},
        true);
  }
}

const std::shared_ptr<const KnownNames>& KnownNames::built_in() {
  static const std::shared_ptr<const KnownNames> known = std::make_shared<const KnownNames>();
  return known;
}

Effects effects_of_name(std::string_view name) {
  return KnownNames::built_in()->named(name);
}

void KnownNames::add(const KnownType& row, bool own) {
  types_by_name_.emplace(last_scope(row.name), static_cast<std::uint32_t>(types_.size()));
  types_.push_back({row, own});
}

void KnownNames::add(const KnownFunction& row, bool own) {
  const auto index = static_cast<std::uint32_t>(functions_.size());
  if (row.name.ends_with('*') && row.name != "operator*") {
    families_.push_back(index);
  } else {
    functions_by_name_.emplace(row.name, index);
  }
  functions_.push_back({row, own});
}

TypeMatch KnownNames::type(std::string_view qualified) const {
  TypeMatch match;
  const std::string_view last = last_scope(qualified);
  match.roles = families::roles_by_words(last);
  const auto [begin, end] = types_by_name_.equal_range(last);
  if (begin == end) return match;
  const std::string name = without_abi(qualified);
  std::size_t scopes = 0;
  for (auto at = begin; at != end; ++at) {
    const TypeEntry& entry = types_[at->second];
    if (!ends_with_scopes(name, entry.row.name)) continue;
    match.roles |= entry.row.roles;
    const bool closer = match.row == nullptr || (entry.own && !match.own) ||
                        (entry.own == match.own && entry.row.name.size() > scopes);
    if (!closer) continue;
    match.row = &entry.row;
    match.own = entry.own;
    scopes = entry.row.name.size();
  }
  return match;
}

FunctionMatch KnownNames::match(std::string_view scope, std::string_view name, bool method,
                                bool own_only) const {
  FunctionMatch match;
  if (!own_only) match.effects = named(name);
  std::size_t closest = 0;
  const auto look = [&](std::uint32_t index) {
    const FunctionEntry& entry = functions_[index];
    const KnownFunction& row = entry.row;
    if (own_only && !entry.own) return;
    const bool fits = entry.own           ? has_scopes_in_order(scope, row.scope)
                      : row.scope == "*"  ? true
                      : row.scope.empty() ? !method
                                          : has_scopes(scope, row.scope);
    if (!fits) return;
    match.effects |= row.effects;
    // A longer pattern or more scopes are closer; rows of the project come before all.
    const std::size_t length = row.name.size() + (row.scope == "*" ? 0 : 1 + row.scope.size());
    if (match.row != nullptr && match.own && !entry.own) return;
    if (match.row != nullptr && match.own == entry.own && length <= closest) return;
    match.row = &row;
    match.own = entry.own;
    closest = length;
  };
  const auto [begin, end] = functions_by_name_.equal_range(name);
  for (auto at = begin; at != end; ++at) look(at->second);
  for (const std::uint32_t index : families_) {
    const std::string_view pattern = functions_[index].row.name;
    if (name.starts_with(pattern.substr(0, pattern.size() - 1))) look(index);
  }
  return match;
}

FunctionMatch KnownNames::function(std::string_view scope, std::string_view name,
                                   bool method) const {
  return match(scope, name, method, false);
}

bool KnownNames::has_algorithms(std::string_view scope) {
  return scope.starts_with("std") || scope.starts_with("boost::range");
}

const KnownFunction* KnownNames::builder(std::string_view name) const {
  const auto [begin, end] = functions_by_name_.equal_range(name);
  for (auto at = begin; at != end; ++at) {
    const KnownFunction& row = functions_[at->second].row;
    if (row.effects.has(Effect::Builds)) return &row;
  }
  return nullptr;
}

FunctionMatch KnownNames::own_function(std::string_view qualified) const {
  if (own_.functions.empty()) return {};
  return match(scope_of(qualified), last_scope(qualified), false, true);
}

FunctionMatch KnownNames::starter(std::string_view kind) const {
  return match(scope_of(kind), last_scope(kind), false, false);
}

std::string KnownNames::digest() const {
  std::string text;
  for (const OwnType& one : own_.types) {
    text += "type " + one.name + " " + std::to_string(one.roles.value()) + " " +
            std::to_string(one.element) + " " + std::to_string(one.key) + ";";
  }
  for (const OwnFunction& one : own_.functions) {
    text += "function " + one.name + " " + std::to_string(one.effects.value()) + " " +
            std::to_string(one.entry) + " " + std::to_string(one.object) +
            (one.many ? " many" : "") + (one.waits ? " waits" : "") + ";";
  }
  return text;
}

}  // namespace snug
