#include "session/kept_findings.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/packed.hpp"
#include "model/finding_form.hpp"
#include "scan/parts/model_file.hpp"

namespace snug {
namespace {

void put(Packer& to, const SourceRange& where) {
  to.text(where.file);
  for (const std::uint64_t number : {std::uint64_t{where.line}, std::uint64_t{where.column},
                                     std::uint64_t{where.end_line}, where.begin, where.end}) {
    to.number(number);
  }
}

void put(Packer& to, const std::optional<Limit>& limit) {
  to.number(limit ? 1 : 0);
  if (!limit) return;
  to.number(limit->most);
  put(to, limit->set_at);
}

/// The rules are no part of a model's form. Structured bindings name all that they hold.
void put(Packer& to, const Rules& rules) {
  const auto& [records, bad_marks, baseline_read] = rules;
  Model agreed_layouts;
  to.number(records.size());
  for (const RecordRules& one : records) {
    const auto& [id, max_size, max_padding, max_lines, frozen, agreed, groups] = one;
    to.text(id);
    for (const auto* limit : {&max_size, &max_padding, &max_lines}) put(to, *limit);
    to.number(frozen ? 1 : 0);
    if (frozen) put(to, *frozen);
    to.number(agreed ? 1 : 0);
    if (agreed) {
      Record& layout = agreed_layouts.records.emplace_back();
      layout.size = agreed->size;
      layout.align = agreed->align;
      layout.slots = agreed->slots;
    }
    to.texts(groups);
  }
  to.text(to_bytes(agreed_layouts));
  to.number(bad_marks.size());
  for (const auto& [where, message] : bad_marks) {
    put(to, where);
    to.text(message);
  }
  to.number(baseline_read ? 1 : 0);
}

/// The findings if every text is what it was. Throws Error for bytes that are none.
std::optional<std::vector<Finding>> still_true(std::string_view bytes, const KeptFiles& texts) {
  Unpacker from(bytes);
  for (std::uint64_t count = from.number(); count != 0; --count) {
    const auto text = texts.text(std::string(from.text()));
    const std::string_view hash = from.text();
    if (hash != (text == nullptr ? std::string_view() : std::string_view(text->hash()))) return {};
  }
  std::vector<Finding> findings;
  unpack(from, findings);
  return findings;
}

std::string bytes_of(const std::vector<Finding>& findings, const KeptFiles& texts) {
  Packer to;
  to.number(texts.texts_read().size());
  for (const auto& [path, text] : texts.texts_read()) {
    to.text(path);
    to.text(text == nullptr ? std::string() : text->hash());
  }
  pack(to, findings);
  return to.bytes();
}

}  // namespace

std::string findings_question(std::span<const Check* const> checks, const OptionValues& options,
                              const Model& model, const ScanOptions& scan) {
  Packer to;
  to.number(checks.size());
  for (const Check* check : checks) to.text(check->id);
  to.number(options.size());
  for (const auto& [name, value] : options) {
    to.text(name);
    to.number(value);
  }
  to.text(scan.known->digest());
  to.text(scan.root);
  put(to, model.rules);
  to.text(digest_of(to_bytes(model)));
  return to.bytes();
}

std::vector<Finding> kept_findings(KeptResults& kept, const std::string& question,
                                   const KeptFiles& texts,
                                   const std::function<std::vector<Finding>()>& run) {
  if (const std::optional<std::string> bytes = kept.findings_for(question)) {
    try {
      if (auto findings = still_true(*bytes, texts)) return std::move(*findings);
    } catch (const Error&) {
      // Of another form: they are looked for.
    }
  }
  std::vector<Finding> findings = run();
  kept.keep_findings(question, bytes_of(findings, texts));
  return findings;
}

}  // namespace snug
