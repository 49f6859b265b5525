// The report as one HTML page: a ranked table, search, and drawings of layouts beside the orders
// that were proven.
//
// The page needs no network and no other file. Its policy lets only its own style and script run,
// which it names by their hashes. Everything from the code stands in one block of JSON, in which
// '<' never appears, and the script puts it into the page as text.
#include <fmt/format.h>

#include <ostream>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/files.hpp"
#include "base/visible_text.hpp"
#include "report/fix_words.hpp"
#include "report/formats/html_first_rows.hpp"
#include "report/formats/html_page.hpp"
#include "report/formats/json_parts.hpp"
#include "report/layout_rows.hpp"
#include "report/paths.hpp"
#include "report/proof_words.hpp"
#include "report/report.hpp"

namespace snug {
namespace {

/// A source expression of a Content-Security-Policy that allows exactly this text.
std::string hash_source(std::string_view text) {
  const std::string hex = sha256_hex(text);
  std::string digest;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    digest += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return "'sha256-" + base64(digest) + "'";
}

std::string policy() {
  return fmt::format(
      "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
      hash_source(html_script), hash_source(html_style));
}

/// The page shows strings as they are, so that they are made visible before they are JSON.
Json visible(const Json& json) {
  if (json.is_string()) {
    return visible_lines(json.get_ref<const std::string&>());
  }
  if (!json.is_structured()) {
    return json;
  }
  Json result = json.is_array() ? Json::array() : Json::object();
  for (const auto& [key, item] : json.items()) {
    if (json.is_array()) {
      result.push_back(visible(item));
    } else {
      result[visible_lines(key)] = visible(item);
    }
  }
  return result;
}

/// JSON that can stand inside a <script> element: no '<' can end it or open a comment.
std::string script_safe(const Json& json) {
  std::string out;
  for (const char c : dump(visible(json))) {
    if (c == '<') {
      out += "\\u003c";  // '<' occurs only inside strings of JSON
    } else {
      out += c;
    }
  }
  return out;
}

/// The same in every report of the record, so that a link to it stays.
std::string link_of(const Record& record) {
  return hex_digest(record.id).substr(0, 12);
}

class HtmlWriter {
 public:
  HtmlWriter(const Report& report, std::ostream& out) : report_(report), out_(out) {}

  void write() {
    std::string_view rest = html_page;
    until("@POLICY@", rest);
    out_ << policy();
    until("@STYLE@", rest);
    out_ << html_style;
    until("@TOTALS@", rest);
    out_ << html_totals(report_);
    until("@TILES@", rest);
    out_ << html_tiles(report_);
    until("@ROWS@", rest);
    out_ << html_first_rows(report_);
    until("@DATA@", rest);
    write_data();
    until("@SCRIPT@", rest);
    out_ << html_script << rest;
  }

 private:
  /// Writes the page up to a mark and goes on behind it.
  void until(std::string_view mark, std::string_view& rest) {
    const std::size_t at = rest.find(mark);
    out_ << rest.substr(0, at);
    rest.remove_prefix(at + mark.size());
  }

  void write_data() {
    const Json tool = {{"version", report_.tool.version}, {"libclang", report_.tool.libclang}};
    out_ << "{\"tool\": " << script_safe(tool)
         << ",\n\"abi\": " << script_safe(json_of(report_.model->abi))
         << ",\n\"summary\": " << script_safe(summary_json(report_))
         << ",\n\"rules\": " << script_safe(rules()) << ",\n\"units\": " << script_safe(units())
         << ",\n\"source_url\": " << script_safe(Json(report_.source_url));
    write_array("records", records(), [&](const Record* record) { return record_json(*record); });
    write_array("findings", report_.findings,
                [&](const Finding& finding) { return finding_json(finding); });
    out_ << ",\n\"strings\": " << script_safe(strings_) << "}";
  }

  template <class Items, class ToJson>
  void write_array(std::string_view key, const Items& items, const ToJson& to_json) {
    out_ << ",\n\"" << key << "\": [";
    const char* separator = "\n";
    for (const auto& item : items) {
      out_ << separator << script_safe(to_json(item));
      separator = ",\n";
    }
    out_ << "]";
  }

  /// The records that are shown; their places in the list are how findings name them.
  std::vector<const Record*> records() {
    std::vector<const Record*> shown;
    for (const Record& record : report_.model->records) {
      if (record.reported) {
        record_numbers_[record.id] = shown.size();
        shown.push_back(&record);
      }
    }
    return shown;
  }

