// Which parts of an object the code touches, through the calls that it is handed to.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/orders/byte_set.hpp"
#include "model/model.hpp"

namespace snug {

/// A part of an object that is touched: the steps from the object to the part, none for all of it.
struct PartTouch {
  std::vector<Step> steps;
  bool unread = false;  ///< The part is handed to code that was not read.
  bool write = false;
  std::string to;  ///< Name of that code.
  auto operator<=>(const PartTouch&) const = default;
};

/// The steps of a path behind the first `count` ones, up to where they leave the object.
[[nodiscard]] std::vector<Step> steps_inside(const std::vector<Step>& steps, std::size_t count);

/// The bytes of a part of the record; empty if the steps do not fit it. Fields of bases are found.
[[nodiscard]] std::optional<ByteSet::Range> bytes_of(const std::vector<Step>& steps,
                                                     const Record& record, const Model& model);

class PartTouches {
 public:
  /// REQUIRES: the model outlives it.
  explicit PartTouches(const Model& model) : model_(model) {}

  /// What a call does with an object that is handed to it: its object (`argument` is -1) or one of
  /// its arguments.
  [[nodiscard]] std::vector<PartTouch> by_call(const Call& call, std::int32_t argument);

 private:
  /// What a function does with its object (-1) or a parameter. O(accesses + calls), once each.
  const std::vector<PartTouch>& by_function(const Function& function, std::int32_t parameter,
                                            int depth);
  std::vector<PartTouch> follow(const Call& call, std::int32_t argument, int depth);

  const Model& model_;
  std::map<std::pair<const Function*, std::int32_t>, std::vector<PartTouch>> known_;
};

}  // namespace snug
