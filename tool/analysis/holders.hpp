// How objects of a record type or of a variant are kept by the program.
#pragma once

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// From what tells least about the number of objects to what tells most.
enum class HeldAs {
  Nowhere,  ///< Neither held nor made on the heap: parameters and results at most.
  Local,    ///< Only as local variables.
  One,      ///< A field or variable of its own, or a single object on the heap.
  Many,     ///< In a container or an array, itself or as a part of something that is.
};

/// True if a container holds them, or an array whose size is not constant or above `few`.
[[nodiscard]] bool holds_many(const Holding& holding, std::uint64_t few);

/// True if all that is known to hold more than one of the records are arrays of a constant size of
/// at most `few`.
[[nodiscard]] bool only_in_small_arrays(std::string_view record_id, const Model& model,
                                        std::uint64_t few);

class Holders {
 public:
  /// REQUIRES: the model outlives it.
  explicit Holders(const Model& model);

  /// How objects of that id are held. Adds an evidence of kind "held" for the holdings that tell
  /// most, at most three.
  [[nodiscard]] HeldAs held(std::string_view id, std::vector<Evidence>& evidence) const;

 private:
  struct Answer {
    HeldAs as = HeldAs::Nowhere;
    std::vector<const Holding*> by;  ///< The first few that tell so.
  };
  const Answer& answer(std::string_view id) const;
  [[nodiscard]] Answer one(const Holding& holding) const;

  const Model& model_;
  std::map<std::string_view, std::vector<const Holding*>> holdings_;
  std::set<std::string_view> heap_;                   ///< Records made by new, by id.
  mutable std::map<std::string_view, Answer> known_;  ///< Each record is asked for once.
};

}  // namespace snug