  /// Types and files appear many times: each is told once and named by its number.
  std::size_t number_of(const std::string& text) {
    const auto [number, added] = string_numbers_.try_emplace(text, strings_.size());
    if (added) {
      strings_.push_back(text);
    }
    return number->second;
  }

  std::size_t file_number(const std::string& path) {
    return number_of(percent_encoded(relative_path(path, report_.root)));
  }

  Json place(const SourceRange& where) {
    if (!where.known()) {
      return nullptr;
    }
    return Json::array({file_number(where.file), where.line});
  }

  Json rules() const {
    Json json = Json::object();
    for (const Rule& rule : report_.rules) {
      json[rule.id] = Json::array({rule.summary, rule.doc});
    }
    return json;
  }

  Json units() const {
    Json json = Json::array();
    for (const Unit& unit : report_.model->units) {
      if (unit.status != UnitStatus::Ok) {
        json.push_back(Json::array({percent_encoded(relative_path(unit.file, report_.root)),
                                    to_string(unit.status), unit.problems}));
      }
    }
    return json;
  }

  Json rows_of(const Record& record) {
    Json json = Json::array();
    for (const LayoutRow& row : layout_rows(record, *report_.model)) {
      const int kind = row.kind == LayoutRow::Kind::Part    ? 0
                       : row.kind == LayoutRow::Kind::Group ? 1
                                                            : 2;
      json.push_back(Json::array({kind, to_string(row.slot), row.depth, row.extent.offset_bits,
                                  row.extent.size_bits, number_of(row.type), row.name}));
    }
    return json;
  }

  Json better_json(const Record& record) {
    const auto better = report_.better.find(record.id);
    if (better == report_.better.end()) {
      return nullptr;
    }
    const Record& moved = better->second.record;
    const PaddingSum padding = padding_of(moved);
    return {{"size", moved.size},
            {"padding", padding.holes + padding.tail},
            {"proof", proof_words(*better->second.fix)},
            {"rows", rows_of(moved)}};
  }

  Json record_json(const Record& record) {
    const PaddingSum padding = padding_of(record);
    return Json::array({record.name, to_string(record.kind), place(record.where), record.size,
                        record.align, padding.holes, padding.tail, padding.bit_holes,
                        trait_names(record.traits), rows_of(record), better_json(record),
                        link_of(record)});
  }

  Json fix_json(const SuggestedFix& fix, const Finding& finding) {
    Json diffs = Json::array();
    for (const FileDiff& diff : fix_diff(fix, report_.files, 2)) {
      Json hunks = Json::array();
      for (const DiffHunk& hunk : diff.hunks) {
        Json lines = Json::array();
        for (const DiffLine& line : hunk.lines) {
          lines.push_back(std::string(1, static_cast<char>(line.kind)) + line.text);
        }
        hunks.push_back(Json::array({hunk.old_line, std::move(lines)}));
      }
      diffs.push_back(Json::array({file_number(diff.file), std::move(hunks)}));
    }
    return {{"headline", fix_headline(fix)},
            {"safety", to_string(fix.safety)},
            {"notes", fix_notes(fix, finding)},
            {"diff", std::move(diffs)}};
  }

  Json finding_json(const Finding& finding) {
    const auto record = record_numbers_.find(finding.record_id);
    Json evidence = Json::array();
    for (const Evidence& fact : finding.evidence) {
      evidence.push_back(Json::array({fact.message, place(fact.where)}));
    }
    Json fixes = Json::array();
    for (const SuggestedFix& fix : finding.fixes) {
      fixes.push_back(fix_json(fix, finding));
    }
    return {{"check", finding.check},
            {"level", to_string(finding.level)},
            {"message", finding.message},
            {"place", place(finding.where)},
            {"record", record == record_numbers_.end() ? Json(nullptr) : Json(record->second)},
            {"saved", finding.bytes_saved},
            {"instances", finding.instances ? Json(*finding.instances) : Json(nullptr)},
            {"evidence", std::move(evidence)},
            {"fixes", std::move(fixes)}};
  }

  const Report& report_;
  std::ostream& out_;
  std::vector<std::string> strings_;
  std::unordered_map<std::string, std::size_t> string_numbers_;
  std::unordered_map<std::string, std::size_t> record_numbers_;
};

}  // namespace

void write_html(const Report& report, std::ostream& out) {
  HtmlWriter(report, out).write();
}

}  // namespace snug
