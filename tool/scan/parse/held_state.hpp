// What a held unit is made of. Only files in scan/ may include this.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scan/parse/clang.hpp"
#include "scan/parse/held_unit.hpp"

namespace snug {

struct HeldUnit::State {
  FrontEndCommand command;
  std::string preamble;                      ///< The main file up to its first token.
  std::map<std::string, std::string> files;  ///< That it includes, with their state.
  std::vector<std::string> unsaved;          ///< Other files that were not as on the disk.
  clang::Index index;
  clang::TranslationUnit unit;  ///< Null once it was used.
};

}  // namespace snug
