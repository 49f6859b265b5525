#pragma once

#include <string>
#include <string_view>

namespace snug {

/// A program that uses the type of snug::runtime that check `id` recommends: complete, as lines
/// that end in '\n'. Empty when the check recommends none.
std::string_view check_example(std::string_view id);

/// How a project takes the library in: lines for its CMakeLists.txt.
std::string_view check_example_cmake();

/// `lines`, each indented by `indent` spaces.
std::string indented_lines(std::string_view lines, int indent);

}  // namespace snug
