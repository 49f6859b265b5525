// Models made by hand for tests of checks: records are laid out by the layout rules, and a source
// text that declares them comes with them, so that edits can be made.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "analysis/check.hpp"
#include "base/files.hpp"
#include "layout/lay_out.hpp"
#include "model/model.hpp"

namespace snug::test {

struct FieldDraft {
  std::string type;
  std::string name;
  std::uint64_t size = 0;               ///< Bytes.
  std::uint64_t align = 0;              ///< Bytes.
  std::function<void(Slot&)> change{};  ///< Sets further facts before the layout is made.
};

struct RecordDraft {
  std::string name;
  std::vector<FieldDraft> fields{};
  std::function<void(Record&)> change{};  ///< Sets further facts after the layout was made.
  std::vector<std::string> bases{};       ///< Names of non-virtual bases, added before.
  std::uint64_t align = 1;                ///< alignas on the record, bytes.
};

class ModelBuilder {
 public:
  ModelBuilder();

  /// Adds a record and gives its id. Its slots are in declared order with padding labelled.
  std::string add(const RecordDraft& draft);
  /// Adds a second layout of a record that was added before.
  void add_conflict(Record other) { model_.conflicts.push_back({std::move(other)}); }
  std::uint32_t add_unit(const std::string& file, std::vector<std::string> flags);

  [[nodiscard]] Record& record(const std::string& name);
  [[nodiscard]] Model& model() { return model_; }
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Findings of one check over the model as it is.
  [[nodiscard]] std::vector<Finding> run(std::string_view check, const OptionValues& options = {},
                                         const AccessProfile& profile = {}) const;
  /// The source text after the first fix of a finding.
  [[nodiscard]] std::string fixed(const Finding& finding) const;

 private:
  void write_source(const RecordDraft& draft, Record& record);

  Model model_;
  std::string text_;
};

[[nodiscard]] inline FieldDraft chr(std::string name) {
  return {"char", std::move(name), 1, 1};
}
[[nodiscard]] inline FieldDraft int32(std::string name) {
  return {"int", std::move(name), 4, 4};
}
[[nodiscard]] inline FieldDraft real(std::string name) {
  return {"double", std::move(name), 8, 8};
}

/// A field of a record type that was added before.
[[nodiscard]] FieldDraft of_record(const Record& type, std::string name);

/// A bit-field of an int.
[[nodiscard]] FieldDraft bits(std::string name, std::uint32_t width);

/// True if some evidence of that kind contains the text.
[[nodiscard]] bool has_evidence(const Finding& finding, std::string_view kind,
                                std::string_view text);

}  // namespace snug::test
