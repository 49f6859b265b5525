#include "scan/records/classes.hpp"

#include <algorithm>
#include <charconv>

#include "scan/parse/declarations.hpp"
#include "scan/parse/lexer.hpp"

namespace snug {

namespace {

bool is_attribute(CXCursorKind kind) {
  return clang_isAttribute(kind) != 0;
}

/// The text at the place where an attribute is spelt, in a macro's definition if it comes from one.
std::string_view attribute_text(const Sources& sources, CXCursor attribute) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(attribute)), &file, nullptr,
                            nullptr, &offset);
  if (file == nullptr) {
    return {};
  }
  const std::string_view text = sources.text(file);
  return offset < text.size() ? text.substr(offset, 256) : std::string_view();
}

bool says_no_unique_address(std::string_view text) {
  for (const Lexeme& token : lex(text, 0, std::min<std::size_t>(text.size(), 64))) {
    const std::string_view word = spelling(text, token);
    if (word == "no_unique_address" || word == "__no_unique_address__") {
      return true;
    }
    if (word != "msvc" && word != "::" && word != "[") {
      return false;
    }
  }
  return false;
}

std::uint64_t bits(long long bytes) {
  return bytes < 0 ? 0 : static_cast<std::uint64_t>(bytes) * 8;
}

}  // namespace

std::optional<std::uint64_t> asked_alignment_bits(std::string_view text) {
  const std::vector<Lexeme> tokens = lex(text, 0, text.size());
  std::size_t at = 0;
  while (at < tokens.size() && tokens[at].kind == LexemeKind::Word) {
    ++at;
  }
  if (at + 2 >= tokens.size() || spelling(text, tokens[at]) != "(" ||
      tokens[at + 1].kind != LexemeKind::Number || spelling(text, tokens[at + 2]) != ")") {
    return std::nullopt;
  }
  std::string_view digits = spelling(text, tokens[at + 1]);
  int base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    base = 16;
    digits.remove_prefix(2);
  } else if (digits.size() > 1 && digits.front() == '0') {
    base = 8;
  }
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  const std::string_view suffix(end, static_cast<std::size_t>(digits.data() + digits.size() - end));
  if (error != std::errc() || suffix.find_first_not_of("uUlLzZ") != std::string_view::npos ||
      value > (1U << 29)) {
    return std::nullopt;
  }
  return value * 8;
}

Classes::Classes(const Sources& sources, const Abi& abi, unsigned standard)
    : sources_(sources), abi_(abi), standard_(standard) {
  const auto target_has = [&](std::string_view word) {
    return abi.target.find(word) != std::string::npos;
  };
  const bool darwin = target_has("-apple-");
  const bool playstation = target_has("-ps4") || target_has("-ps5") || target_has("-scei-");
  const bool arm64 = target_has("arm64") || target_has("aarch64");
  defaulted_is_pod_ = !darwin && !playstation;
  pod11_ =
      (darwin && arm64) || target_has("wasm") || target_has("fuchsia") || target_has("-watchos");
}

const ReadClass* Classes::find(CXType type) {
  if (type.kind != CXType_Record) {
    return nullptr;
  }
  const CXCursor declaration = clang_getTypeDeclaration(type);
  const CXCursor definition = clang_getCursorDefinition(declaration);
  if (clang::is_null(definition) || clang_Type_getSizeOf(type) < 0) {
    return nullptr;
  }
  const auto [at, fresh] = classes_.try_emplace(definition);
  if (fresh) {
    at->second = std::make_unique<ReadClass>();
    ReadClass& info = *at->second;  // stays where it is when the table grows
    info.cursor = definition;
    info.type = type;
    read(info);
    return &info;
  }
  return at->second.get();
}

void Classes::read(ReadClass& info) {
  info.size_bits = bits(clang_Type_getSizeOf(info.type));
  info.align_bits = bits(clang_Type_getAlignOf(info.type));
  info.cxx = standard_ != 0;
  info.is_union = clang_getCursorKind(info.cursor) == CXCursor_UnionDecl;
  info.nonvirtual_bits = info.data_bits = info.size_bits;
  info.nonvirtual_align_bits = info.align_bits;
  read_attributes(info);
  read_bases(info);
  read_fields(info);
  settle(info);
  info.virtual_bases = collect_virtual_bases(info);
  if (abi_.microsoft) {
    read_virtual_functions(info);
    complete_microsoft(info, abi_);
  } else {
    complete_itanium(info, abi_);
  }
}

void Classes::read_attributes(ReadClass& info) {
  info.ms_struct = abi_.target.find("-windows-gnu") != std::string::npos ||
                   abi_.target.find("-mingw") != std::string::npos ||
                   abi_.target.find("-cygwin") != std::string::npos ||
                   abi_.target.find("-windows-cygnus") != std::string::npos;
  clang::visit_children(info.cursor, [&](CXCursor child, CXCursor) {
    const CXCursorKind kind = clang_getCursorKind(child);
    if (kind == CXCursor_PackedAttr) {
      info.packed_attribute = true;
    } else if (kind == CXCursor_AlignedAttr) {
      info.explicit_align = true;
      const auto asked = asked_alignment_bits(attribute_text(sources_, child));
      info.asked_bits = asked && info.asked_bits ? std::max(*asked, *info.asked_bits) : asked;
    } else if (kind == CXCursor_CXXFinalAttr) {
      info.final = true;
    } else if (is_attribute(kind)) {
      unsigned line = 0;
      clang_getFileLocation(clang_getCursorLocation(child), nullptr, &line, nullptr, nullptr);
      const std::string_view text = attribute_text(sources_, child);
      const std::string_view word = text.substr(0, clang::token_length(text, 0));
      if (word == "ms_struct" || word == "__ms_struct__") {
        info.ms_struct = true;
      } else if (word == "gcc_struct" || word == "__gcc_struct__") {
        info.ms_struct = false;
      }
      if (line == 0 && !info.pragma_pack) {
        info.pragma_pack = true;
        info.pack_bits = pack_value(info.cursor);
      }
    }
    return CXChildVisit_Continue;
  });
}

