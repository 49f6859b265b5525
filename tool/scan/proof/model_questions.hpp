// What one proof asks of the model, so that its answer can be used again with another model.
//
// A proof looks up the records that the edited unit names, and nothing else. Each lookup is noted
// as a question; all that the model said to them is one digest. A model that says the same to the
// same questions has the same proof, whatever became of the rest of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/model.hpp"

namespace snug {

/// The ways in which a proof finds records. REQUIRES: the model outlives it and stays as it is.
class RecordIndex {
 public:
  explicit RecordIndex(const Model& model);

  [[nodiscard]] const Model& model() const { return model_; }
  /// The records that stand at a byte of a file, by id.
  [[nodiscard]] std::span<const Record* const> at_place(const std::string& file,
                                                        std::uint64_t offset) const;
  /// The instantiations of a template, by id.
  [[nodiscard]] std::span<const Record* const> of_template(const std::string& id) const;
  /// The record whose id has this digest; null if there is none. O(records) the first time.
  [[nodiscard]] const Record* with_digest(std::string_view digest) const;

 private:
  const Model& model_;
  std::map<std::pair<std::string, std::uint64_t>, std::vector<const Record*>> by_place_;
  std::map<std::string, std::vector<const Record*>> by_template_;
  mutable std::unordered_map<std::string, const Record*> by_digest_;
};

/// The questions of one proof. REQUIRES: the index outlives it.
class ModelQuestions {
 public:
  /// `unit`: whose layouts count.
  ModelQuestions(const RecordIndex& records, std::uint32_t unit) : records_(records), unit_(unit) {}

  [[nodiscard]] const Record* find(const std::string& id);
  [[nodiscard]] std::span<const Record* const> at_place(const std::string& file,
                                                        std::uint64_t offset);
  [[nodiscard]] std::span<const Record* const> of_template(const std::string& id);
  /// Bytes of a record that one of the others has told, as the unit has it.
  [[nodiscard]] std::optional<std::uint64_t> size_in_unit(const Record& record) const;

  /// The questions, and a digest of what the model said to them.
  [[nodiscard]] std::string bytes() const;

 private:
  void note(std::string question, std::span<const Record* const> told);

  const RecordIndex& records_;
  std::uint32_t unit_;
  std::map<std::string, std::string> asked_;  ///< Questions with what was said.
};

/// True if the model says to these questions (of bytes()) what it said when they were asked. Throws
/// Error for bytes of another form. O(questions log records).
[[nodiscard]] bool says_the_same(std::string_view questions, const RecordIndex& records,
                                 std::uint32_t unit);

}  // namespace snug
