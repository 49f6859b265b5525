// Everything that was read from the code, as plain data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/enumeration.hpp"
#include "model/evidence.hpp"
#include "model/layout/rules.hpp"
#include "model/ownership.hpp"
#include "model/record.hpp"
#include "model/source.hpp"
#include "model/use.hpp"
#include "model/variant.hpp"

namespace snug {

/// The target that a model was laid out for.
struct Abi {
  std::string target;  ///< Triple as the front end prints it.
  std::uint32_t pointer_bytes = 8;
  std::uint32_t cache_line_bytes = 64;
  bool microsoft = false;  ///< MSVC record layout rules instead of Itanium's.
  auto operator<=>(const Abi&) const = default;
};

enum class UnitStatus : std::uint8_t { Ok, Failed, Crashed, Timeout, MemoryLimit, Skipped };

/// One translation unit and what became of it.
struct Unit {
  std::string file;  ///< Absolute path of the main file.
  UnitStatus status = UnitStatus::Ok;
  /// Its own code was searched for uses: it is code of the project, and bodies were read.
  bool searched = false;
  std::vector<std::string> problems;  ///< Sentences for people, in order of appearance.
  std::string
      flags_key;  ///< Hash of the layout-relevant flags: tells configurations of a file apart.
  std::vector<std::string>
      flags;  ///< The layout-relevant flags themselves (odr-layout shows how they differ).
  /// The files of the project that it reads, as places in the order of Model::file_hashes. Sorted.
  std::vector<std::uint32_t> files;
  /// How the front end was called: the folder and every argument, without the file. A proof calls
  /// it in the same way, maybe in another run. Empty for units that could not be parsed.
  std::string directory;
  std::vector<std::string> arguments;
};

/// What a scan met and left out of the records. All sorted, each once.
struct LeftOut {
  std::vector<std::string> without_layout;  ///< Names of records whose layout is not certain.
  std::vector<std::string> outside;   ///< Files outside of the root that are no system headers.
  std::vector<std::string> excluded;  ///< Files below the root that an option excludes.
};

/// A definition seen with a second layout. Becomes an odr-layout finding.
/// Sorted by the record's id in a Model.
struct LayoutConflict {
  Record other;  ///< The layout that differs from the one in Model::records.
  bool doubtful =
      false;  ///< A file changed between the units of the two: maybe no conflict at all.
};

/// The merged contents of any number of units of one target.
///
/// Records are sorted by id, uses by place, units by file and flags; nothing depends on the order
/// in which units were scanned.
struct Model {
  Abi abi;
  std::vector<Unit> units;
  std::vector<Record> records;
  std::vector<LayoutConflict> conflicts;
  std::vector<Use> uses;
  std::vector<InitializerList> initializers;
  std::vector<Function> functions;        ///< Sorted by id, each once. Empty with --layout-only.
  std::vector<Variable> variables;        ///< Sorted by id, each once. Empty with --layout-only.
  std::vector<Holding> holdings;          ///< Sorted, each once.
  std::vector<Enumeration> enumerations;  ///< Sorted by id, each once.
  std::vector<EnumUse> enum_uses;         ///< Sorted, each once.
  Ownership ownership;
  std::vector<Variant> variants;  ///< Sorted by id, each once. Empty with --layout-only.
  std::map<std::string, std::string>
      file_hashes;  ///< Absolute path of each project file to its SHA-256; empty if units read
                    ///< different texts of it.
  LeftOut left_out;
  Rules rules;  ///< Of the project, read anew for each run: no scan knows them, no file keeps them.

  [[nodiscard]] const Record* find(std::string_view id) const;  ///< Null if absent. O(log n).

  /// The layout of the record that a unit (an index into `units`) has: the one of `records` or of
  /// `conflicts`. Null if the unit sees none. O(log n).
  [[nodiscard]] const Record* find_in_unit(std::string_view id, std::uint32_t unit) const;

  [[nodiscard]] const Function* find_function(std::string_view id) const;  ///< Null if absent.
  [[nodiscard]] const Variable* find_variable(std::string_view id) const;  ///< Null if absent.
};

[[nodiscard]] std::string_view to_string(UnitStatus status);

/// Joins models of one target. Equal definitions become one record with the union of their units;
/// the same id with another layout becomes a conflict. O(n log n).
[[nodiscard]] Model merge(std::vector<Model> parts);

}  // namespace snug
