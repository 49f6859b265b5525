#include "scan/proof/edited_sources.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/source_text.hpp"

namespace snug {

EditedSources::EditedSources(const std::vector<TextEdit>& edits, const Files& files) {
  std::map<std::string, std::vector<TextEdit>> by_file;
  for (const auto& edit : edits) by_file[edit.file].push_back(edit);
  for (auto& [file, own] : by_file) {
    std::sort(own.begin(), own.end());
    auto text = files.read(file);
    if (!text) throw Error("'" + file + "' cannot be read, so its edits cannot be tried");
    texts_[file] = apply_edits(*text, own);
    std::uint64_t edited = 0;
    std::uint64_t original = 0;
    for (const auto& edit : own) {
      const auto begin = edited + (edit.begin - original);
      edited = begin + edit.text.size();
      original = edit.end;
      pieces_[file].push_back({begin, edited, edit.begin, edit.end});
    }
    originals_[file] = std::move(*text);
  }
}

std::uint64_t EditedSources::original_offset(const std::string& file, std::uint64_t edited) const {
  const auto found = pieces_.find(file);
  if (found == pieces_.end()) return edited;
  const auto& pieces = found->second;
  auto after =
      std::upper_bound(pieces.begin(), pieces.end(), edited,
                       [](std::uint64_t at, const Piece& piece) { return at < piece.begin; });
  if (after == pieces.begin()) return edited;
  const auto& piece = *--after;
  return edited < piece.end ? piece.from : piece.to + (edited - piece.end);
}

std::pair<std::uint64_t, std::uint64_t> EditedSources::original_place(const std::string& file,
                                                                      std::uint64_t line,
                                                                      std::uint64_t column) const {
  const auto found = texts_.find(file);
  if (found == texts_.end() || line == 0 || column == 0) return {line, column};
  std::uint64_t begin = 0;
  for (std::uint64_t at = 1; at < line; ++at) begin = line_end(found->second, begin);
  const auto offset = original_offset(file, begin + column - 1);
  const std::string& before = originals_.at(file);
  const auto end = before.begin() + static_cast<std::ptrdiff_t>(offset);
  return {1 + static_cast<std::uint64_t>(std::count(before.begin(), end, '\n')),
          1 + offset - line_begin(before, offset)};
}

bool EditedSources::is_edited(const std::string& file, std::uint64_t edited) const {
  const auto found = pieces_.find(file);
  return found != pieces_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Piece& piece) {
           return edited >= piece.begin && edited <= piece.end;
         });
}

}  // namespace snug
