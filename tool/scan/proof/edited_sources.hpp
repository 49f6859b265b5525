// Files with edits applied, and the way back from a place in the edited text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "base/text_edit.hpp"
#include "model/source.hpp"

namespace snug {

/// The texts of the files that a set of edits touches.
class EditedSources {
 public:
  /// Throws Error where a file cannot be read or edits do not fit its text.
  EditedSources(const std::vector<TextEdit>& edits, const Files& files);

  /// Path to the text after the edits.
  [[nodiscard]] const std::map<std::string, std::string>& texts() const { return texts_; }

  /// The offset before the edits of a byte of the edited text. Bytes that an edit wrote count as
  /// its first byte.
  [[nodiscard]] std::uint64_t original_offset(const std::string& file, std::uint64_t edited) const;

  /// Line and column (both from 1, in bytes) before the edits of a place in the edited text.
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> original_place(const std::string& file,
                                                                       std::uint64_t line,
                                                                       std::uint64_t column) const;

  /// True if the byte of the edited text was written by an edit, or an edit ended right before it.
  [[nodiscard]] bool is_edited(const std::string& file, std::uint64_t edited) const;

 private:
  /// Bytes [begin, end) of the edited text that one edit wrote in place of [from, to).
  // snug: ignore(soa-candidate): the edits of one file
  struct Piece {
    std::uint64_t begin, end, from, to;
  };
  std::map<std::string, std::string> originals_;
  std::map<std::string, std::string> texts_;
  std::map<std::string, std::vector<Piece>> pieces_;  ///< By file, sorted.
};

}  // namespace snug
