// What a new order of fields would break, and how safe that makes it.
//
// The compiler proves that a reordered record still compiles and how large it is. It cannot tell
// that `{1, 2}` now fills other fields, that a file holds the old bytes, or that a member is now
// destroyed before the one that uses it. That is told from the uses that the scan has seen.
#pragma once

#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

struct Hazards {
  Safety safety = Safety::Safe;      ///< The worst of all uses that count.
  std::vector<std::string> reasons;  ///< One sentence with its place for each use that counts, up
                                     ///< to 8 of a kind; then one that counts the others.
  std::vector<Evidence> evidence;    ///< Kind "hazard", one for each use that counts, by place.
};

/// Fields that have to keep their places so that uses of ranges of them keep their meaning.
struct HeldFields {
  std::set<std::string, std::less<>> borders;  ///< Nothing crosses them.
  std::set<std::string, std::less<>> fixed;    ///< Stay where they are in the sequence.

  [[nodiscard]] bool empty() const { return borders.empty() && fixed.empty(); }
};

/// Finds the uses of records fast. Build it once for a model when many records are asked for.
class HazardIndex {
 public:
  /// O(records + slots + uses). REQUIRES: the model outlives the index and is not changed.
  explicit HazardIndex(const Model& model);

  /// The uses that a new order of fields matters to.
  ///
  /// `records` are all instantiations of one definition (one record if it is no template). `order`
  /// holds the names of the fields in their new order. A use counts only if the fields that it is
  /// about change places among each other. Uses of records that contain or derive from this one
  /// count where they are about bytes. Uses that are `settled` do not count: edits keep their
  /// meaning.
  [[nodiscard]] Hazards of(std::span<const Record* const> records,
                           std::span<const std::string> order,
                           std::span<const Use* const> settled = {}) const;

  /// The uses of the definition itself that the order matters to, by place.
  [[nodiscard]] std::vector<const Use*> own_uses(std::span<const Record* const> records,
                                                 std::span<const std::string> order) const;

  /// The fields that an order has to respect to keep the meaning of ranges of fields.
  [[nodiscard]] HeldFields held_fields(std::span<const Record* const> records) const;

  /// The ids under which uses of the definition are kept.
  [[nodiscard]] std::set<std::string_view> ids_of(std::span<const Record* const> records) const;

 private:
  void add_uncompiled(const Use& use);
  void add_holders_by_size(const Model& model);
  [[nodiscard]] std::vector<const Use*> uncompiled(const Record& record) const;
  [[nodiscard]] std::vector<const Use*> uses_of(std::span<const Record* const> records) const;

  /// What the units tell only together; copies of the index share it.
  std::shared_ptr<const std::vector<Use>> joined_;
  std::unordered_map<std::string_view, std::vector<const Use*>> uses_;
  /// Uses in code that was not compiled, whose unit knows no record of that name.
  std::unordered_map<std::string_view, std::vector<const Use*>> by_name_;
  std::unordered_map<std::string_view, std::vector<const Record*>> holders_;
  std::unordered_map<std::string, std::vector<const Record*>> same_place_;
};

/// The same for one definition. O(model).
[[nodiscard]] Hazards hazards_of(std::span<const Record* const> records, const Model& model,
                                 std::span<const std::string> order);

}  // namespace snug
