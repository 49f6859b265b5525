// The form of findings: every member in the order of its declaration, lists behind their lengths.
// Server and worker are one program, so that there are no versions.
#include "lsp/answers.hpp"

#include <utility>

#include "scan/parts/model_file.hpp"

namespace snug::lsp {
namespace {

void put(Packer& to, const SuggestedFix& fix);
void put(Packer& to, const Finding& finding);
void take(Unpacker& from, SuggestedFix& fix);
void take(Unpacker& from, Finding& finding);

void put(Packer& to, const SourceRange& where) {
  to.text(where.file);
  for (const std::uint64_t number :
       {std::uint64_t{where.line}, std::uint64_t{where.column}, std::uint64_t{where.end_line},
        std::uint64_t{where.end_column}, where.begin, where.end}) {
    to.number(number);
  }
}

void put(Packer& to, const TextEdit& edit) {
  to.text(edit.file);
  to.number(edit.begin);
  to.number(edit.end);
  to.text(edit.text);
}

void put(Packer& to, const Evidence& fact) {
  to.text(fact.kind);
  to.text(fact.message);
  put(to, fact.where);
}

void put(Packer& to, const SizeChange& size) {
  to.text(size.record_id);
  to.text(size.record);
  to.number(size.before);
  to.number(size.after);
}

template <class Value>
void put(Packer& to, const std::vector<Value>& values) {
  to.number(values.size());
  for (const Value& value : values) put(to, value);
}

void put(Packer& to, const SuggestedFix& fix) {
  to.text(fix.title);
  to.number(static_cast<std::uint64_t>(fix.safety));
  to.texts(fix.reasons);
  put(to, fix.edits);
  to.texts(fix.by_hand);
  put(to, fix.promise.sizes);
  to.texts(fix.promise.order);
  to.number(fix.proof ? 1 : 0);
  const Proof proof = fix.proof.value_or(Proof());
  to.number(proof.verified ? 1 : 0);
  to.number(proof.units_proven);
  to.number(proof.units_using);
  to.number(proof.size_before);
  to.number(proof.size_after);
  put(to, proof.knock_on);
}

void put(Packer& to, const Finding& finding) {
  to.text(finding.check);
  to.number(static_cast<std::uint64_t>(finding.level));
  put(to, finding.where);
  to.text(finding.message);
  to.text(finding.record_id);
  to.text(finding.subject);
  to.texts(finding.fields);
  to.number(static_cast<std::uint64_t>(finding.bytes_saved));
  to.number(finding.instances ? *finding.instances + 1 : 0);
  put(to, finding.evidence);
  put(to, finding.fixes);
}

void put(Packer& to, const std::map<std::string, std::string>& texts) {
  to.number(texts.size());
  for (const auto& [name, value] : texts) {
    to.text(name);
    to.text(value);
  }
}

std::string text_from(Unpacker& from) {
  return std::string(from.text());
}

void take(Unpacker& from, SourceRange& where) {
  where.file = text_from(from);
  where.line = static_cast<std::uint32_t>(from.number());
  where.column = static_cast<std::uint32_t>(from.number());
  where.end_line = static_cast<std::uint32_t>(from.number());
  where.end_column = static_cast<std::uint32_t>(from.number());
  where.begin = from.number();
  where.end = from.number();
}

void take(Unpacker& from, TextEdit& edit) {
  edit.file = text_from(from);
  edit.begin = from.number();
  edit.end = from.number();
  edit.text = text_from(from);
}

void take(Unpacker& from, Evidence& fact) {
  fact.kind = text_from(from);
  fact.message = text_from(from);
  take(from, fact.where);
}

void take(Unpacker& from, SizeChange& size) {
  size.record_id = text_from(from);
  size.record = text_from(from);
  size.before = from.number();
  size.after = from.number();
}

template <class Value>
void take(Unpacker& from, std::vector<Value>& values) {
  for (std::uint64_t count = from.number(); count != 0; --count) {
    values.emplace_back();
    take(from, values.back());
  }
}

void take(Unpacker& from, SuggestedFix& fix) {
  fix.title = text_from(from);
  fix.safety = static_cast<Safety>(from.number());
  fix.reasons = from.texts();
  take(from, fix.edits);
  fix.by_hand = from.texts();
  take(from, fix.promise.sizes);
  fix.promise.order = from.texts();
  const bool proven = from.number() != 0;
  Proof proof;
  proof.verified = from.number() != 0;
  proof.units_proven = static_cast<std::uint32_t>(from.number());
  proof.units_using = static_cast<std::uint32_t>(from.number());
  proof.size_before = from.number();
  proof.size_after = from.number();
  take(from, proof.knock_on);
  if (proven) fix.proof = std::move(proof);
}

void take(Unpacker& from, Finding& finding) {
  finding.check = text_from(from);
  finding.level = static_cast<Level>(from.number());
  take(from, finding.where);
  finding.message = text_from(from);
  finding.record_id = text_from(from);
  finding.subject = text_from(from);
  finding.fields = from.texts();
  finding.bytes_saved = static_cast<std::int64_t>(from.number());
  if (const std::uint64_t known = from.number(); known != 0) finding.instances = known - 1;
  take(from, finding.evidence);
  take(from, finding.fixes);
}

void take(Unpacker& from, std::map<std::string, std::string>& texts) {
  for (std::uint64_t count = from.number(); count != 0; --count) {
    std::string name = text_from(from);
    texts.emplace(std::move(name), text_from(from));
  }
}

}  // namespace

std::string to_bytes(const Layouts& layouts) {
  Packer to;
  to.text(to_bytes(layouts.model));
  put(to, layouts.orders);
  to.text(layouts.root);
  to.text(layouts.database);
  return to.bytes();
}

std::string to_bytes(const Findings& findings) {
  Packer to;
  put(to, findings.findings);
  to.number(findings.proven ? 1 : 0);
  return to.bytes();
}

std::string to_bytes(const ProofAnswer& answer) {
  Packer to;
  to.number(answer.token);
  put(to, answer.finding);
  put(to, answer.hashes);
  to.text(answer.refusal);
  return to.bytes();
}

std::string to_bytes(const FileEdits& edits) {
  Packer to;
  put(to, edits.edits);
  put(to, edits.hashes);
  to.number(edits.fixes);
  to.texts(edits.left);
  return to.bytes();
}

Layouts layouts_from(std::string_view bytes) {
  Unpacker from(bytes);
  Layouts layouts;
  layouts.model = model_from_bytes(from.text(), "a worker's answer");
  take(from, layouts.orders);
  layouts.root = text_from(from);
  layouts.database = text_from(from);
  return layouts;
}

Findings findings_from(std::string_view bytes) {
  Unpacker from(bytes);
  Findings findings;
  take(from, findings.findings);
  findings.proven = from.number() != 0;
  return findings;
}

ProofAnswer proof_from(std::string_view bytes) {
  Unpacker from(bytes);
  ProofAnswer answer;
  answer.token = from.number();
  take(from, answer.finding);
  take(from, answer.hashes);
  answer.refusal = text_from(from);
  return answer;
}

FileEdits edits_from(std::string_view bytes) {
  Unpacker from(bytes);
  FileEdits edits;
  take(from, edits.edits);
  take(from, edits.hashes);
  edits.fixes = from.number();
  edits.left = from.texts();
  return edits;
}

}  // namespace snug::lsp
