// Which unit read which text of a file: they differ where somebody saves a header during a scan.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace snug {

class FileVersions {
 public:
  /// The units read this text of the file. An empty hash stands for texts that differed.
  void add(const std::string& path, const std::string& hash, std::span<const std::uint32_t> units);

  /// The files of which several texts were read. Sorted.
  [[nodiscard]] std::vector<std::string> changed() const;

  /// True if every unit of `a` read another text of some file than every unit of `b`: what they
  /// make of a type says nothing about the program. O(files that changed x units).
  [[nodiscard]] bool disagree(std::span<const std::uint32_t> a,
                              std::span<const std::uint32_t> b) const;

  /// Path to hash; empty where several texts were read.
  [[nodiscard]] std::map<std::string, std::string> hashes() const;

  using Version = std::pair<std::string, std::vector<std::uint32_t>>;  // hash, units
  /// The texts of a file of which several were read, by hash; none for any other file.
  [[nodiscard]] std::vector<Version> versions_of(const std::string& path) const;

 private:
  static bool is_changed(const std::vector<Version>& versions);
  /// By changed file: the number of the text that the unit read, 0 if it read none.
  [[nodiscard]] std::vector<std::size_t> texts_of(std::uint32_t unit) const;

  std::map<std::string, std::vector<Version>> versions_;
};

}  // namespace snug
