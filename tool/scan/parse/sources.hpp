// The files of one parsed unit: their paths, their texts, and which of them are the project's.
#pragma once

#include <clang-c/Index.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/source.hpp"

namespace snug {

class KnownNames;
struct ScanOptions;

/// Answers are remembered by file. REQUIRES: unit and options outlive it.
class Sources {
 public:
  Sources(CXTranslationUnit unit, const ScanOptions& options);

  /// Absolute and lexically normal.
  [[nodiscard]] const std::string& path(CXFile file) const;
  /// The text as the front end read it; valid as long as the unit.
  [[nodiscard]] std::string_view text(CXFile file) const;
  /// A path as reports print it: relative to the root where it lies under it.
  [[nodiscard]] std::string shown(const std::string& path) const;

  /// Code of the project: below the root, not excluded, in no system header (unless asked for); or
  /// in a file that the command line names.
  [[nodiscard]] bool in_project(CXSourceLocation location) const;
  /// False if no location in the file is in_project(); cheap, as nothing is searched for.
  [[nodiscard]] bool may_be_project(CXFile file) const;
  /// True for a file below the root that an option excludes.
  [[nodiscard]] bool is_excluded(CXFile file) const;
  /// What is declared there is reported: code of the project, and in one of the chosen headers.
  [[nodiscard]] bool reported(CXSourceLocation location) const;

  /// The range in the file where the text really stands (for macro expansions: where the macro is
  /// used).
  [[nodiscard]] SourceRange range(CXSourceRange range) const;
  /// The range of the token at the cursor's location.
  [[nodiscard]] SourceRange name(CXCursor cursor) const;
  /// The range of [begin, end) of a file, in bytes. The front end is not asked: it goes through all
  /// files that were included to find one.
  [[nodiscard]] SourceRange range(CXFile file, std::size_t begin, std::size_t end) const;
  /// True if the name of a declaration comes out of a macro expansion: another text stands there.
  [[nodiscard]] bool in_macro(CXCursor cursor) const;

  [[nodiscard]] CXTranslationUnit unit() const { return unit_; }
  /// What is known of libraries and of the project's own types.
  [[nodiscard]] const KnownNames& known() const;

 private:
  struct Facts {
    std::string path;
    std::string_view text;
    bool below_root = false;
    bool named = false;  ///< On the command line: reported wherever it lies.
    bool chosen = true;
    mutable std::vector<std::size_t> lines;  ///< Where they begin; made when first asked for.
  };
  const Facts& facts(CXFile file) const;

  CXTranslationUnit unit_;
  const ScanOptions& options_;
  std::string real_root_;  ///< The root with its links resolved.
  std::set<std::string> only_headers_;
  std::set<std::string> named_files_;
  mutable std::unordered_map<CXFile, Facts> files_;
};

}  // namespace snug
