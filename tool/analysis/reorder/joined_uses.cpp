// What units tell of a use that only counts together:
//   1. a symbol that is declared with different types: the records among them are read and written
//      as each other, or as bytes;
//   2. a record whose address becomes a `void*` and another one that is made of a `void*` and
//      begins alike: the one may be taken for the other. Two fields of the same names and types are
//      no chance; where the names differ, it takes four, or all of the smaller record;
//   3. a program that counts its allocations and has values that are on the heap or not as their
//      size says: the size of any record may be seen.
#include "analysis/reorder/joined_uses.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "analysis/describe.hpp"
#include "model/every_record.hpp"

namespace snug {

namespace {

using RecordsByName = std::unordered_map<std::string_view, std::vector<const Record*>>;

RecordsByName records_by_name(const Model& model) {
  RecordsByName found;
  for (const Record& record : model.records) found[record.name].push_back(&record);
  return found;
}

/// "A" for "A**".
std::string_view without_stars(std::string_view type) {
  return type.substr(0, type.find_last_not_of('*') + 1);
}

/// Adds a use of the record that a unit declares a symbol with where another unit says `other`.
void add_symbol(const Use& said, std::string_view type, const Use& other_use,
                std::string_view other, const RecordsByName& records, std::vector<Use>& joined) {
  const auto found = records.find(without_stars(type));
  if (found == records.end()) return;
  for (const Record* record : found->second) {
    Use use;
    use.kind = UseKind::ByteCast;
    use.record_id = record->id;
    use.where = said.where;
    use.detail =
        fmt::format("is declared as '{}' in line {} of '{}', under the same symbol '{}'", other,
                    other_use.where.line, file_name(other_use.where.file), said.detail);
    joined.push_back(std::move(use));
  }
}

/// All declarations of one symbol.
void join_symbol(const std::vector<const Use*>& said, const RecordsByName& records,
                 std::vector<Use>& joined) {
  const auto type_at = [](const Use& use, std::size_t place) {
    return place < use.fields.size() ? std::string_view(use.fields[place]) : std::string_view();
  };
  std::size_t places = 0;
  for (const Use* use : said) places = std::max(places, use->fields.size());
  for (std::size_t place = 0; place < places; ++place) {
    const auto differs = [&](const Use* a, const Use* b) {
      return type_at(*a, place) != type_at(*b, place);
    };
    const Use* const first = said.front();
    const auto other =
        std::find_if(said.begin(), said.end(), [&](const Use* use) { return differs(use, first); });
    if (other == said.end()) continue;
    for (const Use* use : said) {
      const Use* const against = differs(use, first) ? first : *other;
      add_symbol(*use, type_at(*use, place), *against, type_at(*against, place), records, joined);
    }
  }
}

void join_symbols(const Model& model, std::vector<Use>& joined) {
  std::unordered_map<std::string_view, std::vector<const Use*>> symbols;
  for (const Use& use : model.uses) {
    if (use.kind == UseKind::Symbol) symbols[use.detail].push_back(&use);
  }
  std::vector<const std::vector<const Use*>*> differing;
  for (const auto& [symbol, said] : symbols) {
    const bool differ = std::any_of(said.begin(), said.end(), [&](const Use* use) {
      return use->fields != said.front()->fields;
    });
    if (differ) differing.push_back(&said);
  }
  if (differing.empty()) return;
  const RecordsByName records = records_by_name(model);
  for (const std::vector<const Use*>* said : differing) join_symbol(*said, records, joined);
}

std::vector<const Slot*> fields_of(const Record& record) {
  std::vector<const Slot*> fields;
  for (const Slot& slot : record.slots) {
    if (slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField) fields.push_back(&slot);
  }
  return fields;
}

/// With how many fields both begin so that one may be taken for the other; 0 if by chance.
std::size_t alike(const std::vector<const Slot*>& a, const std::vector<const Slot*>& b) {
  const std::size_t least = std::min(a.size(), b.size());
  std::size_t types = 0;
  while (types < least && a[types]->type == b[types]->type &&
         a[types]->extent == b[types]->extent) {
    ++types;
  }
  std::size_t names = 0;
  while (names < types && a[names]->name == b[names]->name) ++names;
  const bool by_types = types >= 4 || (types == least && types >= 3);
  return by_types ? types : names >= 2 ? names : 0;
}

struct Untyped {
  const Record* record;
  const Use* loses = nullptr;
  const Use* regains = nullptr;
  std::vector<const Slot*> fields;
};

void add_twin(const Untyped& one, const Untyped& other, const Use& where, std::size_t count,
              std::vector<Use>& joined) {
  Use use;
  use.kind = UseKind::CommonPrefix;
  use.record_id = one.record->id;
  use.where = where.where;
  for (std::size_t i = 0; i < count; ++i) use.fields.push_back(one.fields[i]->name);
  use.detail =
      fmt::format("may become '{}', which begins like it, through a 'void*'", other.record->name);
  joined.push_back(std::move(use));
}

void join_untyped(const Model& model, std::vector<Use>& joined) {
  std::unordered_map<std::string_view, Untyped> untyped;
  for (const Use& use : model.uses) {
    if (use.kind != UseKind::Untyped) continue;
    Untyped& one = untyped[use.record_id];
    (use.detail == "loses" ? one.loses : one.regains) = &use;
  }
  std::map<std::pair<std::string_view, std::string_view>, std::vector<const Untyped*>> by_types;
  for (const Record& record : model.records) {
    const auto found = untyped.find(record.id);
    if (found == untyped.end()) continue;
    Untyped& one = found->second;
    one.record = &record;
    one.fields = fields_of(record);
    if (one.fields.size() < 2) continue;
    by_types[{one.fields[0]->type, one.fields[1]->type}].push_back(&one);
  }
  for (const auto& [types, all] : by_types) {
    for (const Untyped* from : all) {
      if (from->loses == nullptr) continue;
      for (const Untyped* to : all) {
        if (to == from || to->regains == nullptr) continue;
        const std::size_t count = alike(from->fields, to->fields);
        if (count == 0) continue;
        add_twin(*from, *to, *from->loses, count, joined);
        add_twin(*to, *from, *to->regains, count, joined);
      }
    }
  }
}

void join_heap(const Model& model, std::vector<Use>& joined) {
  const auto find = [&](bool asserted) {
    return std::find_if(model.uses.begin(), model.uses.end(), [&](const Use& use) {
      return use.kind == UseKind::HeapChoice && use.asserted == asserted;
    });
  };
  const auto counts = find(false);
  const auto keeps = counts == model.uses.end() ? counts : find(true);
  if (keeps == model.uses.end()) return;
  Use use;
  use.kind = UseKind::SizeArithmetic;
  use.record_id = every_record;
  use.where = counts->where;
  use.detail = fmt::format("may decide how often '{}' asks the heap, which '{}' lets others notice",
                           keeps->detail, counts->detail);
  joined.push_back(std::move(use));
}

}  // namespace

std::vector<Use> joined_uses(const Model& model) {
  std::vector<Use> joined;
  join_symbols(model, joined);
  join_untyped(model, joined);
  join_heap(model, joined);
  return joined;
}

}  // namespace snug
