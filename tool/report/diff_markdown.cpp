// Tables for a comment. A comment holds 65,536 characters at most, so long tables are cut, with the
// number of rows that are missing; every name is escaped.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "report/diff.hpp"
#include "report/formats/markdown_text.hpp"

namespace snug {
namespace {

constexpr std::size_t most_table_rows = 60;   ///< Of each table.
constexpr std::size_t most_slots = 6;         ///< Changes of slots in one row.
constexpr std::size_t most_characters = 300;  ///< Of one name.

std::string shortened(std::string_view name) {
  if (name.size() <= most_characters) return std::string(name);
  std::size_t end = most_characters;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return std::string(name.substr(0, end)) + "...";
}

std::string signed_bytes(std::int64_t bytes) {
  return bytes == 0 ? "0" : fmt::format("{:+}", bytes);
}

std::string slots_cell(const RecordDiff& record) {
  std::string cell;
  const auto add = [&](const std::string& text) { cell += (cell.empty() ? "" : "<br>") + text; };
  const bool both =
      record.kind != RecordDiff::Kind::Appeared && record.kind != RecordDiff::Kind::Vanished;
  if (both && record.before.name != record.after.name) {
    add("was " + markdown_code(shortened(record.before.name)));
  }
  if (both && record.before.where.file != record.after.where.file) {
    add("was in " + markdown_code(record.before.where.file));
  }
  if (both && record.before.align != record.after.align) {
    add(fmt::format("aligned to {} bytes, was {}", record.after.align, record.before.align));
  }
  for (std::size_t i = 0; i < record.slots.size() && i < most_slots; ++i) {
    add(markdown_message(shortened(describe(record.slots[i]))));
  }
  if (record.slots.size() > most_slots) {
    add(fmt::format("and {} more", record.slots.size() - most_slots));
  }
  return cell;
}

std::string size_cell(bool there, std::uint64_t size) {
  return there ? fmt::format("{}", size) : std::string("-");
}

void write_records(const RunDiff& diff, std::ostream& out) {
  if (diff.records.empty()) {
    out << "No layout changed.\n";
    return;
  }
  out << "| | type | before | after | bytes | what changed |\n|---|---|--:|--:|--:|---|\n";
  for (std::size_t i = 0; i < diff.records.size() && i < most_table_rows; ++i) {
    const RecordDiff& record = diff.records[i];
    const bool old = record.kind != RecordDiff::Kind::Appeared;
    const bool fresh = record.kind != RecordDiff::Kind::Vanished;
    const RecordDiff::Side& side = fresh ? record.after : record.before;
    fmt::print(out, "| {} | {} | {} | {} | {} | {} |\n", to_string(record.kind),
               markdown_code(shortened(side.name)), size_cell(old, record.before.size),
               size_cell(fresh, record.after.size), signed_bytes(record.growth()),
               slots_cell(record));
  }
  if (diff.records.size() > most_table_rows) {
    fmt::print(out, "\n... and {} more types.\n", diff.records.size() - most_table_rows);
  }
}

void write_findings(std::string_view title, const std::vector<Finding>& findings,
                    std::ostream& out) {
  if (findings.empty()) return;
  fmt::print(out, "\n**{}: {}**\n\n", title, findings.size());
  for (std::size_t i = 0; i < findings.size() && i < most_table_rows; ++i) {
    const Finding& finding = findings[i];
    const std::string where =
        finding.where.known()
            ? markdown_code(fmt::format("{}:{}", finding.where.file, finding.where.line)) + " "
            : std::string();
    fmt::print(out, "- {}{}: {} ({})\n", where, to_string(finding.level),
               markdown_message(shortened(finding.message)), markdown_escaped(finding.check));
  }
  if (findings.size() > most_table_rows) {
    fmt::print(out, "- ... and {} more\n", findings.size() - most_table_rows);
  }
}

}  // namespace

void write_diff_markdown(const DiffReport& report, std::ostream& out) {
  const RunDiff& diff = *report.diff;
  const auto change =
      static_cast<std::int64_t>(diff.after.bytes) - static_cast<std::int64_t>(diff.before.bytes);
  fmt::print(out, "### Layouts: {} grew, {} shrank, {} appeared, {} vanished\n\n",
             diff.count(RecordDiff::Kind::Grew), diff.count(RecordDiff::Kind::Shrank),
             diff.count(RecordDiff::Kind::Appeared), diff.count(RecordDiff::Kind::Vanished));
  write_records(diff, out);
  write_findings("New findings", diff.new_findings, out);
  write_findings("Gone findings", diff.gone_findings, out);
  fmt::print(out, "\n{} -> {} records, {} -> {} bytes ({}), of which padding {} -> {} ({}).\n",
             diff.before.records, diff.after.records, diff.before.bytes, diff.after.bytes,
             signed_bytes(change), diff.before.padding, diff.after.padding,
             markdown_escaped(diff.target));
}

}  // namespace snug
