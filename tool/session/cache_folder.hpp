// The folder in which results outlive a run.
//
// Any number of processes may read and write it at once: an entry appears whole or not at all (it
// is written beside its place and renamed), and carries a digest of itself, so that a damaged one
// is as good as none. The oldest are dropped when the folder grows past its limit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace snug {

/// Of all entries together.
inline constexpr std::uint64_t cache_limit = std::uint64_t{1} << 30U;

struct CacheContents {
  std::uint64_t units = 0;    ///< Entries.
  std::uint64_t proofs = 0;   ///< Entries.
  std::uint64_t orders = 0;   ///< Entries.
  std::uint64_t checks = 0;   ///< Entries: what all checks of a run found.
  std::uint64_t bytes = 0;    ///< Of all of them.
  std::uint64_t lookups = 0;  ///< Since it was cleared.
  std::uint64_t hits = 0;     ///< Lookups that found something.
};

class CacheFolder {
 public:
  /// Nothing is read or made yet.
  explicit CacheFolder(std::string folder, std::uint64_t limit = cache_limit);

  /// The bytes of an entry; nothing if there is none, or a damaged one (which is removed).
  [[nodiscard]] std::optional<std::string> read(const std::string& name) const;
  /// Marks an entry as used just now.
  void touch(const std::string& name) const;
  /// Stores an entry; the folder is made if need be. Returns what went wrong; empty if nothing.
  [[nodiscard]] std::string write(const std::string& name, std::string_view bytes) const;
  /// Drops the oldest entries, and what writers left behind that were cut off, if the folder is
  /// larger than its limit.
  void shrink() const;
  /// Adds to the numbers that contents() tells.
  void count(std::uint64_t lookups, std::uint64_t hits) const;

  [[nodiscard]] CacheContents contents() const;
  /// Removes all entries, and nothing else. Returns how many.
  std::uint64_t clear() const;

  [[nodiscard]] const std::string& path() const { return folder_; }
  /// Why the folder is not to be trusted; empty if it may be: it is another user's, or everybody
  /// may write to it. One that is not there is fine.
  [[nodiscard]] std::string distrust() const;

 private:
  std::string folder_;
  std::uint64_t limit_;
};

/// The folder of the user: $XDG_CACHE_HOME/snug, else ~/.cache/snug. Empty if neither is known.
[[nodiscard]] std::string user_cache_folder();

}  // namespace snug
