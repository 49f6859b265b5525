#include "model/access_profile.hpp"

#include <algorithm>
#include <limits>

namespace snug {

namespace {

std::uint64_t saturated(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  return a > most - b ? most : a + b;
}

}  // namespace

std::uint64_t Accesses::total() const {
  return saturated(reads, writes);
}

void Accesses::add(const Accesses& more) {
  reads = saturated(reads, more.reads);
  writes = saturated(writes, more.writes);
}

Accesses RecordAccesses::sum() const {
  Accesses all;
  for (const Accesses& one : slots) all.add(one);
  return all;
}

const RecordAccesses* AccessProfile::of(std::string_view record_id) const {
  const auto found = std::lower_bound(
      records.begin(), records.end(), record_id,
      [](const RecordAccesses& one, std::string_view id) { return one.record_id < id; });
  return found != records.end() && found->record_id == record_id ? &*found : nullptr;
}

bool AccessProfile::is_hot(std::string_view record_id) const {
  const RecordAccesses* const counted = of(record_id);
  if (counted == nullptr) return false;
  std::uint64_t most = 0;
  for (const RecordAccesses& one : records) most = std::max(most, one.sum().total());
  const std::uint64_t own = counted->sum().total();
  return own > 0 && own >= most / 10 + (most % 10 == 0 ? 0 : 1);
}

}  // namespace snug
