// What is read from bodies, as text, for tests: "kind path in loop".
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "support/use_scan.hpp"

namespace snug::test {

using Lines = std::vector<std::string>;

/// One file of C++, scanned.
inline Model scan(const std::string& text, const std::vector<std::string>& flags = {}) {
  return scan_sources({{"a.cpp", text}}, flags);
}

/// The function of that name, which has to be there.
inline const Function& named(const Model& model, const std::string& name) {
  const auto found = std::find_if(model.functions.begin(), model.functions.end(),
                                  [&](const Function& function) { return function.name == name; });
  REQUIRE(found != model.functions.end());
  return *found;
}

/// The accesses of a function, sorted.
inline std::vector<std::string> accesses(const Function& function) {
  std::vector<std::string> lines;
  for (const FieldAccess& access : function.accesses) {
    std::string line = std::string(to_string(access.kind)) + " " + to_string(access.path);
    if (access.atomic && !access.lock) line += " atomic";
    if (access.lock) line += " lock";
    if (access.loop >= 0) line += " in loop " + std::to_string(access.loop);
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace snug::test
