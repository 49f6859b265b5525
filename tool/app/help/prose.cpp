#include "app/help/prose.hpp"

#include <algorithm>
#include <sstream>

namespace snug {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

bool is_indented(const std::string& line) {
  return line.starts_with("  ") || line.starts_with("\t");
}

std::string without_indent(const std::string& line) {
  const std::size_t start = line.find_first_not_of(" \t");
  return start == std::string::npos ? std::string() : line.substr(std::min<std::size_t>(start, 2));
}

/// Escaped lines; a dot or an apostrophe at the start of a line would be a request.
std::string roff_lines(std::string_view escaped) {
  std::string out;
  for (const std::string& line : lines_of(escaped)) {
    const bool request = !line.empty() && (line.front() == '.' || line.front() == '\'');
    out += (request ? "\\&" : "") + line + "\n";
  }
  return out;
}

}  // namespace

std::vector<Paragraph> paragraphs_of(std::string_view prose) {
  std::vector<Paragraph> paragraphs;
  bool open = false;
  for (const std::string& line : lines_of(prose)) {
    if (line.find_first_not_of(" \t") == std::string::npos) {
      open = false;
      continue;
    }
    const bool literal = is_indented(line);
    if (!open || paragraphs.back().literal != literal) {
      paragraphs.push_back({literal, ""});
      open = true;
    } else {
      paragraphs.back().text += literal ? "\n" : " ";
    }
    paragraphs.back().text += literal ? without_indent(line) : line;
  }
  return paragraphs;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::istringstream words{std::string(text)};
  std::string out, line(indent, ' ');
  bool empty = true;
  for (std::string word; words >> word;) {
    if (!empty && line.size() + 1 + word.size() > width) {
      out += line + "\n";
      line.assign(indent, ' ');
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return empty ? out : out + line + "\n";
}

std::string plain_text(std::string_view prose, std::size_t indent, std::size_t width) {
  std::string out;
  for (const Paragraph& paragraph : paragraphs_of(prose)) {
    out += out.empty() ? "" : "\n";
    if (!paragraph.literal) {
      out += wrapped(paragraph.text, indent, width);
      continue;
    }
    for (const std::string& line : lines_of(paragraph.text)) {
      out += std::string(indent + 4, ' ') + line + "\n";
    }
  }
  return out;
}

std::string roff_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '~':
        out += "\\(ti";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '`':
        out += "\\(ga";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string roff_text(std::string_view prose) {
  constexpr std::size_t source_width = 78;
  std::string out;
  for (const Paragraph& paragraph : paragraphs_of(prose)) {
    out += out.empty() ? "" : ".PP\n";
    if (paragraph.literal) {
      out += ".RS 4\n.nf\n" + roff_lines(roff_escaped(paragraph.text)) + ".fi\n.RE\n";
    } else {
      out += roff_lines(wrapped(roff_escaped(paragraph.text), 0, source_width));
    }
  }
  return out;
}

}  // namespace snug