std::optional<std::uint64_t> Classes::pack_value(CXCursor record) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getExpansionLocation(clang_getCursorLocation(record), &file, nullptr, nullptr, &offset);
  const auto [at, fresh] = pack_changes_.try_emplace(file);
  if (fresh) {
    at->second = pack_changes(sources_.text(file));
  }
  const auto next = std::upper_bound(
      at->second.begin(), at->second.end(), offset,
      [](std::size_t where, const PackChange& change) { return where < change.offset; });
  if (next == at->second.begin() || std::prev(next)->align_bits == 0) {
    return std::nullopt;  // set before the file was entered, or by a macro
  }
  return std::prev(next)->align_bits;
}

void Classes::read_bases(ReadClass& info) {
  clang::visit_bases(info.type, [&](CXCursor base) {
    BaseInfo entry;
    entry.type = find(clang_getCanonicalType(clang_getCursorType(base)));
    entry.is_virtual = clang_isVirtualBase(base) != 0;
    entry.offset_bits = clang_getOffsetOfBase(info.cursor, base);
    if (entry.type == nullptr || entry.offset_bits < 0) {
      info.problem = "clang does not report where a base is";
    } else if (!entry.type->problem.empty()) {
      info.problem = "the layout of a base is not known";
    }
    info.bases.push_back(entry);
    info.base_cursors.push_back(base);
  });
}

void Classes::read_fields(ReadClass& info) {
  clang::visit_fields(info.type, [&](CXCursor cursor) {
    FieldInfo field;
    const ReadClass::Member member{cursor, clang_getCanonicalType(clang_getCursorType(cursor))};
    const long long offset = clang_Cursor_getOffsetOfField(cursor);
    if (offset < 0) {
      info.problem = "clang does not report where a field is";
      return;
    }
    field.offset_bits = static_cast<std::uint64_t>(offset);
    if (clang_Cursor_isBitField(cursor) != 0) {
      field.width = static_cast<std::uint32_t>(std::max(clang_getFieldDeclBitWidth(cursor), 0));
    }
    read_field_type(member, field);
    const std::string name = clang::to_string(clang_getCursorSpelling(cursor));
    field.named = !name.empty() && name.find('(') == std::string::npos;
    field.anonymous_record = !field.named && field.record != nullptr && !field.is_array &&
                             clang_Cursor_isAnonymousRecordDecl(as_read(*field.record).cursor) != 0;
    read_field_attributes(cursor, field);
    info.fields.push_back(field);
    info.members.push_back(member);
  });
  if (!info.fields.empty()) {
    const FieldInfo& last = info.fields.back();
    info.flexible = last.incomplete_array || (last.is_array && last.elements == 0) ||
                    (last.record != nullptr && last.record->flexible);
  }
}

void Classes::read_field_type(const ReadClass::Member& member, FieldInfo& field) {
  CXType type = member.type;
  field.is_reference = type.kind == CXType_LValueReference || type.kind == CXType_RValueReference;
  if (field.is_reference) {
    field.size_bits = std::uint64_t{abi_.pointer_bytes} * 8;
    field.align_bits = field.natural_align_bits = field.size_bits;
    return;
  }
  field.natural_align_bits = std::max<std::uint64_t>(bits(clang_Type_getAlignOf(type)), 8);
  const long long declared = clang_Type_getAlignOf(clang_getCursorType(member.cursor));
  field.align_bits = declared > 0 ? bits(declared) : field.natural_align_bits;
  field.size_bits = bits(clang_Type_getSizeOf(type));
  while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray) {
    if (type.kind == CXType_IncompleteArray) {
      field.incomplete_array = true;
      field.size_bits = 0;
    } else {
      const auto count = static_cast<std::uint64_t>(std::max(clang_getArraySize(type), 0LL));
      field.elements = field.is_array ? field.elements * count : count;
    }
    field.is_array = true;
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  if (field.incomplete_array) {
    field.elements = 0;
  }
  field.record = find(type);
  if ((field.record != nullptr && field.record->explicit_align) ||
      field.align_bits != field.natural_align_bits) {
    field.type_required_bits = field.align_bits;
  }
}

void Classes::read_field_attributes(CXCursor cursor, FieldInfo& field) {
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    const CXCursorKind kind = clang_getCursorKind(child);
    if (kind == CXCursor_PackedAttr) {
      field.packed = true;
    } else if (kind == CXCursor_AlignedAttr) {
      field.explicit_align = true;
      const auto asked = asked_alignment_bits(attribute_text(sources_, child));
      field.asked_bits = asked && field.asked_bits ? std::max(*asked, *field.asked_bits) : asked;
    } else if (is_attribute(kind)) {
      if (says_no_unique_address(attribute_text(sources_, child))) {
        field.no_unique_address = true;
      } else {
        field.other_attribute = true;
      }
    }
    return CXChildVisit_Continue;
  });
}

}  // namespace snug
