#include "report/formats/json_parts.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/visible_text.hpp"
#include "report/fingerprint.hpp"
#include "report/left_out.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

std::string json_path(const std::string& path, const std::string& root) {
  return percent_encoded(relative_path(path, root));
}

Json json_of(const TextEdit& edit, const Report& report) {
  const auto& hashes = report.model->file_hashes;
  const auto hash = hashes.find(edit.file);
  Json json = {{"file", json_path(edit.file, report.root)},
               {"sha256", hash == hashes.end() ? std::string() : hash->second},
               {"begin", edit.begin},
               {"end", edit.end},
               {"text", edit.text}};
  if (!is_utf8(edit.text)) {
    json["text_base64"] = base64(edit.text);  // JSON strings cannot carry these bytes
  }
  return json;
}

Json json_of(const Proof& proof) {
  Json knock_on = Json::array();
  for (const SizeChange& change : proof.knock_on) {
    knock_on.push_back(
        {{"record", change.record}, {"before", change.before}, {"after", change.after}});
  }
  return {{"verified", proof.verified},       {"units_proven", proof.units_proven},
          {"units_using", proof.units_using}, {"size_before", proof.size_before},
          {"size_after", proof.size_after},   {"knock_on", std::move(knock_on)}};
}

Json json_of(const SuggestedFix& fix, const Report& report) {
  Json edits = Json::array();
  for (const TextEdit& edit : fix.edits) {
    edits.push_back(json_of(edit, report));
  }
  return {{"title", fix.title},
          {"safety", to_string(fix.safety)},
          {"reasons", fix.reasons},
          {"proof", fix.proof ? json_of(*fix.proof) : Json(nullptr)},
          {"edits", std::move(edits)}};
}

}  // namespace

Json json_of(const SourceRange& where, const std::string& root) {
  if (!where.known()) {
    return nullptr;
  }
  Json json = {
      {"file", json_path(where.file, root)}, {"line", where.line}, {"column", where.column}};
  if (where.end_line != 0) {
    json["end_line"] = where.end_line;
    json["end_column"] = where.end_column;
  }
  return json;
}

Json json_of(const Abi& abi) {
  return {{"target", abi.target},
          {"pointer_bytes", abi.pointer_bytes},
          {"cache_line_bytes", abi.cache_line_bytes}};
}

Json json_of(const Unit& unit, const std::string& root) {
  return {{"file", json_path(unit.file, root)},
          {"status", to_string(unit.status)},
          {"problems", unit.problems}};
}

Json root_json(const std::string& root) {
  return percent_encoded(root);
}

Json file_json(const std::string& path, const std::string& hash, const std::string& root) {
  Json json = {{"file", json_path(path, root)}};
  if (!hash.empty()) json["sha256"] = hash;
  return json;
}

Json json_of(const Slot& slot) {
  Json json = {{"kind", to_string(slot.kind)},
               {"name", slot.name},
               {"type", slot.type},
               {"offset_bits", slot.extent.offset_bits},
               {"size_bits", slot.extent.size_bits},
               {"align_bits", slot.align_bits}};
  for (const Slot& member : slot.members) json["slots"].push_back(json_of(member));
  return json;
}

Json json_of(const Slot& slot, const std::string& root) {
  Json json = json_of(slot);
  json.erase("slots");
  if (slot.where.known()) json["location"] = json_of(slot.where, root);
  if (slot.declaration.known()) json["declaration"] = json_of(slot.declaration, root);
  if (!slot.type_id.empty()) json["record"] = slot.type_id;
  for (const Slot& member : slot.members) json["slots"].push_back(json_of(member, root));
  return json;
}

namespace {

Json slots_json(const Record& record, const std::string& root) {
  Json slots = Json::array();
  for (const Slot& slot : record.slots) slots.push_back(json_of(slot, root));
  return slots;
}

}  // namespace

Json json_of(const Record& record, const Report& report) {
  const PaddingSum padding = padding_of(record);
  Json json = {
      {"id", record.id},
      {"name", record.name},
      {"kind", to_string(record.kind)},
      {"location", json_of(record.where, report.root)},
      {"size", record.size},
      {"align", record.align},
      {"padding",
       {{"holes", padding.holes}, {"tail", padding.tail}, {"bit_holes", padding.bit_holes}}},
      {"cache_lines", lines_of(record.size, report.model->abi.cache_line_bytes)},
      {"traits", trait_names(record.traits)},
      {"template", record.template_id},
      {"slots", slots_json(record, report.root)}};
  if (record.definition.known()) json["definition"] = json_of(record.definition, report.root);
  if (const auto better = report.better.find(record.id); better != report.better.end()) {
    json["suggested"] = {{"size", better->second.record.size},
                         {"slots", slots_json(better->second.record, report.root)}};
  }
  return json;
}

Json json_of(const Finding& finding, const Report& report) {
  Json evidence = Json::array();
  for (const Evidence& fact : finding.evidence) {
    evidence.push_back({{"kind", fact.kind},
                        {"message", fact.message},
                        {"location", json_of(fact.where, report.root)}});
  }
  Json fixes = Json::array();
  for (const SuggestedFix& fix : finding.fixes) {
    fixes.push_back(json_of(fix, report));
  }
  Json json = {{"check", finding.check},
               {"level", to_string(finding.level)},
               {"message", finding.message},
               {"location", json_of(finding.where, report.root)},
               {"record", finding.record_id},
               {"fingerprint", fingerprint_of(finding)},
               {"bytes_saved", finding.bytes_saved},
               {"instances", finding.instances ? Json(*finding.instances) : Json(nullptr)},
               {"evidence", std::move(evidence)},
               {"fixes", std::move(fixes)}};
  if (finding.observed) {
    json["observed"] = {{"reads", finding.observed->reads}, {"writes", finding.observed->writes}};
  }
  if (finding.state != FindingState::Unmatched) {
    json["state"] = finding.state == FindingState::Known ? "known" : "new";
  }
  return json;
}

Json summary_json(const Report& report) {
  std::uint64_t failed = 0, records = 0, record_bytes = 0, padding_bytes = 0;
  for (const Unit& unit : report.model->units) {
    failed += unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped ? 1 : 0;
  }
  for (const Record& record : report.model->records) {
    if (!record.reported) {
      continue;
    }
    const PaddingSum padding = padding_of(record);
    ++records;
    record_bytes += record.size;
    padding_bytes += padding.holes + padding.tail;
  }
  Json json = {{"units", report.model->units.size()},
               {"units_failed", failed},
               {"records", records},
               {"record_bytes", record_bytes},
               {"padding_bytes", padding_bytes},
               {"findings", report.findings.size()}};
  if (report.gates.compared) {
    json["findings_new"] = report.gates.fresh;
    json["findings_known"] = report.gates.known;
    json["findings_gone"] = report.gates.gone;
  }
  if (report.gates.ignored != 0) json["findings_ignored"] = report.gates.ignored;
  json["left_out"] = Json::object();
  for (const LeftOutCount& left : left_out_counts(report)) {
    if (left.count != 0) json["left_out"][std::string(left.key)] = left.count;
  }
  return json;
}

std::uint64_t lines_of(std::uint64_t size, std::uint32_t line_bytes) {
  const std::uint64_t line = std::max<std::uint64_t>(line_bytes, 1);
  return size / line + (size % line != 0 ? 1 : 0);
}

std::string dump(const Json& json) {
  return visible_lines(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace snug
