// Joins the uses that units tell, as model/merge.hpp does for the whole model.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "model/use.hpp"

namespace snug {

/// Keeps every distinct use. One place can tell several things about a record (each pair of fields
/// that its initialisers bind together), which differ in their fields; copies that differ in
/// nothing that counts become one.
class UseMerger {
 public:
  /// Whether a unit comes before another one, by their numbers.
  using Before = std::function<bool(std::uint32_t, std::uint32_t)>;

  /// `from` is the number of the unit. Of equal uses the copy of the first unit is kept; what one
  /// unit cannot exclude is not excluded. O(log uses).
  void add(Use use, std::uint32_t from, const Before& before);

  /// All uses by place, kind, record and fields; empties the merger. `from`: null,
  /// or gets the unit that each copy comes from.
  [[nodiscard]] std::vector<Use> finish(std::vector<std::uint32_t>* from = nullptr);

 private:
  using Key = std::tuple<SourceRange, UseKind, std::string, std::vector<std::string>>;
  struct Copy {
    Use value;
    std::uint32_t from = 0;
  };
  std::map<Key, Copy> uses_;
};

}  // namespace snug
