// SARIF 2.1.0, the format of code scanning services and editors: one run, one result a finding.
//
// Evidence is part of the result's message: where it has a place, as a link to a related location,
// since services show those alone that the message links to. Threads become code flows. A service
// refuses logs with more than 25,000 results: those that save most stay, and a notification counts
// the rest. Columns and offsets are counted in UTF-16 code units. Results are written one a line,
// so that reports of large projects need no second copy in memory.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "report/fingerprint.hpp"
#include "report/fix_words.hpp"
#include "report/formats/json_parts.hpp"
#include "report/formats/markdown_text.hpp"
#include "report/formats/sarif_parts.hpp"
#include "report/formats/uri.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

constexpr const char* schema_uri =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Results that a service takes from one run.
constexpr std::size_t most_results = 25'000;

/// With a capital letter at the start and a full stop at the end.
std::string sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text.ends_with('.') ? text : text + ".";
}

/// A message string: braces would be placeholders, brackets in front of a parenthesis a link.
std::string message_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '(' && out.ends_with(']') ? " " : "";
    out += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
  }
  return out;
}

Json message_json(std::string_view text) {
  return {{"text", message_text(text)}};
}

/// A link to the related location with that number.
std::string link_text(std::string_view text, std::size_t number) {
  std::string out = "[";
  for (const char c : message_text(text)) {
    out += c == '[' || c == ']' || c == '\\' ? "\\" : "";
    out += c;
  }
  return out + fmt::format("]({})", number);
}

Json rule_json(const Rule& rule) {
  return {{"id", rule.id},
          {"shortDescription", {{"text", sentence(rule.summary)}}},
          {"fullDescription", {{"text", sentence(rule.doc.substr(0, rule.doc.find("\n\n")))}}},
          {"help", {{"text", rule.doc}, {"markdown", markdown_prose(rule.doc)}}},
          {"defaultConfiguration", {{"level", "warning"}}},
          {"properties",
           {{"tags", {"memory", "performance"}},
            {"precision", "high"},
            {"problem.severity", "warning"}}}};
}

std::string_view exit_meaning(int status) {
  switch (status) {
    case 0:
      return "no findings at the level that fails";
    case 1:
      return "findings at the level that fails";
    default:
      return "something could not be analysed";
  }
}

class SarifWriter {
 public:
  SarifWriter(const Report& report, std::ostream& out)
      : report_(report), places_(report), out_(out) {
    for (std::size_t i = 0; i < report.rules.size(); ++i) {
      rule_numbers_[report.rules[i].id] = i;
    }
    if (report.findings.size() > most_results) {
      const std::vector<const Finding*> best = by_saving(report);
      kept_.insert(best.begin(),
                   best.begin() + static_cast<std::ptrdiff_t>(std::min(best.size(), most_results)));
    }
  }

  void write() {
    out_ << "{\"$schema\": \"" << schema_uri << "\",\n \"version\": \"2.1.0\",\n \"runs\": [{\n";
    out_ << "  \"tool\": " << dump(tool()) << ",\n  \"invocations\": [" << dump(invocation())
         << "],\n  \"originalUriBaseIds\": " << dump(bases())
         << ",\n  \"columnKind\": \"utf16CodeUnits\",\n  \"results\": [";
    const char* separator = "\n   ";
    for (const Finding& finding : report_.findings) {
      if (!kept_.empty() && !kept_.contains(&finding)) continue;
      out_ << separator << dump(result(finding));
      separator = ",\n   ";
    }
    out_ << "],\n  \"artifacts\": " << dump(places_.artifacts()) << "}]}\n";
  }

 private:
  [[nodiscard]] Json tool() const {
    Json rules = Json::array();
    for (const Rule& rule : report_.rules) {
      rules.push_back(rule_json(rule));
    }
    return {{"driver",
             {{"name", "snug"},
              {"version", report_.tool.version},
              {"semanticVersion", report_.tool.version},
              {"rules", std::move(rules)},
              {"properties",
               {{"libclang", report_.tool.libclang}, {"target", report_.model->abi.target}}}}}};
  }

  [[nodiscard]] Json bases() const {
    if (report_.root.empty()) {
      return Json::object();
    }
    return {{sarif_root, {{"uri", file_uri(report_.root, true)}}}};
  }

  /// What became of the run; units that were lost or said something are its notifications.
  [[nodiscard]] Json invocation() {
    Json notifications = Json::array();
    for (const Unit& unit : report_.model->units) {
      if (unit.status == UnitStatus::Ok && unit.problems.empty()) {
        continue;
      }
      const bool lost = unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped;
      std::string text =
          unit.status == UnitStatus::Ok
              ? std::string()
              : fmt::format("The unit was not analysed ({}).", to_string(unit.status));
      for (const std::string& problem : unit.problems) {
        text += (text.empty() ? "" : "\n") + problem;
      }
      notifications.push_back({{"level", lost ? "error" : "note"},
                               {"message", message_json(text)},
                               {"locations", Json::array({unit_location(unit)})}});
    }
    if (!kept_.empty()) {
      const std::string text = fmt::format(
          "{} of {} findings are in this log, those that save most: services take no "
          "more. Other formats have all.",
          kept_.size(), report_.findings.size());
      notifications.push_back({{"level", "warning"}, {"message", message_json(text)}});
    }
    Json json = {{"executionSuccessful", report_.exit_status == 0 || report_.exit_status == 1},
                 {"exitCode", report_.exit_status},
                 {"exitCodeDescription", exit_meaning(report_.exit_status)}};
    if (!notifications.empty()) {
      json["toolExecutionNotifications"] = std::move(notifications);
    }
    return json;
  }

