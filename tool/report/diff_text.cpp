// One line for each record, its slots below it:
//
//   grew      +8  market::Order  56 -> 64 bytes  market/order_book.hpp:12
//                 'trigger' is new: 8 bytes at byte 56
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>

#include "report/color.hpp"
#include "report/diff.hpp"

namespace snug {
namespace {

std::string place(const SourceRange& where) {
  return where.known() ? fmt::format("{}:{}", where.file, where.line) : std::string();
}

std::string sizes(const RecordDiff& record) {
  switch (record.kind) {
    case RecordDiff::Kind::Appeared:
      return fmt::format("{} bytes", record.after.size);
    case RecordDiff::Kind::Vanished:
      return fmt::format("{} bytes", record.before.size);
    case RecordDiff::Kind::Grew:
    case RecordDiff::Kind::Shrank:
      return fmt::format("{} -> {} bytes", record.before.size, record.after.size);
    default:
      return fmt::format("{} bytes", record.after.size);
  }
}

std::string_view color_of(const RecordDiff& record, const Palette& paint) {
  if (record.kind == RecordDiff::Kind::Grew) return paint.red();
  return record.kind == RecordDiff::Kind::Shrank ? paint.green() : paint.dim();
}

void write(const RecordDiff& record, const Palette& paint, std::ostream& out) {
  const bool gone = record.kind == RecordDiff::Kind::Vanished;
  const RecordDiff::Side& side = gone ? record.before : record.after;
  const std::string growth = record.growth() == 0 ? "0" : fmt::format("{:+}", record.growth());
  fmt::print(out, "{}{:<9}{} {:>6}  {}{}{}  {}", color_of(record, paint), to_string(record.kind),
             paint.reset(), growth, paint.bold(), side.name, paint.reset(), sizes(record));
  if (side.where.known()) fmt::print(out, "  {}", place(side.where));
  out << '\n';
  const auto line = [&](const std::string& text) { fmt::print(out, "{:<18}{}\n", "", text); };
  if (!gone && record.kind != RecordDiff::Kind::Appeared) {
    if (record.before.name != record.after.name) line(fmt::format("was {}", record.before.name));
    if (record.before.where.file != record.after.where.file) {
      line(fmt::format("was in {}", record.before.where.file));
    }
    if (record.before.align != record.after.align) {
      line(fmt::format("aligned to {} bytes, was {}", record.after.align, record.before.align));
    }
  }
  for (const SlotChange& change : record.slots) line(describe(change));
}

void write(const Finding& finding, std::string_view word, std::ostream& out) {
  const std::string where =
      finding.where.known()
          ? fmt::format("{}:{}:{}", finding.where.file, finding.where.line, finding.where.column)
          : "snug";
  fmt::print(out, "{}: {} {}: {} [{}]\n", where, word, to_string(finding.level), finding.message,
             finding.check);
}

void write_totals(const DiffReport& report, std::ostream& out) {
  const RunDiff& diff = *report.diff;
  const auto growth = [](std::uint64_t before, std::uint64_t after) {
    const auto change = static_cast<std::int64_t>(after) - static_cast<std::int64_t>(before);
    return change == 0 ? std::string("+0") : fmt::format("{:+}", change);
  };
  fmt::print(out, "{} -> {} records, {} -> {} bytes ({}), {} -> {} of padding ({})\n",
             diff.before.records, diff.after.records, diff.before.bytes, diff.after.bytes,
             growth(diff.before.bytes, diff.after.bytes), diff.before.padding, diff.after.padding,
             growth(diff.before.padding, diff.after.padding));
  if (diff.has_findings) {
    fmt::print(out, "findings: {} new, {} gone\n", diff.new_findings.size(),
               diff.gone_findings.size());
  }
}

}  // namespace

void write_diff_text(const DiffReport& report, bool color, std::ostream& out) {
  const RunDiff& diff = *report.diff;
  const Palette paint{color};
  for (const RecordDiff& record : diff.records) write(record, paint, out);
  for (const Finding& finding : diff.new_findings) write(finding, "new", out);
  for (const Finding& finding : diff.gone_findings) write(finding, "gone", out);
  write_totals(report, out);
}

}  // namespace snug
