#include "support/model_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/text_edit.hpp"

namespace snug::test {

namespace {

constexpr const char* file = "/project/types.hpp";

SourceRange range_of(const std::string& text, std::size_t begin, std::size_t end) {
  SourceRange range;
  range.file = file;
  range.begin = begin;
  range.end = end;
  range.line = range.end_line =
      1 + static_cast<std::uint32_t>(
              std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  const std::size_t line = text.rfind('\n', begin == 0 ? 0 : begin - 1);
  range.column = static_cast<std::uint32_t>(line == std::string::npos ? begin + 1 : begin - line);
  range.end_column = range.column + static_cast<std::uint32_t>(end - begin);
  return range;
}

Slot slot_of(const FieldDraft& draft) {
  Slot slot;
  slot.name = draft.name;
  slot.type = draft.type;
  slot.type_size_bits = slot.extent.size_bits = slot.data_size_bits = 8 * draft.size;
  slot.type_align_bits = slot.align_bits = 8 * draft.align;
  if (draft.change) draft.change(slot);
  return slot;
}

MemberSpec member_of(const Slot& slot) {
  MemberSpec member;
  member.size_bits = slot.type_size_bits;
  member.type_align_bits = slot.type_align_bits;
  if (slot.explicit_align) member.explicit_align_bits = slot.align_bits;
  if (slot.kind == SlotKind::BitField) {
    member.bit_width = static_cast<std::uint32_t>(slot.extent.size_bits);
  }
  member.named = !slot.name.empty();
  member.no_unique_address = slot.no_unique_address;
  member.is_empty = slot.is_empty_type;
  member.data_bits = slot.data_size_bits;
  member.packed = slot.packed;
  member.flexible = slot.flexible_array;
  return member;
}

}  // namespace

ModelBuilder::ModelBuilder() {
  model_.abi.target = "x86_64-unknown-linux-gnu";
  add_unit("/project/main.cpp", {"-std=c++20"});
}

std::uint32_t ModelBuilder::add_unit(const std::string& path, std::vector<std::string> flags) {
  Unit unit;
  unit.file = path;
  unit.flags_key = fmt::format("{}", fmt::join(flags, " "));
  unit.flags = std::move(flags);
  model_.units.push_back(std::move(unit));
  return static_cast<std::uint32_t>(model_.units.size() - 1);
}

void ModelBuilder::write_source(const RecordDraft& draft, Record& record) {
  const std::size_t begin = text_.size();
  text_ += "struct " + draft.name;
  record.where = range_of(text_, begin + 7, text_.size());
  for (std::size_t i = 0; i < draft.bases.size(); ++i) {
    text_ += (i == 0 ? " : " : ", ") + draft.bases[i];
  }
  text_ += " {\n";
  for (Slot& slot : record.slots) {
    if (slot.kind != SlotKind::Field && slot.kind != SlotKind::BitField) continue;
    text_ += "  ";
    const std::size_t start = text_.size();
    const std::size_t array = slot.type.find('[');
    text_ += slot.type.substr(0, array) + " ";
    const std::size_t name = text_.size();
    text_ += slot.name;
    slot.where = range_of(text_, name, text_.size());
    if (array != std::string::npos) text_ += slot.type.substr(array);
    if (slot.kind == SlotKind::BitField) text_ += fmt::format(" : {}", slot.extent.size_bits);
    slot.declaration = range_of(text_, start, text_.size());
    text_ += ";\n";
  }
  text_ += "}";
  record.definition = range_of(text_, begin, text_.size());
  text_ += ";\n\n";
}

std::string ModelBuilder::add(const RecordDraft& draft) {
  Record record;
  record.id = "c:@S@" + draft.name;
  record.name = draft.name;
  record.units = {0};
  RecordSpec spec;
  spec.min_align_bits = 8 * draft.align;
  record.traits.explicit_align = draft.align > 1;
  for (const std::string& name : draft.bases) {
    const Record& base = this->record(name);
    Slot slot;
    slot.kind = SlotKind::Base;
    slot.name = slot.type = name;
    slot.type_id = base.id;
    const std::uint64_t align = 8 * base.nonvirtual_align;
    slot.extent.offset_bits =
        base.traits.empty ? 0 : (spec.prefix.data_bits + align - 1) / align * align;
    slot.extent.size_bits = base.traits.empty ? 0 : 8 * base.data_size;
    if (base.traits.empty) {
      spec.prefix.empties.push_back({base.id, 0});
      spec.prefix.size_bits = std::max(spec.prefix.size_bits, 8 * base.size);
    } else {
      spec.prefix.data_bits = slot.extent.offset_bits + 8 * base.nonvirtual_size;
      spec.prefix.size_bits = std::max(spec.prefix.size_bits, spec.prefix.data_bits);
    }
    spec.prefix.align_bits = std::max(spec.prefix.align_bits, align);
    record.slots.push_back(std::move(slot));
  }
  const std::size_t first = record.slots.size();
  for (const FieldDraft& field : draft.fields) {
    record.slots.push_back(slot_of(field));
    const Slot& slot = record.slots.back();
    spec.members.push_back(member_of(slot));
    if (slot.is_empty_type) spec.members.back().empties.push_back({slot.type_id, 0});
  }
  const Placement placement = lay_out(spec, model_.abi);
  for (std::size_t i = first; i < record.slots.size(); ++i) {
    Slot& slot = record.slots[i];
    slot.extent.offset_bits = placement.offset_bits[i - first];
    if (slot.no_unique_address && slot.is_empty_type) slot.extent.size_bits = 0;
  }
  record.size = placement.size_bits / 8;
  record.align = placement.align_bits / 8;
  record.data_size = placement.data_bits / 8;
  record.nonvirtual_size = placement.nonvirtual_bits / 8;
  record.nonvirtual_align = record.align;
  record.traits.empty = draft.fields.empty() && spec.prefix.data_bits == 0;
  write_source(draft, record);
  if (draft.change) draft.change(record);
  label_padding(record);
  const std::string id = record.id;
  model_.records.push_back(std::move(record));
  std::sort(model_.records.begin(), model_.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  return id;
}

Record& ModelBuilder::record(const std::string& name) {
  for (Record& record : model_.records) {
    if (record.name == name) return record;
  }
  throw std::runtime_error("no record " + name);
}

std::vector<Finding> ModelBuilder::run(std::string_view id, const OptionValues& options,
                                       const AccessProfile& profile) const {
  const MemoryFiles files({{file, text_}});
  for (const Check* check : all_checks()) {
    if (check->id == id) return run_checks(std::span(&check, 1), model_, files, options, profile);
  }
  throw std::runtime_error("no check " + std::string(id));
}

std::string ModelBuilder::fixed(const Finding& finding) const {
  return apply_edits(text_, finding.fixes.at(0).edits);
}

FieldDraft of_record(const Record& type, std::string name) {
  FieldDraft draft{type.name, std::move(name), type.size, type.align};
  draft.change = [id = type.id, empty = type.traits.empty, data = type.data_size](Slot& slot) {
    slot.type_id = id;
    slot.is_empty_type = empty;
    slot.data_size_bits = 8 * data;
  };
  return draft;
}

FieldDraft bits(std::string name, std::uint32_t width) {
  FieldDraft draft{"int", std::move(name), 4, 4};
  draft.change = [width](Slot& slot) {
    slot.kind = SlotKind::BitField;
    slot.extent.size_bits = width;
  };
  return draft;
}

bool has_evidence(const Finding& finding, std::string_view kind, std::string_view text) {
  return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& one) {
    return one.kind == kind && one.message.find(text) != std::string::npos;
  });
}

}  // namespace snug::test
