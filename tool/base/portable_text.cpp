#include "base/portable_text.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace snug {
namespace {

constexpr char mark = '\x1a';

/// True if no path goes on before `at`, where a slash stands: "-I/a", "x=/a", "at /a" begin one.
bool begins_path(std::string_view text, std::size_t at) {
  constexpr std::string_view between = " \t\n\"'=:,;(<[{|";
  while (at > 0) {
    const char before = text[--at];
    if (before == '/') return false;
    if (before == '\0' || between.find(before) != std::string_view::npos) return true;
  }
  return true;
}

bool ends_component(std::string_view text, std::size_t end) {
  if (end == text.size()) return true;
  const char c = text[end];
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  constexpr std::string_view within = "_-.+~@%#^$!&*?\\";
  const bool more =
      letter || static_cast<unsigned char>(c) >= 0x80 || within.find(c) != std::string_view::npos;
  return !more;
}

/// The deepest place whose path begins at `at`; null if there is none.
const PortableFolder* place_at(std::string_view text, std::size_t at,
                               std::span<const PortableFolder> places) {
  const PortableFolder* found = nullptr;
  for (const PortableFolder& place : places) {
    const bool here = text.substr(at).starts_with(place.path) &&
                      ends_component(text, at + place.path.size()) && begins_path(text, at);
    if (here && (found == nullptr || found->path.size() < place.path.size())) found = &place;
  }
  return found;
}

}  // namespace

std::string to_portable(std::string text, std::span<const PortableFolder> places) {
  const bool none = text.find(mark) == std::string::npos &&
                    std::none_of(places.begin(), places.end(), [&](const PortableFolder& place) {
                      return text.find(place.path) != std::string::npos;
                    });
  if (none) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const PortableFolder* const place = text[at] == '/' ? place_at(text, at, places) : nullptr;
    if (place != nullptr) {
      out += mark;
      out += place->letter;
      at += place->path.size();
      continue;
    }
    if (text[at] == mark) out += mark;
    out += text[at++];
  }
  return out;
}

std::string from_portable(std::string text, std::span<const PortableFolder> places) {
  if (text.find(mark) == std::string::npos) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != mark) {
      out += text[at];
      continue;
    }
    const char letter = ++at < text.size() ? text[at] : '\0';
    if (letter == mark) {
      out += mark;
      continue;
    }
    const auto place = std::find_if(places.begin(), places.end(), [&](const PortableFolder& one) {
      return one.letter == letter;
    });
    if (place == places.end()) throw Error("a text names a folder that is not known here");
    out += place->path;
  }
  return out;
}

std::string portable_path(char letter) {
  return {mark, letter};
}

}  // namespace snug
