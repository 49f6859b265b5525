#include "session/shared/shared_results.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "base/digest.hpp"
#include "base/files.hpp"

namespace snug {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view head = "snug-shared 1\n";
constexpr std::size_t seal_size = 32;
/// A unit is parsed in a second or so: a store that takes longer is of no use.
constexpr std::chrono::seconds slow{2};
constexpr unsigned patience = 3;

}  // namespace

SharedResults::SharedResults(std::unique_ptr<Store> store, std::string told, bool read_only,
                             std::string secret, Events& events)
    : store_(std::move(store)),
      told_(std::move(told)),
      secret_(std::move(secret)),
      events_(events),
      may_write_(!read_only) {}

std::string SharedResults::sealed(const std::string& name, std::string_view bytes) const {
  std::string all = fmt::format("{}{}\n", head, name);
  all += bytes;
  all += keyed_digest_of(all, secret_);
  return all;
}

std::optional<std::string> SharedResults::opened(const std::string& name,
                                                 std::string_view stored) const {
  const std::string start = fmt::format("{}{}\n", head, name);
  if (stored.size() < start.size() + seal_size || !stored.starts_with(start)) return std::nullopt;
  const std::string_view text = stored.substr(0, stored.size() - seal_size);
  if (stored.substr(text.size()) != keyed_digest_of(text, secret_)) return std::nullopt;
  return std::string(text.substr(start.size()));
}

void SharedResults::give_up(const std::string& why) {
  events_.tell(fmt::format("the shared cache {} is not used from here on: {}", told_, why));
  store_.reset();
}

void SharedResults::judge(const StoreReply& reply, Clock::duration took, unsigned& failures) {
  const bool failed = reply.answer == StoreAnswer::Failed;
  slow_ = took > slow ? slow_ + 1 : 0;
  failures = failed ? failures + 1 : 0;
  if (failed && (failures == patience || took > slow)) return give_up(reply.why);
  if (slow_ == patience) give_up("it takes more than two seconds for each answer");
}

std::optional<std::string> SharedResults::find(const std::string& name) {
  if (store_ == nullptr) return std::nullopt;
  ++counts_.lookups;
  const Clock::time_point start = Clock::now();
  const StoreReply reply = store_->get(sha256_hex(name));
  if (reply.answer == StoreAnswer::Denied) {
    give_up(reply.why);
    return std::nullopt;
  }
  judge(reply, Clock::now() - start, failed_finds_);
  if (reply.answer != StoreAnswer::Done) return std::nullopt;
  std::optional<std::string> bytes = opened(name, reply.bytes);
  if (bytes) ++counts_.found;
  return bytes;
}

void SharedResults::keep(const std::string& name, std::string_view bytes) {
  if (store_ == nullptr || !may_write_) return;
  const Clock::time_point start = Clock::now();
  const StoreReply reply = store_->put(sha256_hex(name), sealed(name, bytes));
  if (reply.answer == StoreAnswer::Done) ++counts_.stored;
  if (reply.answer == StoreAnswer::Denied) {
    may_write_ = false;
    events_.detail(fmt::format("nothing is stored in {}: {}", told_, reply.why));
    return;
  }
  judge(reply, Clock::now() - start, failed_keeps_);
}

std::unique_ptr<SharedResults> open_shared_results(const std::string& place, bool read_only,
                                                   Events& events) {
  if (place.empty()) return nullptr;
  const StorePlace where = parse_store_place(place);
  const char* const secret = std::getenv("SNUG_CACHE_SECRET");
  return std::make_unique<SharedResults>(open_store(where), where.told(), read_only,
                                         secret == nullptr ? "" : secret, events);
}

}  // namespace snug
