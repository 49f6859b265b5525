#include "report/left_out.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/fix_words.hpp"

namespace snug {
namespace {

std::uint64_t units_with(const Model& model, bool skipped) {
  return static_cast<std::uint64_t>(
      std::count_if(model.units.begin(), model.units.end(), [&](const Unit& unit) {
        const bool is_skipped = unit.status == UnitStatus::Skipped;
        return unit.status != UnitStatus::Ok && is_skipped == skipped;
      }));
}

}  // namespace

std::vector<LeftOutCount> left_out_counts(const Report& report) {
  const Model& model = *report.model;
  const std::uint64_t skipped = units_with(model, true);
  const std::uint64_t without = model.left_out.without_layout.size();
  const std::uint64_t outside = model.left_out.outside.size();
  const std::uint64_t excluded = model.left_out.excluded.size();
  const std::uint64_t below = report.gates.below_level;
  const std::uint64_t wrong = report.gates.contradicted;
  return {
      {"units_failed", units_with(model, false), ""},
      {"units_skipped", skipped, fmt::format("{} (named above)", plural(skipped, "unit"))},
      {"records_without_layout", without,
       fmt::format("{} without a certain layout", plural(without, "record"))},
      {"files_outside_root", outside,
       fmt::format("{} outside of the root (--root DIR)", plural(outside, "file"))},
      {"files_excluded", excluded,
       fmt::format("{} that --exclude or .snug.toml names", plural(excluded, "file"))},
      {"findings_below_level", below,
       fmt::format("{} (--level note reports {})", plural(below, "note"),
                   below == 1 ? "it" : "them")},
      {"findings_bundled", report.gates.bundled,
       fmt::format("{} in bundled code, {} (--bundled reports {})",
                   plural(report.gates.bundled, "finding"),
                   fmt::join(report.gates.bundled_folders, ", "),
                   report.gates.bundled == 1 ? "it" : "them")},
      {"findings_beyond_top", report.gates.beyond_top,
       fmt::format("{} behind the first of --top", plural(report.gates.beyond_top, "finding"))},
      {"findings_ignored", report.gates.ignored, ""},
      {"findings_untouched", report.gates.untouched, ""},
      {"findings_known", report.gates.known, ""},
      {"findings_contradicted", wrong,
       fmt::format("{} that the compiler contradicts", plural(wrong, "finding"))},
  };
}

}  // namespace snug
