// Results of the front end from other runs, in a folder and where machines share them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/orders/order_memory.hpp"
#include "scan/parse/input_state.hpp"
#include "scan/parse/keeper.hpp"
#include "session/cache_folder.hpp"
#include "session/events.hpp"
#include "session/shared/shared_results.hpp"

namespace snug {

/// How much of a run came from others.
struct KeptCounts {
  std::uint64_t units = 0, units_found = 0;
  std::uint64_t proofs = 0, proofs_found = 0;
};

class KeptResults final : public Keeper, public OrderMemory {
 public:
  /// `folder`: empty: of the shared results alone. REQUIRES: the events outlive it. Tells in them,
  /// once and as a detail, why nothing is kept.
  KeptResults(const std::string& folder, bool read_only, std::unique_ptr<SharedResults> shared,
              Events& events);
  /// Drops what is too old and writes the counts. Workers must leave without it.
  ~KeptResults() override;
  KeptResults(const KeptResults&) = delete;
  KeptResults& operator=(const KeptResults&) = delete;

  [[nodiscard]] bool find(Kept kind, const std::string& key, const UseResult& use) override;
  void keep(Kept kind, const std::string& key, std::string_view inputs,
            std::string_view result) override;
  void refused(const std::string& file, const std::string& why) override;
  void begin_model(const Files& files) override;
  /// Of this machine alone.
  [[nodiscard]] std::optional<std::string> answer_to(const std::string& question) override;
  void keep_answer(const std::string& question, std::string_view answer) override;
  /// The same for what checks found (see kept_findings.hpp).
  [[nodiscard]] std::optional<std::string> findings_for(const std::string& question);
  void keep_findings(const std::string& question, std::string_view findings);

  [[nodiscard]] const KeptCounts& counts() const { return counts_; }
  /// Of all entries, those of other projects too. O(entries).
  [[nodiscard]] std::uint64_t bytes() const { return off_ ? 0 : folder_.contents().bytes; }
  /// Null where no results are shared.
  [[nodiscard]] const SharedResults* shared() const { return shared_.get(); }

 private:
  [[nodiscard]] bool take(const std::string& name, const UseResult& use);
  [[nodiscard]] bool is_used(const std::optional<std::string>& bytes, const UseResult& use);
  [[nodiscard]] std::optional<std::string> read(const std::string& name);
  void write(const std::string& name, std::string_view bytes);

  CacheFolder folder_;
  std::unique_ptr<SharedResults> shared_;
  Events& events_;
  std::string program_;  ///< Stands for this build of the program.
  // snug: ignore(large-variant): nearly always there, one for each run
  std::optional<InputState> state_;
  KeptCounts counts_;
  bool off_ = false;       ///< The folder cannot be used.
  bool may_write_ = true;  ///< Until something went wrong.
  bool wrote_ = false;
};

}  // namespace snug
