// How many objects of a record type or of a variant the program has, as far as its code says so.
#pragma once

#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"
#include "model/test_files.hpp"

namespace snug {

/// From what tells least about the number of objects to what tells most.
enum class HeldAs {
  Nowhere,  ///< Neither held nor made on the heap: parameters and results at most.
  Local,    ///< Only as local variables.
  One,      ///< A field or variable of its own, or a single object on the heap.
  /// Allocated by code that may run again, though nothing shows that it does, or as a part of
  /// something that is.
  Again,
  /// In a container or an array of more than a few, as a node that links to its own kind, allocated
  /// again and again, or as a part of something that is.
  Many,
};

/// By how many objects a byte of a record is multiplied.
enum class Number { Few, Unknown, Many };

/// True if a container holds them, or an array whose size is not constant or above `few`.
[[nodiscard]] bool holds_many(const Holding& holding, std::uint64_t few);

/// True if all that is known to hold more than one of the records are arrays of a constant size of
/// at most `few`.
[[nodiscard]] bool only_in_small_arrays(std::string_view record_id, const Model& model,
                                        std::uint64_t few);

class Holders {
 public:
  /// Objects in `tests` count for nothing. The model is read when the first question comes, in time
  /// linear in the holdings, functions and slots. REQUIRES: the model outlives
  /// it; one thread asks.
  explicit Holders(const Model& model, TestFiles tests = {});
  ~Holders();

  /// How objects of that id are held. Adds an evidence of kind "held" for what says so, at most
  /// three.
  [[nodiscard]] HeldAs held(std::string_view id, std::vector<Evidence>& evidence) const;

  /// By how many objects a byte of the records, all instantiations of one template or one record,
  /// is multiplied. Few where only objects with static storage, locals or allocations that happen
  /// once were read; Unknown where none was read, or only code that may run again allocates them.
  /// The evidence says which, and where there are many, why.
  [[nodiscard]] Number number_of(std::span<const Record* const> records,
                                 std::vector<Evidence>& evidence) const;
  /// The number is not provably small.
  [[nodiscard]] bool may_be_many(std::span<const Record* const> records,
                                 std::vector<Evidence>& evidence) const {
    return number_of(records, evidence) != Number::Few;
  }

 private:
  struct Answer {
    HeldAs as = HeldAs::Nowhere;
    bool uncounted = false;    ///< A part of something of which no object was read.
    std::vector<Evidence> by;  ///< The first few that say so.
  };
  struct Facts;
  [[nodiscard]] Facts& facts() const;
  /// Adds what is not said of a place yet.
  static void add_places(const Answer& found, std::vector<Evidence>& evidence);
  const Answer& answer(std::string_view id) const;
  [[nodiscard]] Answer one(const Holding& holding) const;
  [[nodiscard]] bool many(const Holding& holding) const;

  const Model& model_;
  TestFiles tests_;
  mutable std::unique_ptr<Facts> facts_;
};

}  // namespace snug
