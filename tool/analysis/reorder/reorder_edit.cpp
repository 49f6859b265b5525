#include "analysis/reorder/reorder_edit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>

#include "analysis/describe.hpp"
#include "analysis/member_text.hpp"
#include "analysis/orders/order_comments.hpp"
#include "analysis/reorder/reorder_initializers.hpp"
#include "analysis/reorder/reorder_places.hpp"
#include "analysis/reorder/reorder_render.hpp"
#include "analysis/reorder/sections.hpp"
#include "base/kept_files.hpp"
#include "model/scanned_text.hpp"

namespace snug {
namespace {

using RanksByName = std::map<std::string_view, std::size_t>;

/// Words whose value is another one further up or down.
bool tells_its_place(std::string_view word) {
  return word == "__COUNTER__" || word == "__LINE__" || word == "source_location";
}

/// A default initialiser that names a member must not come to stand before it; one that takes its
/// value from its place in the text must not move.
void check_default_initializers(const BodyText& body, std::span<const Slot* const> slots,
                                std::span<const std::uint32_t> order,
                                std::vector<std::string>& refusals) {
  RanksByName fields;
  std::vector<std::size_t> rank(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (std::size_t i = 0; i < slots.size(); ++i) fields.emplace(slots[i]->name, i);
  const auto word = [&](std::size_t at) { return body.spelling(body.tokens[at]); };

  for (const auto& member : body.members) {
    std::size_t own = slots.size();  // The field whose initialiser is being read.
    bool initializer = false;
    for (auto at = member.first_token; at < member.last_token && !member.slots.empty(); ++at) {
      for (const auto slot : member.slots) {
        const bool named = !slots[slot]->name.empty() && slots[slot]->members.empty();
        if (!named || slots[slot]->where.begin != body.tokens[at].begin) continue;
        own = slot;
        initializer = false;
      }
      initializer |= own != slots.size() && (word(at) == "=" || word(at) == "{");
      if (initializer && tells_its_place(word(at))) {
        refusals.push_back(
            fmt::format("the initialiser of '{}' takes its value from its place ({})",
                        slots[own]->name, word(at)));
      }
      const auto other = fields.find(word(at));
      if (!initializer || other == fields.end() || at < member.first_token + 2) continue;
      const auto before = word(at - 1);
      const bool foreign =
          before == "." || before == "::" || (before == "->" && word(at - 2) != "this");
      const bool unevaluated =
          before == "(" && (word(at - 2) == "sizeof" || word(at - 2) == "decltype");
      const bool earlier = other->second < own && rank[other->second] > rank[own];
      if (foreign || unevaluated || !earlier) continue;
      refusals.push_back(
          fmt::format("the initialiser of '{}' reads '{}', which would be initialised later",
                      slots[own]->name, other->first));
    }
  }
}

std::string why_no_place(const BodyText& body) {
  for (const auto& member : body.members) {
    if (!member.pinned.empty()) return member.pinned;
  }
  return "the order would change the access of a field or use a nested type before its declaration";
}

ReorderEdit refused(std::vector<std::string> reasons) {
  std::sort(reasons.begin(), reasons.end());
  reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
  return {{}, std::move(reasons), {}, false};
}

}  // namespace

std::vector<const Slot*> movable_slots(const Record& record) {
  std::vector<const Slot*> slots;
  for (const auto& slot : record.slots) {
    if (slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField) slots.push_back(&slot);
  }
  std::sort(slots.begin(), slots.end(), [](const Slot* a, const Slot* b) {
    return std::pair(a->where.begin, a) < std::pair(b->where.begin, b);
  });
  return slots;
}

ReorderEdit reorder_edits(const Record& record, std::span<const std::uint32_t> order,
                          const Model& model, const Files& files) {
  if (std::is_sorted(order.begin(), order.end())) return {};
  const auto& file = record.definition.file;
  const auto text = file_text(files, file);
  if (!is_as_scanned(model, file, text.get())) {
    return {{}, {changed_since_scan(file)}, {}, true};
  }
  if (text == nullptr) return refused({"'" + file + "' cannot be read"});

  const auto slots = movable_slots(record);
  const auto body = read_members(text->bytes(), record, slots);
  if (!body.refusals.empty()) return refused(body.refusals);

  std::vector<std::string> refusals;
  check_default_initializers(body, slots, order, refusals);
  const auto pieces = cut_pieces(body, order);
  const auto places = find_places(body, pieces);
  if (!places) refusals.push_back(why_no_place(body));
  if (!refusals.empty()) return refused(std::move(refusals));

  ReorderEdit result;
  result.edits = render_moves(body, slots, pieces, *places, file, refusals);
  auto lists = initializer_edits(record, slots, order, model, files, refusals);
  if (!lists.stale_file.empty()) return {{}, {changed_since_scan(lists.stale_file)}, {}, true};
  if (!refusals.empty()) return refused(std::move(refusals));
  result.edits.insert(result.edits.end(), lists.edits.begin(), lists.edits.end());
  std::sort(result.edits.begin(), result.edits.end());
  result.cautions = comments_on_order(body, record, file);
  if (body.conditional_at != 0) {
    const auto before = text->bytes().begin();
    const auto line =
        1 + std::count(before, before + static_cast<std::ptrdiff_t>(body.conditional_at), '\n');
    result.cautions.push_back(
        fmt::format("{}:{}: fields stand under #if; other configurations were not compiled",
                    file_name(file), line));
  }
  const auto parted = parted_sections(body, pieces, *places, slots, file);
  result.cautions.insert(result.cautions.end(), parted.begin(), parted.end());
  return result;
}

}  // namespace snug
