#include "gate/places.hpp"

#include <algorithm>
#include <array>

#include "base/glob.hpp"

namespace snug {

namespace {

template <std::size_t N>
bool is_named(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 14> test_folders = {
    "test",       "tests",     "testing",   "unittest",   "unittests", "unit_tests", "unit-tests",
    "test_suite", "testsuite", "benchmark", "benchmarks", "bench",     "benches",    "perftests"};

constexpr std::array<std::string_view, 15> bundled_folders = {
    "third_party", "third-party", "thirdparty", "3rdparty",  "3rd_party",
    "vendor",      "vendored",    "external",   "externals", "extern",
    "deps",        "subprojects", "_deps",      "bundled",   "contrib_deps"};

constexpr std::array<std::string_view, 8> licences = {"LICENSE", "LICENSE.txt", "LICENSE.md",
                                                      "LICENCE", "COPYING",     "COPYING.txt",
                                                      ".git",    ".git/HEAD"};

}  // namespace

bool is_test_file(std::string_view path) {
  std::size_t begin = 0;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', begin)) {
    if (is_named(path.substr(begin, slash - begin), test_folders)) return true;
    begin = slash + 1;
  }
  std::string_view name = path.substr(begin);
  name = name.substr(0, name.rfind('.'));
  constexpr std::array<std::string_view, 3> fronts = {"test_", "tests_", "bench_"};
  constexpr std::array<std::string_view, 11> backs = {"_test",      "_tests", "_unittest", "_bench",
                                                      "_benchmark", "-test",  "-tests",    "Test",
                                                      "Tests",      ".test",  "_perftest"};
  return name == "test" || name == "tests" || name == "bench" || name == "benchmark" ||
         std::any_of(fronts.begin(), fronts.end(),
                     [&](std::string_view front) { return name.starts_with(front); }) ||
         std::any_of(backs.begin(), backs.end(),
                     [&](std::string_view back) { return name.ends_with(back); });
}

TestFiles test_files_of(const Model& model, std::string_view root) {
  TestFiles tests;
  for (const auto& [path, hash] : model.file_hashes) {
    std::string_view relative = path;
    if (!relative.starts_with(root)) continue;
    relative.remove_prefix(root.size());
    if (relative.starts_with('/') && is_test_file(relative.substr(1))) tests.insert(path);
  }
  return tests;
}

bool BundledCode::is_bundled(const std::string& folder) {
  const auto [place, added] = known_.try_emplace(folder, false);
  if (!added) return place->second;
  const std::string_view name = std::string_view(folder).substr(folder.rfind('/') + 1);
  place->second =
      is_named(name, bundled_folders) ||
      std::any_of(licences.begin(), licences.end(), [&](std::string_view licence) {
        return files_.read(root_ + '/' + folder + '/' + std::string(licence)).has_value();
      });
  return place->second;
}

std::string BundledCode::folder_of(std::string_view path) {
  if (root_.empty() || !path.starts_with(root_) || path.size() <= root_.size() ||
      path[root_.size()] != '/') {
    return {};
  }
  path.remove_prefix(root_.size() + 1);
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    const std::string front(path.substr(0, end));
    if (globs_) {
      const bool named = std::any_of(globs_->begin(), globs_->end(), [&](const std::string& glob) {
        return glob_matches(glob, front);
      });
      if (named) return front;
    } else if (end != std::string_view::npos && is_bundled(front)) {
      return front;
    }
    if (end == std::string_view::npos) return {};
  }
}

}  // namespace snug
