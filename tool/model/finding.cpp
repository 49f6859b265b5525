#include "model/finding.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace snug {

void speak_for(const SuggestedFix& fix, Finding& finding) {
  if (!fix.words) return;
  finding.message = fix.words->message;
  finding.bytes_saved = fix.words->bytes_saved;
  finding.instances = fix.words->instances;
  finding.evidence = fix.words->evidence;
}

std::string_view to_string(Level level) {
  return level == Level::Warning ? "warning" : "note";
}

std::string_view to_string(Safety safety) {
  switch (safety) {
    case Safety::Safe:
      return "safe";
    case Safety::Review:
      return "review";
    case Safety::Abi:
      return "abi";
    case Safety::Refused:
      return "refused";
  }
  return "refused";
}

bool report_before(const Finding& a, const Finding& b) {
  const auto weight = [](const Finding& finding) {
    return finding.observed ? finding.observed->total() : 0;
  };
  if (weight(a) != weight(b)) return weight(a) > weight(b);
  const auto key = [](const Finding& finding) {
    return std::tie(finding.where.file, finding.where.line, finding.where.column, finding.check,
                    finding.message, finding.record_id);
  };
  return key(a) < key(b);
}

std::uint64_t value_of(const Finding& finding) {
  if (finding.bytes_saved <= 0) return 0;
  return static_cast<std::uint64_t>(finding.bytes_saved) *
         std::max<std::uint64_t>(finding.instances.value_or(1), 1);
}

bool worth_before(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& finding) {
    return std::tuple(finding.observed ? finding.observed->total() : 0,
                      finding.level == Level::Warning, !finding.few, value_of(finding),
                      finding.lines_saved);
  };
  const auto left = key(a);
  const auto right = key(b);
  return left == right ? report_before(a, b) : left > right;
}

std::string lasting_name(std::string_view name) {
  constexpr std::string_view at = " at ";
  std::string out;
  while (!name.empty()) {
    const std::size_t open = name.find('(');
    if (open == std::string_view::npos) break;
    out += name.substr(0, open);
    name.remove_prefix(open);
    const std::size_t close = name.find(')');
    const std::size_t place = name.substr(0, close).find(at);
    if (close == std::string_view::npos || place == std::string_view::npos) {
      out += name.front();
      name.remove_prefix(1);
      continue;
    }
    out += name.substr(0, place);
    name.remove_prefix(close);
  }
  return out + std::string(name);
}

}  // namespace snug
