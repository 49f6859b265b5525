#include "analysis/reorder/alignment_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/source_text.hpp"

namespace snug {
namespace {

/// What reads the file of the record.
struct Readers {
  bool cxx = false;
  bool c23 = false;
  bool older_c = false;
};

/// The value behind the last flag of that name: "-x", "c".
std::string last_value(const Unit& unit, std::string_view flag) {
  std::string value;
  for (std::size_t i = 0; i + 1 < unit.arguments.size(); ++i) {
    if (unit.arguments[i] == flag) value = unit.arguments[i + 1];
  }
  return value;
}

bool is_cxx(const Unit& unit) {
  const std::string language = last_value(unit, "-x");
  return language.empty() ? !unit.file.ends_with(".c") : language.find("++") != std::string::npos;
}

bool is_c23(const Unit& unit) {
  std::string standard;
  for (const std::string& argument : unit.arguments) {
    if (argument.starts_with("-std=")) standard = argument.substr(5);
  }
  static constexpr std::string_view kNames[] = {"c23",          "gnu23", "c2x",  "gnu2x",
                                                "iso9899:2024", "c2y",   "gnu2y"};
  return std::find(std::begin(kNames), std::end(kNames), standard) != std::end(kNames);
}

/// The units that read the file, and those that see the record.
Readers readers_of(const Model& model, const Record& record) {
  const auto known = model.file_hashes.find(record.definition.file);
  const bool has_place = known != model.file_hashes.end();
  const auto place = static_cast<std::uint32_t>(std::distance(model.file_hashes.begin(), known));
  Readers readers;
  for (std::uint32_t number = 0; number < model.units.size(); ++number) {
    const Unit& unit = model.units[number];
    const bool reads =
        (has_place && std::binary_search(unit.files.begin(), unit.files.end(), place)) ||
        std::binary_search(record.units.begin(), record.units.end(), number);
    if (!reads || unit.status != UnitStatus::Ok) continue;
    if (is_cxx(unit)) {
      readers.cxx = true;
    } else {
      (is_c23(unit) ? readers.c23 : readers.older_c) = true;
    }
  }
  return readers;
}

/// True if the file writes alignas itself or includes the header that makes it a word of C.
bool has_alignas(const Files& files, const std::string& file) {
  const auto text = files.read(file);
  if (!text) return false;
  const auto tokens = lex_source(*text, 0, text->size());
  return std::any_of(tokens.begin(), tokens.end(), [&](const SourceToken& token) {
    const auto word = std::string_view(*text).substr(token.begin, token.end - token.begin);
    return word == "alignas" || (token.kind == TokenKind::Directive &&
                                 word.find("stdalign.h") != std::string_view::npos);
  });
}

/// True if the header declares itself for C++ as well, though no such unit was read.
bool speaks_of_cxx(const Files& files, const std::string& file) {
  const auto text = files.read(file);
  return text && text->find("__cplusplus") != std::string::npos;
}

}  // namespace

std::optional<std::string> alignment_text(const Model& model, const Files& files,
                                          const Record& record, std::uint64_t bytes,
                                          AlignmentPlace place) {
  const std::string& file = record.definition.file;
  Readers readers = readers_of(model, record);
  const bool in_c = readers.c23 || readers.older_c;
  if (in_c && speaks_of_cxx(files, file)) readers.cxx = true;
  if (!in_c) return fmt::format("alignas({})", bytes);
  if (place == AlignmentPlace::Field) {
    if (!readers.older_c || has_alignas(files, file)) return fmt::format("alignas({})", bytes);
    if (!readers.cxx) return fmt::format("_Alignas({})", bytes);
  }
  if (model.abi.microsoft) return std::nullopt;
  return fmt::format("__attribute__((aligned({})))", bytes);
}

}  // namespace snug
