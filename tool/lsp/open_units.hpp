// Which units are read for the open documents, when, and what is known of them.
//
// An answer counts for a document if the text that was scanned is, by its hash, the text that the
// document has now, and the same holds for every other open document that the unit reads. Versions
// and times have no say in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lsp/answers.hpp"
#include "lsp/documents.hpp"
#include "lsp/reading.hpp"
#include "lsp/worker.hpp"

namespace snug::lsp {

using Clock = std::chrono::steady_clock;

/// What a worker is doing.
enum class Step : std::uint8_t { None, Reading, Ready, Checking, Checked };

/// Texts by path, under each name that a document has.
using OpenTexts = std::map<std::string, std::shared_ptr<const Lines>>;

/// Where a document names records and fields; null if that cannot be found out.
using FoundPlaces = std::shared_ptr<const std::vector<NamedPlace>>;

/// A unit, or a header read through one.
struct OpenUnit {
  std::string entry;  ///< The path that is read.
  std::unique_ptr<Worker> worker;
  std::shared_ptr<const Layouts> layouts;    ///< The last good ones; may be null.
  std::shared_ptr<const Findings> findings;  ///< Of these layouts; null: not yet.
  /// The open documents as these layouts saw them, and as the worker has them, by path.
  OpenTexts texts, sent;
  std::uint64_t asked = 0;                    ///< Readings that the worker was asked for.
  std::uint64_t begun = 0;                    ///< That which its answers belong to.
  std::map<std::string, FoundPlaces> places;  ///< Of these texts, by path.
  std::string places_asked;                   ///< Path; empty: none is on its way.
  std::string trouble;                        ///< Why the last reading gave nothing.
  std::string check_trouble;                  ///< Likewise of the checks.
  std::uint64_t tried = 0;                    ///< The generation that was read last.
  std::uint64_t used = 0;                     ///< Grows with each use.
  Step step = Step::None;
  bool holds = true;      ///< Its worker keeps a preamble.
  bool told = false;      ///< The trouble was shown.
  bool outdated = false;  ///< A file on the disk has changed.
  bool check_at_once = true;
  Clock::time_point due;       ///< Not read before.
  Clock::time_point deadline;  ///< Of the step.
};

[[nodiscard]] inline bool is_busy(const OpenUnit& unit) {
  return unit.step == Step::Reading || unit.step == Step::Checking;
}

/// How much is known of a document.
enum class Knowledge : std::uint8_t {
  Fresh,
  Stale,    ///< The text cannot be read as it is now; what there is is older.
  Pending,  ///< It is being found out.
  None,
};

struct Known {
  Knowledge knowledge = Knowledge::None;
  OpenUnit* unit = nullptr;  ///< Null unless Fresh or Stale.
  std::string why;           ///< Of Stale and None.
};

/// What units tell the server.
struct UnitListener {
  std::function<void(OpenUnit& unit)> layouts;   ///< There are new ones.
  std::function<void(OpenUnit& unit)> findings;  ///< There are new ones.
  std::function<void(OpenUnit& unit)> trouble;   ///< A reading gave nothing.
  std::function<void(ProofAnswer answer)> proof;
  std::function<void(const std::string& sentence)> log;
};

class OpenUnits {
 public:
  /// REQUIRES: the documents outlive it. `reading` makes the reading of a path.
  OpenUnits(const Documents& documents, std::function<Reading(const std::string& path)> reading,
            UnitListener listener);

  void opened(const Document& document);
  void changed(const Document& document);  ///< By an edit.
  void saved(const Document& document);
  void closed(const std::string& path, const std::string& real_path);
  /// Files on the disk, or settings, have changed: whoever may read them is read anew.
  void disk_changed();

  /// `checks`: findings are asked for, not layouts alone.
  [[nodiscard]] Known known(const Document& document, bool checks);
  /// Asks the unit's worker to prove a finding. False if there is none: one is started, and the
  /// unit is not known until it has read everything anew.
  bool ask(const std::string& entry, std::size_t finding, std::uint64_t token);
  /// Ends the worker of a unit; what it found stays.
  void stop(const std::string& entry);
  /// Where the document names records and fields; nothing while that is being found out.
  /// REQUIRES: the unit is known to be fresh for the document.
  [[nodiscard]] std::optional<FoundPlaces> places(const std::string& entry,
                                                  const std::string& path);

  /// Starts what is due and ends what is late.
  void tick(Clock::time_point now);
  /// When tick() has to be called at the latest.
  [[nodiscard]] Clock::time_point next_due() const;
  /// Workers by the descriptor that they are heard through.
  [[nodiscard]] std::vector<int> descriptors() const;
  void hear(int descriptor);
  /// The descriptors that can take more, once they can be written.
  [[nodiscard]] std::vector<int> senders() const;
  void send_more(int descriptor);
  [[nodiscard]] const std::map<std::string, OpenUnit>& all() const { return units_; }

 private:
  [[nodiscard]] bool covers(const OpenUnit& unit, const Document& document) const;
  [[nodiscard]] bool is_fresh(const OpenUnit& unit) const;
  [[nodiscard]] bool needs_reading(const OpenUnit& unit) const;
  [[nodiscard]] bool serves(const OpenUnit& unit) const;
  [[nodiscard]] OpenUnit* unit_for(const Document& document);
  [[nodiscard]] std::size_t busy() const;
  void start(OpenUnit& unit, Clock::time_point now);
  void interrupt(OpenUnit& unit);
  void start_checks(OpenUnit& unit, Clock::time_point now);
  void make_room();
  void take(OpenUnit& unit, const Letter& letter);
  void fail(OpenUnit& unit, const std::string& why);
  void lose(OpenUnit& unit);
  void drop_idle();

  const Documents& documents_;
  std::function<Reading(const std::string&)> reading_;
  UnitListener listener_;
  std::map<std::string, OpenUnit> units_;  ///< By entry.
  std::uint64_t generation_ = 1;           ///< Of all texts together.
  std::uint64_t uses_ = 0;
};

}  // namespace snug::lsp
