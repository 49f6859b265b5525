// Records made from source text by hand, for tests of what edits text: no front end is needed.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/reorder/reorder_edit.hpp"
#include "base/files.hpp"
#include "base/source_text.hpp"
#include "base/text_edit.hpp"
#include "model/model.hpp"

namespace snug::test {

inline constexpr const char* kPath = "/project/s.hpp";

/// A record, the files it stands in and the model around it.
struct RecordSource {
  std::string text;
  Record record;
  Model model;
};

inline SourceRange range_in(std::size_t begin, std::size_t end) {
  SourceRange range;
  range.file = kPath;
  range.line = 1;
  range.begin = begin;
  range.end = end;
  return range;
}

/// The record `S` of the text with the given fields, which are looked for one behind the other
/// between its braces: the name, where something follows it that can follow a declarator. A field
/// "@x" is found at the word x and has no name.
inline RecordSource make_record(std::string text, const std::vector<std::string>& fields) {
  RecordSource source;
  const auto is_class = text.find("class S") < text.find("struct S");
  const auto begin = text.find(is_class ? "class S" : "struct S");
  source.record.id = "c:@S@S";
  source.record.name = "S";
  source.record.kind = is_class ? RecordKind::Class : RecordKind::Struct;
  source.record.where = range_in(begin, begin + 1);
  const auto tokens = lex_source(text, begin, text.size());
  std::size_t wanted = 0;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const auto& token = tokens[i];
    const auto word = text.substr(token.begin, token.end - token.begin);
    depth += word == "{" ? 1 : word == "}" ? -1 : 0;
    if (word == "}" && depth == 0) {
      source.record.definition = range_in(begin, token.end);
      break;
    }
    if (depth != 1 || wanted == fields.size()) continue;
    const auto& field = fields[wanted];
    const bool follows =
        std::string_view(";={[:,)#").find(text[tokens[i + 1].begin]) != std::string_view::npos;
    if (word != field || !follows) {
      if ("@" + word != field) continue;
    }
    Slot slot;
    if (field[0] != '@') slot.name = field;
    slot.where = range_in(token.begin, token.end);
    source.record.slots.push_back(slot);
    ++wanted;
  }
  if (wanted != fields.size()) throw std::runtime_error("no field " + fields[wanted]);
  source.model.records.push_back(source.record);
  source.text = std::move(text);
  return source;
}

/// The edit that brings the fields into the order of `wanted`.
inline ReorderEdit edit_of(const RecordSource& source, const std::vector<std::string>& wanted) {
  const auto slots = movable_slots(source.record);
  std::vector<std::uint32_t> order;
  for (const auto& name : wanted) {
    for (std::uint32_t i = 0; i < slots.size(); ++i) {
      const auto& slot = *slots[i];
      const auto spelled = source.text.substr(slot.where.begin, slot.where.end - slot.where.begin);
      if (slot.name == name || (name[0] == '@' && "@" + spelled == name)) order.push_back(i);
    }
  }
  const MemoryFiles files({{kPath, source.text}});
  return reorder_edits(source.record, order, source.model, files);
}

}  // namespace snug::test
