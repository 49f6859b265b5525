#include "report/formats/html_first_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "base/number_text.hpp"
#include "report/fix_words.hpp"
#include "report/formats/json_parts.hpp"
#include "report/formats/xml_text.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

constexpr std::size_t most_first_rows = 50;

struct Row {
  const Record* record = nullptr;
  std::vector<const Finding*> findings;
  std::int64_t saved = 0;
  std::uint64_t objects = 0;
  std::uint64_t padding = 0;
  [[nodiscard]] std::uint64_t waste() const {
    return static_cast<std::uint64_t>(saved) * std::max<std::uint64_t>(objects, 1);
  }
};

std::vector<Row> rows_of(const Report& report) {
  std::map<std::string_view, Row> found;
  for (const Record& record : report.model->records) {
    if (!record.reported) continue;
    const PaddingSum padding = padding_of(record);
    found[record.id] = {&record, {}, 0, 0, padding.holes + padding.tail};
  }
  for (const Finding& finding : report.findings) {
    const auto row = found.find(finding.record_id);
    if (row == found.end()) continue;
    row->second.findings.push_back(&finding);
    if (finding.bytes_saved <= row->second.saved) continue;
    row->second.saved = finding.bytes_saved;
    row->second.objects = finding.instances.value_or(0);
  }
  std::vector<Row> rows;
  for (auto& [id, row] : found) rows.push_back(std::move(row));
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(b.waste(), b.padding, std::string_view(a.record->name)) <
           std::tuple(a.waste(), a.padding, std::string_view(b.record->name));
  });
  if (rows.size() > most_first_rows) rows.resize(most_first_rows);
  return rows;
}

std::string cell(std::uint64_t value, std::uint64_t most = 0) {
  if (value == 0) return "<td class=\"number\"></td>";
  const std::string meter =
      most == 0 ? "" : fmt::format("<meter max=\"{}\" value=\"{}\"></meter>", most, value);
  return fmt::format("<td class=\"number\">{}{}</td>", meter, grouped(value));
}

std::string place_text(const Report& report, const SourceRange& where) {
  if (!where.known()) return "";
  return fmt::format("{}:{}", percent_encoded(relative_path(where.file, report.root)), where.line);
}

}  // namespace

std::string html_totals(const Report& report) {
  const Json sums = summary_json(report);
  const auto count = [&](const char* key) { return sums[key].get<std::uint64_t>(); };
  return fmt::format("{}; {} in {}; {} of {} bytes are padding.",
                     plural(count("findings"), "finding"), plural(count("records"), "record"),
                     plural(count("units"), "unit"), grouped(count("padding_bytes")),
                     grouped(count("record_bytes")));
}

std::string html_tiles(const Report& report) {
  const Json sums = summary_json(report);
  const auto count = [&](const char* key) { return sums[key].get<std::uint64_t>(); };
  std::uint64_t saves = 0, safe = 0;
  for (const Finding& finding : report.findings) {
    if (finding.state == FindingState::Known || finding.fixes.empty()) continue;
    if (finding.fixes.front().safety != Safety::Safe) continue;
    ++safe;
    saves += value_of(finding);
  }
  const auto tile = [](const char* kind, const char* term, const std::string& value) {
    return fmt::format("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>", kind, term, value);
  };
  const std::uint64_t bytes = count("record_bytes"), padding = count("padding_bytes");
  const double share =
      bytes == 0 ? 0 : 100 * static_cast<double>(padding) / static_cast<double>(bytes);
  return tile("plain", "Findings", grouped(count("findings"))) +
         tile("save", "Safe fixes", grouped(safe)) +
         tile("save", "Bytes they save", grouped(saves)) +
         tile("free", "Padding", fmt::format("{:.1f}%", share)) +
         tile("plain", "Records", grouped(count("records"))) +
         tile("plain", "Units", grouped(count("units")));
}

std::string html_first_rows(const Report& report) {
  const std::vector<Row> rows = rows_of(report);
  const std::uint64_t most_waste = rows.empty() ? 0 : rows.front().waste();
  std::string text;
  for (const Row& row : rows) {
    text += fmt::format(
        "<tr><th scope=\"row\">{}</th>{}{}{}{}{}{}<td class=\"place\">{}</td></tr>\n",
        xml_text(row.record->name), cell(row.record->size), cell(row.padding, row.record->size),
        cell(static_cast<std::uint64_t>(row.saved)), cell(row.objects),
        cell(row.waste(), most_waste), cell(row.findings.size()),
        xml_text(place_text(report, row.record->where)));
    for (const Finding* finding : row.findings) {
      text += fmt::format(
          "<tr class=\"said\"><td colspan=\"8\">{}: {}{} [{}]</td></tr>\n",
          to_string(finding->level), xml_text(finding->message),
          finding->fixes.empty() ? "" : "; " + xml_text(fix_headline(finding->fixes.front())),
          xml_text(finding->check));
    }
  }
  return text;
}

}  // namespace snug
