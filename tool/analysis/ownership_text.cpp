#include "analysis/ownership_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "analysis/describe.hpp"
#include "known/known.hpp"

namespace snug {

std::string owner_text(const OwnerType& type) {
  return fmt::format("{}<{}>", type.family, type.pointee);
}

std::string maker_of(std::string_view family) {
  const KnownType* row = KnownNames::built_in()->type(family).row;
  return row == nullptr ? std::string() : std::string(row->maker);
}

std::string weak_of(std::string_view family) {
  const KnownType* row = KnownNames::built_in()->type(family).row;
  return std::string(row == nullptr ? KnownType().weak : row->weak);
}

std::vector<TextEdit> reference_edits(const DeclaratorPlace& place) {
  std::vector<TextEdit> edits;
  if (!place.editable) return edits;
  const auto insert = [&](std::uint64_t at, std::string text) {
    TextEdit edit;
    edit.file = place.where.file;
    edit.begin = edit.end = at;
    edit.text = std::move(text);
    edits.push_back(std::move(edit));
  };
  if (!place.is_const) insert(place.type_begin, "const ");
  insert(place.type_end, "&");
  return edits;
}

bool leads_back(std::string_view field) {
  constexpr std::array<std::string_view, 13> words = {
      "parent", "prev",  "previous",  "owner",    "back",        "backref",  "backpointer",
      "up",     "outer", "container", "ancestor", "predecessor", "enclosing"};
  std::string word;
  bool back = false;
  const auto close = [&] {
    back |= std::find(words.begin(), words.end(), word) != words.end();
    word.clear();
  };
  for (const char c : field) {
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    if (c == '_' || (upper && !word.empty())) close();
    if (c != '_') word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  close();
  return back;
}

bool all_cxx20(const std::vector<std::uint32_t>& units, const Model& model) {
  constexpr std::array<std::string_view, 7> later = {"20", "2a", "23", "2b", "26", "2c", "29"};
  return std::all_of(units.begin(), units.end(), [&](std::uint32_t unit) {
    std::string_view standard;
    if (unit >= model.units.size()) return false;
    for (const std::string& flag : model.units[unit].flags) {
      const std::size_t plus = flag.find("++");
      if (flag.starts_with("-std=") && plus != std::string::npos) {
        standard = std::string_view(flag).substr(plus + 2);
      }
    }
    return std::find(later.begin(), later.end(), standard) != later.end();
  });
}

std::string in_function(std::string_view function) {
  return function.empty() ? std::string() : fmt::format("in '{}'", function);
}

std::string subject_at(const std::string& function, std::string_view what,
                       const SourceRange& where) {
  return fmt::format("{}\n{}", function.empty() ? file_name(where.file) : function, what);
}

}  // namespace snug
