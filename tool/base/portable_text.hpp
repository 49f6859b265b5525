// Texts that name files of a project, without the folder in which the project lies.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace snug {

/// A folder that has another path elsewhere, and the letter that stands for it.
struct PortableFolder {
  char letter = 0;
  std::string path;  ///< Absolute, normal, not "/".
};

/// The text with a mark in place of each path of a place: of "-I/home/a/src" with {'r', "/home/a"}
/// the mark, 'r' and "/src" are left. A path counts where it begins a path and ends a component; of
/// two places the deeper one counts. from_portable() with the same places gives the text back,
/// whatever it holds. O(length x places).
[[nodiscard]] std::string to_portable(std::string text, std::span<const PortableFolder> places);

/// The text with the paths of these places. Throws Error for a letter that none of them has.
[[nodiscard]] std::string from_portable(std::string text, std::span<const PortableFolder> places);

/// What stands for a place in a portable text.
[[nodiscard]] std::string portable_path(char letter);

}  // namespace snug