  [[nodiscard]] Json unit_location(const Unit& unit) {
    return {{"physicalLocation", {{"artifactLocation", places_.artifact(unit.file)}}}};
  }

  [[nodiscard]] static std::string message_of(const Finding& finding) {
    std::string text = message_text(finding.message);
    std::size_t number = 0;
    for (const Evidence& fact : finding.evidence) {
      text += '\n' +
              (fact.where.known() ? link_text(fact.message, ++number) : message_text(fact.message));
    }
    for (const SuggestedFix& fix : finding.fixes) {
      text += '\n' + message_text(fix_headline(fix));
      for (const std::string& note : fix_notes(fix, finding)) {
        text += '\n' + message_text(note);
      }
    }
    return text;
  }

  [[nodiscard]] Json related(const Finding& finding) {
    Json locations = Json::array();
    for (const Evidence& fact : finding.evidence) {
      if (fact.where.known()) {
        locations.push_back({{"id", locations.size() + 1},
                             {"physicalLocation", places_.physical(fact.where)},
                             {"message", message_json(fact.message)}});
      }
    }
    return locations;
  }

  /// For each thread that touches the data: where it is started, the way from there, the access.
  /// Empty for findings that are not about threads.
  [[nodiscard]] Json thread_flows(const Finding& finding) {
    std::vector<Json> flows;
    bool started = false;
    for (const Evidence& fact : finding.evidence) {
      const bool access = fact.kind == "writer" || fact.kind == "reader";
      const bool before = fact.kind == "path" || fact.kind == "thread-entry";
      if (!fact.where.known() || (!access && (!before || flows.empty()))) continue;
      if (access) flows.push_back(Json::array());
      started = started || fact.kind == "thread-entry";
      const Json step = {{"location",
                          {{"physicalLocation", places_.physical(fact.where)},
                           {"message", message_json(fact.message)}}}};
      // The access comes first among the evidence and last in time.
      flows.back().insert(flows.back().begin(), step);
    }
    Json json = Json::array();
    for (Json& steps : flows) json.push_back({{"locations", std::move(steps)}});
    return started ? json : Json::array();
  }

  [[nodiscard]] Json fixes(const Finding& finding) {
    Json json = Json::array();
    for (const SuggestedFix& fix : finding.fixes) {
      Json changes = places_.changes(fix.edits);
      if (!changes.empty()) {
        json.push_back({{"description", message_json(fix_headline(fix))},
                        {"artifactChanges", std::move(changes)},
                        {"properties", {{"safety", to_string(fix.safety)}}}});
      }
    }
    return json;
  }

  [[nodiscard]] Json result(const Finding& finding) {
    Json json = {{"ruleId", finding.check}};
    if (const auto rule = rule_numbers_.find(finding.check); rule != rule_numbers_.end()) {
      json["ruleIndex"] = rule->second;
    }
    json["level"] = to_string(finding.level);
    json["message"] = {{"text", message_of(finding)}};
    if (finding.where.known()) {
      Json location = {{"physicalLocation", places_.physical(finding.where)}};
      if (const Record* record = report_.model->find(finding.record_id)) {
        const Json type = {{"fullyQualifiedName", record->name}, {"kind", "type"}};
        location["logicalLocations"] = Json::array({type});
      }
      json["locations"] = Json::array({std::move(location)});
    }
    if (Json locations = related(finding); !locations.empty()) {
      json["relatedLocations"] = std::move(locations);
    }
    if (Json flow = thread_flows(finding); !flow.empty()) {
      json["codeFlows"] = Json::array({{{"threadFlows", std::move(flow)}}});
    }
    json["partialFingerprints"] = {{"snug/v1", fingerprint_of(finding)}};
    if (finding.state != FindingState::Unmatched) {
      json["baselineState"] = finding.state == FindingState::Known ? "unchanged" : "new";
    }
    if (Json list = fixes(finding); !list.empty()) {
      json["fixes"] = std::move(list);
    }
    json["properties"] = {
        {"bytesSaved", finding.bytes_saved},
        {"instances", finding.instances ? Json(*finding.instances) : Json(nullptr)}};
    if (finding.observed) {
      json["properties"]["observedReads"] = finding.observed->reads;
      json["properties"]["observedWrites"] = finding.observed->writes;
    }
    return json;
  }

  const Report& report_;
  SarifPlaces places_;
  std::ostream& out_;
  std::map<std::string, std::size_t, std::less<>> rule_numbers_;
  std::set<const Finding*> kept_;  ///< Empty: all of them.
};

}  // namespace

void write_sarif(const Report& report, std::ostream& out) {
  SarifWriter(report, out).write();
}

}  // namespace snug
