#include "analysis/orders/field_order.hpp"

#include <algorithm>

namespace snug {

namespace {

bool is_unknown(const std::vector<std::string>& fields) {
  return fields.empty() || std::find(fields.begin(), fields.end(), std::string()) != fields.end();
}

}  // namespace

bool matters(const Use& use, const FieldOrder& order) {
  if (use.keeps_meaning) {
    return false;
  }
  switch (use.kind) {
    case UseKind::PositionalInit:
    case UseKind::ParenInit:
    case UseKind::EmplaceAggregate:
      return use.fields.empty() ? order.changes_all() : order.changes_prefix(use.fields);
    case UseKind::StructuredBinding:
    case UseKind::DefaultedComparison:
      return order.changes_all();
    case UseKind::DesignatedInit:
      return is_unknown(use.fields) || order.swaps_any(use.fields);
    case UseKind::InitReadsMember:
    case UseKind::DestructionOrder:
      if (is_unknown(use.fields)) {
        return order.changes_all();
      }
      if (use.fields.size() == 1) {
        return order.swaps_with_any(use.fields.front());
      }
      return std::any_of(use.fields.begin() + 1, use.fields.end(), [&](const std::string& read) {
        return order.swaps(use.fields.front(), read);
      });
    case UseKind::SizeArithmetic:
      return is_unknown(use.fields) ? order.changes_all() : !order.stays_last(use.fields.front());
    case UseKind::FieldRun:
      return use.fields.size() < 2 ? order.changes_all() : !order.keeps_run(use.fields);
    case UseKind::FieldBorder:
      return is_unknown(use.fields) || !order.keeps_border(use.fields.front());
    case UseKind::CommonPrefix:
      return is_unknown(use.fields) || order.changes_prefix(use.fields);
    case UseKind::OffsetOf:
    case UseKind::AssertedOffset:
    case UseKind::FirstMember:
      return is_unknown(use.fields) ? order.changes_all()
                                    : order.changes_first(order.position(use.fields.front()) + 1);
    default:
      return order.changes_all();
  }
}

}  // namespace snug
