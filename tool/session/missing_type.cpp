// The problem: a model has the records that units lay out. A person asks by a name of the source,
// which may be an alias, a template that nobody instantiates, or code behind an inactive #if; "no
// such record" would send them looking for a typing error.
//
// 1. The files of the project are cut into tokens, comments and literals left out.
// 2. A declaration is known by the words around the name: `using N =`, `typedef ... N ;`,
//    `struct N {`, with `template <...>` in front or not.
// 3. An alias counts most: what it stands for may be drawn in its place.
#include "session/missing_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

/// The last component, without template arguments: ns::Vec<int> -> Vec.
std::string plain_name(const std::string& type) {
  const std::string head = type.substr(0, type.find('<'));
  const std::size_t scope = head.rfind("::");
  std::string name = scope == std::string::npos ? head : head.substr(scope + 2);
  std::erase(name, ' ');
  return name;
}

class Source {
 public:
  Source(std::string_view text, const std::string& file) : text_(text), file_(file) {
    for (const SourceToken& token : lex_source(text, 0, text.size())) {
      if (!is_comment(token) && token.kind != TokenKind::Directive) tokens_.push_back(token);
    }
  }

  [[nodiscard]] std::optional<SourceName> find(const std::string& name) const {
    std::optional<SourceName> best;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (word(at) != name) continue;
      const std::optional<SourceName> found = declared_at(at);
      if (found && (!best || found->by < best->by)) best = found;
    }
    return best;
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t at) const {
    if (at >= tokens_.size()) return {};
    return text_.substr(tokens_[at].begin, tokens_[at].end - tokens_[at].begin);
  }

  [[nodiscard]] std::optional<SourceName> declared_at(std::size_t at) const {
    if (at > 0 && word(at - 1) == "using" && word(at + 1) == "=") {
      return made(NamedBy::Alias, at, spelled(at + 2));
    }
    if (word(at + 1) == ";") {
      const std::size_t begin = statement_begin(at);
      if (word(begin) == "typedef" && begin + 1 < at && word(at - 1) != "}") {
        return made(NamedBy::Alias, at, spelled(begin + 1, at));
      }
    }
    const std::size_t key = keyword_before(at);
    const bool defines = word(at + 1) == "{" || word(at + 1) == ":" || word(at + 1) == "final";
    if (key == tokens_.size() || !defines) return std::nullopt;
    if (word(key) == "enum" || (key > 0 && word(key - 1) == "enum")) {
      return made(NamedBy::Enumeration, at, "");
    }
    return made(is_template(key) ? NamedBy::Template : NamedBy::Record, at, "");
  }

  [[nodiscard]] SourceName made(NamedBy by, std::size_t at, std::string target) const {
    const auto line =
        1 + std::count(text_.begin(),
                       text_.begin() + static_cast<std::ptrdiff_t>(tokens_[at].begin), '\n');
    return {by, file_, static_cast<std::uint32_t>(line), std::move(target)};
  }

  /// struct, class, union or enum in front of a name, attributes and macros between them passed
  /// over.
  [[nodiscard]] std::size_t keyword_before(std::size_t at) const {
    constexpr std::size_t most = 12;
    for (std::size_t i = at; i > 0 && at - i < most; --i) {
      const std::string_view before = word(i - 1);
      if (before == "struct" || before == "class" || before == "union" || before == "enum") {
        return i - 1;
      }
      if (before == ";" || before == "{" || before == "}" || before == "<" || before == "," ||
          before == "=") {
        break;
      }
    }
    return tokens_.size();
  }

  [[nodiscard]] std::size_t statement_begin(std::size_t at) const {
    int depth = 0;
    while (at > 0) {
      const std::string_view before = word(at - 1);
      if (before == "}") ++depth;
      if (before == "{" && depth-- == 0) break;
      if (before == ";" && depth == 0) break;
      --at;
    }
    return at;
  }

  /// `template <...>` stands in front of the keyword, perhaps with a constraint between them.
  [[nodiscard]] bool is_template(std::size_t key) const {
    const std::size_t begin = statement_begin(key);
    for (std::size_t i = begin; i < key; ++i) {
      if (word(i) == "template" && word(i + 1) == "<" && word(i + 2) != ">") return true;
    }
    return false;
  }

  /// Tokens up to the end of the statement, or to `end`, as one line.
  [[nodiscard]] std::string spelled(std::size_t at, std::size_t end = 0) const {
    std::string text;
    constexpr std::size_t longest = 400;
    std::uint64_t last = 0;
    for (; at < tokens_.size() && text.size() < longest; ++at) {
      if (end == 0 ? word(at) == ";" : at == end) break;
      if (!text.empty() && tokens_[at].begin > last) text += ' ';
      text += word(at);
      last = tokens_[at].end;
    }
    return text;
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<SourceToken> tokens_;
};

}  // namespace

std::optional<SourceName> name_in_sources(const std::string& type, const Model& model,
                                          const Files& files) {
  const std::string name = plain_name(type);
  std::optional<SourceName> best;
  if (name.empty()) return best;
  for (const auto& [path, hash] : model.file_hashes) {
    const auto text = files.read(path);
    if (!text || text->find(name) == std::string::npos) continue;
    const std::optional<SourceName> found = Source(*text, path).find(name);
    if (found && (!best || found->by < best->by)) best = found;
  }
  return best;
}

std::string source_name_text(const std::string& type, const SourceName& name,
                             const std::string& folder) {
  const std::string place = fmt::format("{}:{}", relative_path(name.file, folder), name.line);
  switch (name.by) {
    case NamedBy::Alias:
      return fmt::format(
          "'{}' is an alias of '{}' ({}), which is no record of the project; --system-headers "
          "includes those of the standard library and of system folders",
          type, name.target, place);
    case NamedBy::Template:
      return fmt::format(
          "'{}' is a template ({}) that no analyzed unit instantiates, so it has no layout: "
          "analyze "
          "a unit that uses it, or add one (template struct {}<int>; lays it out)",
          type, place, plain_name(type));
    case NamedBy::Record:
      return fmt::format(
          "'{}' is defined at {}, and no analyzed unit compiles that: it may be behind an inactive "
          "#if, or in a template that is not instantiated",
          type, place);
    case NamedBy::Enumeration:
      return fmt::format("'{}' is an enumeration ({}); 'snug show' draws records", type, place);
  }
  return "";
}

}  // namespace snug
