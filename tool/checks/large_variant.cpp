// Variants and tagged unions that one rare, large alternative makes large.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/holders.hpp"
#include "analysis/sum_types.hpp"

namespace snug::checks {

namespace {

constexpr std::array large_variant_options = {
    CheckOption{"min-bytes", 64, "least number of bytes that an object must shrink by"},
    CheckOption{"common-percent", 30,
                "share of the places that build an object, above which an alternative is common"}};

/// Indices of the choices, the largest first.
std::vector<std::size_t> by_size(const SumType& type) {
  std::vector<std::size_t> order(type.choices.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return type.choices[a].size > type.choices[b].size;
  });
  return order;
}

/// Bytes of an object when the first `boxed` of `order` are pointers.
std::uint64_t size_boxed(const SumType& type, const std::vector<std::size_t>& order,
                         std::size_t boxed, const Abi& abi) {
  std::vector<Room> rooms;
  for (const UnionChoice& choice : type.choices) rooms.push_back({choice.size, choice.align});
  for (std::size_t i = 0; i < boxed; ++i) {
    rooms[order[i]] = {abi.pointer_bytes, abi.pointer_bytes};
  }
  return type.size_with(rooms);
}

/// Up to half of the alternatives, and those that are as large as the largest one: one alone would
/// help nobody. One that is no mere nothing stays.
std::size_t most_boxed(const SumType& type, const std::vector<std::size_t>& order) {
  std::size_t alike = 1;
  while (alike < order.size() &&
         type.choices[order[alike]].size == type.choices[order.front()].size) {
    ++alike;
  }
  std::size_t kept = type.optional ? 1 : 0;
  for (std::size_t i = alike; i < order.size(); ++i) kept += type.choices[order[i]].nothing ? 0 : 1;
  return std::max(order.size() / 2, kept == 0 ? 0 : alike);
}

/// What is reported of one type.
struct Boxing {
  std::vector<std::size_t> order;
  std::size_t boxed = 0;    ///< How many of the largest.
  std::uint64_t after = 0;  ///< Bytes.
};

/// The fewest alternatives to box so that it pays.
std::optional<Boxing> best_boxing(const SumType& type, std::uint64_t min_bytes, const Abi& abi) {
  Boxing boxing;
  boxing.order = by_size(type);
  for (boxing.boxed = 1; boxing.boxed <= most_boxed(type, boxing.order); ++boxing.boxed) {
    boxing.after = size_boxed(type, boxing.order, boxing.boxed, abi);
    const std::uint64_t saved = type.size - std::min(type.size, boxing.after);
    if (saved >= std::max<std::uint64_t>(min_bytes, 1) && 2 * saved >= type.size) return boxing;
  }
  return std::nullopt;
}

struct Share {
  std::uint64_t boxed = 0;
  std::uint64_t all = 0;
};

Share share_of(const SumType& type, const Boxing& boxing) {
  Share share;
  for (std::size_t i = 0; i < boxing.order.size(); ++i) {
    const std::uint64_t weight = type.choices[boxing.order[i]].weight();
    share.all += weight;
    if (i < boxing.boxed) share.boxed += weight;
  }
  return share;
}

/// A buffer in the object that spares an allocation: the other members point to what is too large
/// for it. Boxing would take back what it is there for.
bool spares_allocation(const SumType& type, const Boxing& boxing) {
  if (type.record == nullptr) return false;
  const auto ends_with_star = [](const UnionChoice& choice) { return choice.type.ends_with('*'); };
  for (std::size_t i = 0; i < boxing.boxed; ++i) {
    const UnionChoice& large = type.choices[boxing.order[i]];
    const std::size_t bracket = large.type.find('[');
    if (bracket == std::string::npos) continue;
    for (const UnionChoice& other : type.choices) {
      const std::string element =
          large.type.substr(0, large.type.find_last_not_of(" [", bracket) + 1);
      const bool points = other.type.find(element) != std::string::npos ||
                          other.type.find("void") != std::string::npos;
      if (ends_with_star(other) && points) return true;
    }
  }
  return false;
}

/// What is saved is half of every record that has the optional for a field.
bool rules_its_owners(const SumType& type, const Boxing& boxing, const Model& model) {
  const std::uint64_t saved = type.size - boxing.after;
  return std::all_of(model.holdings.begin(), model.holdings.end(), [&](const Holding& holding) {
    if (holding.record_id != type.id || holding.place != HoldingPlace::Field) return true;
    const Record* owner = holding.kind == HoldingKind::Value ? model.find(holding.owner) : nullptr;
    return owner == nullptr || 2 * saved >= owner->size;
  });
}

bool is_optional(const SumType& type) {
  return std::count_if(type.choices.begin(), type.choices.end(),
                       [](const UnionChoice& choice) { return !choice.nothing; }) < 2;
}

std::string places_text(const UnionChoice& choice) {
  const std::size_t places = choice.built.size();
  if (places == 0) return "never constructed in the analyzed code";
  const auto loops = static_cast<std::size_t>(
      std::count_if(choice.built.begin(), choice.built.end(),
                    [](const BuildSite& site) { return site.weight > 1; }));
  std::string text = fmt::format("built at {} place{}", places, places == 1 ? "" : "s");
  if (loops > 0) text += fmt::format(", {} in a loop", loops);
  return text;
}

/// "'A'", "'A' and 'B'", "'A', 'B' and 'C'".
std::string names_text(const SumType& type, const Boxing& boxing) {
  std::string text;
  for (std::size_t i = 0; i < boxing.boxed; ++i) {
    if (i > 0) text += i + 1 == boxing.boxed ? " and " : ", ";
    text += fmt::format("'{}'", type.choices[boxing.order[i]].name);
  }
  return text;
}

void add_table(const SumType& type, const Boxing& boxing, const Abi& abi, Finding& finding) {
  for (const std::size_t index : boxing.order) {
    const UnionChoice& choice = type.choices[index];
    if (type.optional) continue;
    finding.evidence.push_back(
        {"alternative",
         fmt::format("'{}': {}, {}", choice.name, bytes_text(choice.size), places_text(choice)),
         choice.built.empty() ? choice.where : choice.built.front().where});
  }
  for (std::size_t boxed = 1; boxed <= most_boxed(type, boxing.order); ++boxed) {
    const std::uint64_t after = size_boxed(type, boxing.order, boxed, abi);
    if (after >= type.size) continue;
    finding.evidence.push_back(
        {"saving",
         boxed == 1 ? fmt::format("boxing the largest alternative makes it {}", bytes_text(after))
                    : fmt::format("boxing the {} largest makes it {}", boxed, bytes_text(after)),
         type.where});
    if (boxed > boxing.boxed) break;  // one beyond what is advised shows whether more would help
  }
}

std::string suggestion(const SumType& type, const Boxing& boxing) {
  if (type.c) {
    return fmt::format("hold {} by pointer, allocated where the tag says so",
                       names_text(type, boxing));
  }
  if (type.optional) {
    return fmt::format(
        "a std::unique_ptr<{}>, or a std::optional of a snug::box of it, takes a pointer where "
        "there is none",
        type.choices[boxing.order.front()].name);
  }
  if (type.record != nullptr) {
    return fmt::format(
        "hold {} by pointer, or make a std::variant of the union with a snug::box of "
        "the large alternative",
        names_text(type, boxing));
  }
  std::string boxes;
  for (std::size_t i = 0; i < boxing.boxed; ++i) {
    const std::string& name = type.choices[boxing.order[i]].name;
    boxes += fmt::format("{}snug::box<{}>", i == 0 ? "" : ", ", name);
  }
  return fmt::format(
      "write {} in the list of alternatives: get<snug::box<T>>(v) gives the box, *box "
      "the value; snug::compact_variant boxes what is large by itself",
      boxes);
}

void report(Pass& pass, const SumType& type, const Boxing& boxing, HeldAs as,
            std::vector<Evidence> held) {
  const Share share = share_of(type, boxing);
  Finding finding;
  const bool built = type.optional || share.all > 0;
  finding.level = as >= HeldAs::Again && built ? Level::Warning : Level::Note;
  finding.where = type.where;
  finding.record_id = type.id;
  finding.subject = type.subject;
  finding.bytes_saved = static_cast<std::int64_t>(type.size - boxing.after);
  const std::uint64_t large = type.choices[boxing.order[0]].size;
  finding.message = fmt::format("'{}' is {} because of {} ({}{}); boxing {} reduces this to {}",
                                type.name, bytes_text(type.size), names_text(type, boxing),
                                boxing.boxed == 1 ? "" : "up to ", bytes_text(large),
                                boxing.boxed == 1 ? "it" : "them", boxing.after);
  add_table(type, boxing, pass.model.abi, finding);
  std::move(held.begin(), held.end(), std::back_inserter(finding.evidence));
  if (as < HeldAs::Again) {
    finding.evidence.push_back(
        {"held", "no container or array of them was seen: there may be few", type.where});
  }
  std::uint64_t instances = 0;
  for (const Holding& holding : pass.model.holdings) {
    if (holding.record_id == type.id && holding.kind == HoldingKind::Array) {
      instances += holding.count;
    }
  }
  if (instances > 0) finding.instances = instances;
  finding.evidence.push_back({"suggestion", suggestion(type, boxing), type.where});
  pass.report(std::move(finding));
}

/// As many places for each of several alternatives say nothing of how common one is: then the
/// share, in percent, that the boxed ones have of them; else 0.
std::uint64_t even_percent(const SumType& type, const Boxing& boxing) {
  std::uint64_t weight = 0;
  std::uint64_t built = 0;
  for (const UnionChoice& choice : type.choices) {
    if (choice.weight() == 0) continue;
    if (weight != 0 && choice.weight() != weight) return 0;
    weight = choice.weight();
    ++built;
  }
  return built < 3 ? 0 : 100 * boxing.boxed / built + 1;
}

void run_large_variant(Pass& pass) {
  std::vector<std::pair<SourceRange, std::string>> told;  // instantiations of one declaration
  for (const SumType& type : find_sum_types(pass.model)) {
    if (type.choices.size() < 2 || (is_optional(type) && !type.optional)) continue;
    const auto boxing = best_boxing(type, pass.option("min-bytes"), pass.model.abi);
    if (!boxing || spares_allocation(type, *boxing)) continue;
    const Share share = share_of(type, *boxing);
    const std::uint64_t common =
        std::max<std::uint64_t>(pass.option("common-percent"), even_percent(type, *boxing));
    if (100 * share.boxed > common * share.all) continue;
    std::vector<Evidence> held;
    const HeldAs as = pass.holders.held(type.id, held);
    if (as == HeldAs::Nowhere || as == HeldAs::Local) continue;
    if (type.optional && (as < HeldAs::Again || !rules_its_owners(type, *boxing, pass.model))) {
      continue;
    }
    const std::pair key(type.where, type.subject);
    if (std::find(told.begin(), told.end(), key) != told.end()) continue;
    told.push_back(key);
    report(pass, type, *boxing, as, std::move(held));
  }
}

constexpr std::string_view large_variant_doc =
    R"(A variant is as large as its largest alternative, and so is a union. Where that alternative is
rare, every object pays for it: a vector of a million events that are 8 bytes each takes 264 million
bytes because one kind of event carries a picture. In a box, which is one pointer wide, the large
alternative costs an allocation when it is built, and the others cost nothing.

The check knows std::variant, absl::variant, boost::variant, boost::variant2, optionals of 64 bytes
and more, records that hold an enumeration and a union, and unions whose structs all begin with the
same tag, in C as well. It lists all alternatives with their sizes and the places that build them,
what boxing the largest one, two, ... saves, and what holds the objects. The sizes after boxing are
computed with the rule that gives the size before.

Reported is the smallest number of alternatives, at most half of them or those that are as large as
the largest, that saves min-bytes and half of the object. What a constructor puts in is built where
the constructor is called. The finding is a warning where a container or an array holds the objects,
alone or in other records, and some place builds one; it is a note where neither was seen.

Not reported: variants of one type and std::monostate (an optional), optionals that no container or
array holds, alone or in other records, variants whose alternatives are all alike, those that live
in local variables only, unions with a buffer that spares an allocation, and those whose large
alternatives are common: built at more than common-percent of the places, and more often than the
others, where a place in a loop counts ten times.

When not to follow it: if the large alternative is common at run time although few places build it,
an allocation each costs more than the bytes. If objects are short-lived or few, the bytes are worth
nothing. Moving the rare bulk of the alternative into a box, instead of all of it, keeps what is
often read in the object.

The fix type is snug::box. std::unique_ptr does as well where the objects are never copied.)";

}  // namespace

extern const Check large_variant;
const Check large_variant = {.id = "large-variant",
                             .summary = "variants that a rare alternative makes large",
                             .doc = large_variant_doc,
                             .options = large_variant_options,
                             .run = run_large_variant,
                             .needs_bodies = true,
                             .by_value = true};

}  // namespace snug::checks
