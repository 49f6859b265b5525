#include "oracle/layout_dump.hpp"

#include <algorithm>
#include <charconv>

namespace snug::oracle {

namespace {

std::uint64_t number_at(std::string_view text, std::size_t at) {
  std::uint64_t value = 0;
  std::from_chars(text.data() + at, text.data() + text.size(), value);
  return value;
}

std::optional<std::uint64_t> value_of(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    if (at > 0 && (text[at - 1] == '[' || text[at - 1] == ' ')) {
      return number_at(text, at + name.size());
    }
  }
  return std::nullopt;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) {
    return false;
  }
  text.remove_suffix(suffix.size());
  return true;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

/// `   12:0-2 |   int b` to offset, width and rest. False for lines without an offset.
bool split_line(std::string_view line, std::uint64_t& offset, std::optional<std::uint64_t>& width,
                std::string_view& rest) {
  const std::size_t bar = line.find(" | ");
  const std::size_t first = line.find_first_not_of(' ');
  if (bar == std::string_view::npos || first >= bar) {
    return false;
  }
  rest = line.substr(bar + 3);
  const std::string_view head = line.substr(first, bar - first);
  offset = number_at(head, 0) * 8;
  width.reset();
  const std::size_t colon = head.find(':');
  if (colon == std::string_view::npos) {
    return true;
  }
  if (head.substr(colon + 1) == "-") {
    width = 0;
    return true;
  }
  const std::uint64_t low = number_at(head, colon + 1);
  const std::uint64_t high = number_at(head, head.find('-', colon) + 1);
  offset += low;
  width = high - low + 1;
  return true;
}

void add_part(DumpRecord& record, std::uint64_t offset, std::optional<std::uint64_t> width,
              std::string_view text) {
  if (width && *width == 0) {
    return;
  }
  DumpPart part;
  part.offset_bits = offset;
  part.width_bits = width;
  take_suffix(text, " (empty)");
  if (take_suffix(text, " vtable pointer)") || take_suffix(text, " vftable pointer)")) {
    part.kind = PartKind::VPtr;
  } else if (take_suffix(text, " vbtable pointer)")) {
    part.kind = PartKind::VBPtr;
  } else if (text.starts_with("(vtordisp for vbase ")) {
    part.kind = PartKind::VtorDisp;
  } else if (take_suffix(text, " (virtual base)") || take_suffix(text, " (primary virtual base)")) {
    part.kind = PartKind::VirtualBase;
    part.name = normal_name(text);
  } else if (take_suffix(text, " (base)") || take_suffix(text, " (primary base)")) {
    part.kind = PartKind::Base;
    part.name = normal_name(text);
  } else {
    part.name = text.substr(text.rfind(' ') + 1);
  }
  record.parts.push_back(std::move(part));
}

}  // namespace

std::vector<DumpRecord> parse_dump(std::string_view text) {
  std::vector<DumpRecord> records;
  bool inside = false;
  bool titled = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with("*** Dumping")) {
      inside = line.find("AST Record Layout") != std::string_view::npos;
      titled = false;
      if (inside) {
        records.emplace_back();
      }
      continue;
    }
    if (!inside) {
      continue;
    }
    DumpRecord& record = records.back();
    if (line.find(" | [sizeof=") != std::string_view::npos) {
      record.size = value_of(line, "sizeof=").value_or(0);
      record.data_size = value_of(line, "dsize=");
      record.align = value_of(line, "align=").value_or(0);
      inside = line.ends_with(",");
    } else if (line.find(" |  nvsize=") != std::string_view::npos) {
      record.nonvirtual_size = value_of(line, "nvsize=");
      record.nonvirtual_align = value_of(line, "nvalign=");
      inside = false;
    } else {
      std::uint64_t offset = 0;
      std::optional<std::uint64_t> width;
      std::string_view rest;
      if (!split_line(line, offset, width, rest)) {
        continue;
      }
      if (!titled) {
        titled = true;
        take_suffix(rest, " (empty)");
        record.printed = rest;
        record.key = normal_name(rest);
      } else if (rest.starts_with("  ") && !rest.starts_with("   ")) {
        add_part(record, offset, width, rest.substr(2));
      }
    }
  }
  return records;
}

std::string normal_name(std::string_view printed) {
  std::string name(printed);
  replace_all(name, "(unnamed ", "(anonymous ");
  replace_all(name, "_Bool", "bool");
  replace_all(name, "> >", ">>");
  replace_all(name, "> >", ">>");
  replace_all(name, "(void)", "()");
  replace_all(name, "std::nullptr_t", "nullptr_t");
  for (const std::string_view keyword : {"struct ", "class ", "union ", "enum "}) {
    for (std::size_t at = 0; (at = name.find(keyword, at)) != std::string::npos;) {
      const bool starts =
          at == 0 || std::string_view("<( ,*&[").find(name[at - 1]) != std::string_view::npos;
      starts ? (void)name.erase(at, keyword.size()) : (void)(at += keyword.size());
    }
  }
  for (std::size_t at = 0; (at = name.find(" at ", at)) != std::string::npos; at += 4) {
    const std::size_t close = std::min(name.find(')', at), name.size());
    const std::size_t slash = name.rfind('/', close);
    if (slash != std::string::npos && slash > at) {
      name.erase(at + 4, slash - at - 3);
    }
  }
  // What the place names is unique; the scopes in front of it are printed in several ways.
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::string_view rest = std::string_view(name).substr(i);
    if (depth == 0 && (rest.starts_with("(anonymous at ") || rest.starts_with("(lambda at "))) {
      begin = i;
    }
    if (depth == 0 && rest.starts_with("()::")) {
      begin = i + 4;
    }
    depth += name[i] == '<' || name[i] == '(' ? 1 : 0;
    depth -= (name[i] == '>' && (i == 0 || name[i - 1] != '-')) || name[i] == ')' ? 1 : 0;
  }
  return name.substr(begin);
}

std::string short_name(std::string_view normal) {
  std::string name;
  int depth = 0;
  for (const char c : normal) {
    depth -= c == '>' ? 1 : 0;
    if (depth <= 0) {
      name += c;
    }
    depth += c == '<' ? 1 : 0;
  }
  return name;
}

}  // namespace snug::oracle
