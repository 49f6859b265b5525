// What is known of one document, at the places where it stands now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lsp/answers.hpp"
#include "lsp/documents.hpp"
#include "lsp/open_units.hpp"
#include "lsp/positions.hpp"

namespace snug::lsp {

/// Records that are declared at one place: one, or the instantiations of a template.
using Declared = std::vector<const Record*>;

class View {
 public:
  /// REQUIRES: unit and document outlive it; the unit has layouts.
  View(const OpenUnit& unit, const Document& document, Encoding encoding, bool stale);

  [[nodiscard]] const Layouts& layouts() const { return *unit_.layouts; }
  [[nodiscard]] const Model& model() const { return unit_.layouts->model; }
  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] Encoding encoding() const { return encoding_; }
  [[nodiscard]] bool stale() const { return stale_; }
  /// The document's name in the model.
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Where a byte of the scanned text stands now. Nothing for text that has changed since.
  [[nodiscard]] std::optional<std::uint64_t> now(std::uint64_t offset) const;
  /// The range, if it is a place of this document and nothing in it has changed.
  [[nodiscard]] std::optional<Json> range(const SourceRange& where) const;
  [[nodiscard]] std::optional<Position> position(std::uint64_t scanned_offset) const;
  /// True if the byte of the document as it is now lies in the range, or at its end.
  [[nodiscard]] bool contains(const SourceRange& where, std::uint64_t offset) const;

  /// The records of this document whose definition has not changed, by place.
  [[nodiscard]] const std::vector<Declared>& records() const { return records_; }
  /// Those whose name stands at the byte (of the text as it is now); null if none does.
  [[nodiscard]] const Declared* named_at(std::uint64_t offset) const;
  /// Those whose definition encloses the byte, the innermost; null if none does.
  [[nodiscard]] const Declared* around(std::uint64_t offset) const;

 private:
  const OpenUnit& unit_;
  const Document& document_;
  Encoding encoding_;
  bool stale_;
  std::string path_;
  std::uint64_t same_until_ = 0;  ///< Scanned text before this is as it was.
  std::uint64_t same_from_ = 0;   ///< From here on too, but moved.
  std::int64_t moved_ = 0;
  std::vector<Declared> records_;
};

}  // namespace snug::lsp
