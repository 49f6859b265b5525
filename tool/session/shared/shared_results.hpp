// Results that several machines share. A store may be slow, full, refuse, cut off, mix up or invent
// what it sends: that costs time, and never changes what a run reports.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "session/events.hpp"
#include "session/shared/store.hpp"

namespace snug {

struct SharedCounts {
  std::uint64_t lookups = 0, found = 0, stored = 0;
};

class SharedResults {
 public:
  /// REQUIRES: the events outlive it. Tells in them, once, when the store is given up. `secret`:
  /// not empty: results count only if who stored them knows it, too.
  SharedResults(std::unique_ptr<Store> store, std::string told, bool read_only, std::string secret,
                Events& events);

  /// The bytes that were stored under this name; nothing if there are none that are whole.
  [[nodiscard]] std::optional<std::string> find(const std::string& name);
  void keep(const std::string& name, std::string_view bytes);

  [[nodiscard]] const SharedCounts& counts() const { return counts_; }
  /// Where the store is.
  [[nodiscard]] const std::string& told() const { return told_; }

 private:
  [[nodiscard]] std::string sealed(const std::string& name, std::string_view bytes) const;
  [[nodiscard]] std::optional<std::string> opened(const std::string& name,
                                                  std::string_view stored) const;
  void judge(const StoreReply& reply, std::chrono::steady_clock::duration took, unsigned& failures);
  void give_up(const std::string& why);

  std::unique_ptr<Store> store_;  ///< Null: given up.
  std::string told_;
  std::string secret_;
  Events& events_;
  bool may_write_;
  unsigned slow_ = 0;                             ///< Requests in a row.
  unsigned failed_finds_ = 0, failed_keeps_ = 0;  ///< In a row.
  SharedCounts counts_;
};

/// Those at this place; null for an empty one. The secret is that of $SNUG_CACHE_SECRET. Throws
/// Error for a place that cannot be one, not for a store that does not answer.
[[nodiscard]] std::unique_ptr<SharedResults> open_shared_results(const std::string& place,
                                                                 bool read_only, Events& events);

}  // namespace snug
