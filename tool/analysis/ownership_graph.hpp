// Which records own which: strong pointers, parts by value, and what a pointer to a base may be.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace snug {

/// A closed way through owning fields. The first field's record is where it starts and ends.
struct OwnershipCycle {
  std::vector<const OwningField*> fields;  ///< At least two, in the order of the way.
  bool through_derived = false;  ///< It holds only where a pointer to a base points to a derived
                                 ///< record.
};

class OwnershipGraph {
 public:
  /// O(model). REQUIRES: the model outlives the graph and is not changed.
  explicit OwnershipGraph(const Model& model);

  /// For each counted field that does not lead straight back to its own record the shortest way
  /// back, each cycle once, in the order of the fields. Ways with a single owning pointer (trees)
  /// are none. At most `longest` fields long.
  [[nodiscard]] std::vector<OwnershipCycle> cycles(std::size_t longest) const;

  /// By record: its owning fields that point to the record itself or to one of its bases, where
  /// there are some.
  [[nodiscard]] const std::map<std::string, std::vector<const OwningField*>>& self_fields() const {
    return self_fields_;
  }

 private:
  struct Edge {
    std::string_view to;
    const OwningField* field = nullptr;  ///< Null: a part by value, or a derived record.
    bool derived = false;
  };

  [[nodiscard]] bool is_base_of(std::string_view base, std::string_view record) const;
  [[nodiscard]] OwnershipCycle way_back(const OwningField& field, std::size_t longest) const;

  const Model& model_;
  std::map<std::string_view, std::vector<Edge>> edges_;
  std::map<std::string_view, std::vector<std::string_view>> bases_;
  std::map<std::string, std::vector<const OwningField*>> self_fields_;
};

}  // namespace snug
