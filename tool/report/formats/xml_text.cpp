#include "report/formats/xml_text.hpp"

#include "base/visible_text.hpp"

namespace snug {
namespace {

/// True at U+FFFE and U+FFFF, which are UTF-8 but no characters of XML.
bool is_noncharacter(std::string_view text, std::size_t at) {
  const std::string_view three = text.substr(at, 3);
  return three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  const std::string visible = visible_lines(text);
  for (std::size_t at = 0; at < visible.size(); ++at) {
    switch (visible[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        if (is_noncharacter(visible, at)) {
          out += "\\ufff";
          out += visible[at + 2] == '\xBE' ? 'e' : 'f';
          at += 2;
        } else {
          out += visible[at];
        }
    }
  }
  return out;
}

}  // namespace snug
