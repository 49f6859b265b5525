#include "lsp/answers.hpp"

#include <utility>

#include "model/finding_form.hpp"
#include "scan/parts/model_file.hpp"

namespace snug::lsp {
namespace {

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
  pack(to, layouts.orders);
  to.text(layouts.root);
  to.text(layouts.database);
  return to.bytes();
}

std::string to_bytes(const Findings& findings) {
  Packer to;
  pack(to, findings.findings);
  to.number(findings.proven ? 1 : 0);
  return to.bytes();
}

std::string to_bytes(const ProofAnswer& answer) {
  Packer to;
  to.number(answer.token);
  pack(to, answer.finding);
  put(to, answer.hashes);
  to.text(answer.refusal);
  return to.bytes();
}

std::string to_bytes(const FileEdits& edits) {
  Packer to;
  pack(to, edits.edits);
  put(to, edits.hashes);
  to.number(edits.fixes);
  to.texts(edits.left);
  return to.bytes();
}

Layouts layouts_from(std::string_view bytes) {
  Unpacker from(bytes);
  Layouts layouts;
  layouts.model = model_from_bytes(from.text(), "a worker's answer");
  unpack(from, layouts.orders);
  layouts.root = text_from(from);
  layouts.database = text_from(from);
  return layouts;
}

Findings findings_from(std::string_view bytes) {
  Unpacker from(bytes);
  Findings findings;
  unpack(from, findings.findings);
  findings.proven = from.number() != 0;
  return findings;
}

ProofAnswer proof_from(std::string_view bytes) {
  Unpacker from(bytes);
  ProofAnswer answer;
  answer.token = from.number();
  unpack(from, answer.finding);
  take(from, answer.hashes);
  answer.refusal = text_from(from);
  return answer;
}

FileEdits edits_from(std::string_view bytes) {
  Unpacker from(bytes);
  FileEdits edits;
  unpack(from, edits.edits);
  take(from, edits.hashes);
  edits.fixes = from.number();
  edits.left = from.texts();
  return edits;
}

}  // namespace snug::lsp
