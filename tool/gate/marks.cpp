// 1. The text is cut into tokens, so that no literal is taken for a comment.
// 2. Each line of a comment is asked whether it begins with "snug:"; if so its marks are read, and
//    what nobody understands becomes a BadMark. A sentence that happens to begin with "snug:" is
//    left alone.
// 3. The head of the declaration is found from the tokens around the comment.
#include "gate/marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/source_text.hpp"
#include "base/spelling.hpp"

namespace snug {
namespace {

constexpr std::string_view keyword = "snug:";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

struct MarkWord {
  std::string_view name;
  MarkKind kind;
};
constexpr std::array<MarkWord, 5> mark_words = {{{"ignore", MarkKind::Ignore},
                                                 {"max-size", MarkKind::MaxSize},
                                                 {"max-padding", MarkKind::MaxPadding},
                                                 {"frozen", MarkKind::Frozen},
                                                 {"group", MarkKind::Group}}};

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> items;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    items.emplace_back(trimmed(list.substr(begin, end - begin)));
    begin = end + 1;
  }
  return items;
}

/// Lines and columns of byte offsets that grow.
class Places {
 public:
  Places(std::string_view text, const std::string& file) : text_(text), file_(file) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\n') starts_.push_back(at + 1);
    }
  }

  [[nodiscard]] std::uint32_t line(std::uint64_t at) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), at);
    return static_cast<std::uint32_t>(next - starts_.begin());
  }

  [[nodiscard]] SourceRange range(std::uint64_t begin, std::uint64_t end) const {
    SourceRange range;
    range.file = file_;
    range.begin = begin;
    range.end = end;
    range.line = line(begin);
    range.column = static_cast<std::uint32_t>(begin - starts_[range.line - 1] + 1);
    range.end_line = line(end);
    range.end_column = static_cast<std::uint32_t>(end - starts_[range.end_line - 1] + 1);
    return range;
  }

  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  const std::string& file_;
  std::vector<std::uint64_t> starts_ = {0};
};

/// Reads the marks of one line of a comment. Offsets count from the start of the text.
class MarkReader {
 public:
  MarkReader(const Places& places, const std::vector<std::string>& checks, Marks& out)
      : places_(places), checks_(checks), out_(out) {}

  /// REQUIRES: text[begin, end) lies within one line and follows "snug:".
  void read(std::uint64_t begin, std::uint64_t end) {
    at_ = begin;
    end_ = end;
    for (bool first = true;; first = false) {
      skip_blanks();
      if (!read_one(first)) return;
      skip_blanks();
      if (at_ == end_ || peek() == ':' || slice(at_, end_).starts_with("//")) return;
      if (peek() != ',') {
        complain(at_, end_,
                 "text stands behind the mark; a comma separates marks, a colon begins a reason");
        return;
      }
      ++at_;
    }
  }

 private:
  [[nodiscard]] char peek() const { return at_ < end_ ? places_.text()[at_] : '\0'; }
  [[nodiscard]] std::string_view slice(std::uint64_t begin, std::uint64_t end) const {
    return places_.text().substr(begin, end - begin);
  }
  void skip_blanks() {
    while (at_ < end_ && is_blank(peek())) ++at_;
  }
  void complain(std::uint64_t begin, std::uint64_t end, std::string message) {
    out_.bad.push_back({places_.range(begin, end), std::move(message)});
  }

  /// False if the rest of the line is not to be read.
  bool read_one(bool first) {
    const std::uint64_t begin = at_;
    while (is_name_char(peek())) ++at_;
    const std::string_view name = slice(begin, at_);
    const auto known = std::find_if(mark_words.begin(), mark_words.end(),
                                    [&](const MarkWord& word) { return word.name == name; });
    if (known == mark_words.end()) {
      unknown(begin, name, first);
      return false;
    }
    Mark mark;
    mark.kind = known->kind;
    std::optional<std::string_view> argument;
    if (!read_argument(begin, argument)) return false;
    if (!take_argument(begin, name, argument, mark)) return false;
    const bool read_on = mark.kind != MarkKind::Ignore || read_reason(begin, mark);
    if (!read_on) return false;
    mark.where = places_.range(begin, at_);
    out_.marks.push_back(std::move(mark));
    return out_.marks.back().kind != MarkKind::Ignore;
  }

  void unknown(std::uint64_t begin, std::string_view name, bool first) {
    std::vector<std::string> names;
    names.reserve(mark_words.size());
    for (const MarkWord& word : mark_words) names.emplace_back(word.name);
    const std::string hint = did_you_mean(name, names);
    const std::uint64_t behind = at_;
    skip_blanks();
    // "snug: a tool that ..." is a sentence.
    if (first && hint.empty() && peek() != '(' && peek() != ':' && at_ != end_) return;
    if (name.empty()) {
      complain(begin, end_,
               fmt::format("there is no mark here; the marks are {}", fmt::join(names, ", ")));
      return;
    }
    complain(begin, behind,
             fmt::format("there is no mark '{}'{} (the marks are {})", name, hint,
                         fmt::join(names, ", ")));
  }

  /// "(...)" behind the name, if it is there. False if it has no end.
  bool read_argument(std::uint64_t begin, std::optional<std::string_view>& argument) {
    if (peek() != '(') return true;
    const std::uint64_t open = at_;
    while (at_ < end_ && peek() != ')') ++at_;
    if (at_ == end_) {
      complain(begin, end_, "the parenthesis of the mark is not closed on its line");
      return false;
    }
    argument = trimmed(slice(open + 1, at_));
    ++at_;
    return true;
  }

  bool take_argument(std::uint64_t begin, std::string_view name,
                     const std::optional<std::string_view>& argument, Mark& mark) {
    if (mark.kind == MarkKind::Frozen) {
      if (argument) complain(begin, at_, "'frozen' takes nothing in parentheses");
      return !argument;
    }
    if (!argument || argument->empty()) {
      const std::string_view what = mark.kind == MarkKind::Ignore  ? "the name of a check"
                                    : mark.kind == MarkKind::Group ? "a name"
                                                                   : "a number of bytes";
      complain(begin, at_,
               fmt::format("'{0}' needs {1} in parentheses: {0}({2})", name, what,
                           mark.kind == MarkKind::Ignore  ? "padding"
                           : mark.kind == MarkKind::Group ? "producer"
                                                          : "64"));
      return false;
    }
    if (mark.kind == MarkKind::Ignore) return take_checks(begin, *argument, mark);
    if (mark.kind == MarkKind::Group) return take_group(begin, *argument, mark);
    const char* const last = argument->data() + argument->size();
    const auto [stop, error] = std::from_chars(argument->data(), last, mark.most);
    if (error == std::errc() && stop == last) return true;
    complain(begin, at_,
             fmt::format("'{}' needs a whole number of bytes, not '{}'", name, *argument));
    return false;
  }

  bool take_checks(std::uint64_t begin, std::string_view argument, Mark& mark) {
    mark.checks = split(argument);
    for (const std::string& check : mark.checks) {
      if (std::find(checks_.begin(), checks_.end(), check) != checks_.end()) continue;
      complain(begin, at_,
               fmt::format("there is no check '{}'{} ('snug explain --list' names them all)", check,
                           did_you_mean(check, checks_)));
      return false;
    }
    return true;
  }

  bool take_group(std::uint64_t begin, std::string_view argument, Mark& mark) {
    mark.group = argument;
    if (std::all_of(argument.begin(), argument.end(), is_name_char)) return true;
    complain(begin, at_,
             fmt::format("the name of a group is made of letters, digits, - and _, "
                         "not '{}'",
                         argument));
    return false;
  }

  bool read_reason(std::uint64_t begin, Mark& mark) {
    const std::uint64_t behind = at_;
    skip_blanks();
    if (peek() == ':') {
      mark.reason = trimmed(slice(at_ + 1, end_));
      at_ = end_;
    }
    if (!mark.reason.empty()) return true;
    complain(begin, behind,
             fmt::format("'ignore' needs a reason: // snug: {}: why this is as it should be",
                         slice(begin, behind)));
    return false;
  }

  const Places& places_;
  const std::vector<std::string>& checks_;
  Marks& out_;
  std::uint64_t at_ = 0;
  std::uint64_t end_ = 0;
};

/// Where the text of a comment's line begins, behind slashes, stars and blanks.
std::uint64_t content_begin(std::string_view text, std::uint64_t begin, std::uint64_t end) {
  while (begin < end && is_blank(text[begin])) ++begin;
  if (text.substr(begin, 2) == "//" || text.substr(begin, 2) == "/*") begin += 2;
  while (begin < end &&
         (text[begin] == '/' || text[begin] == '*' || text[begin] == '!' || text[begin] == '<')) {
    ++begin;
  }
  while (begin < end && is_blank(text[begin])) ++begin;
  return std::min(begin, end);
}

void read_comment(const SourceToken& comment, std::string_view text, MarkReader& reader) {
  std::uint64_t end = comment.end;
  if (comment.kind == TokenKind::BlockComment && end - comment.begin >= 4 &&
      text.substr(end - 2, 2) == "*/") {
    end -= 2;
  }
  for (std::uint64_t begin = comment.begin; begin < end;) {
    const std::uint64_t stop = std::min<std::uint64_t>(text.find('\n', begin), end);
    const std::uint64_t content = content_begin(text, begin, stop);
    // "snug::box holds ..." tells of the library.
    const bool name = text.substr(content, keyword.size() + 1) == "snug::";
    if (text.substr(content, keyword.size()) == keyword && !name &&
        content + keyword.size() <= stop) {
      std::uint64_t last = stop;
      while (last > content && (is_blank(text[last - 1]) || text[last - 1] == '\\')) --last;
      reader.read(content + keyword.size(), std::max(last, content + keyword.size()));
    }
    begin = stop + 1;
  }
}

bool is_code(const SourceToken& token) {
  return !is_comment(token) && token.kind != TokenKind::Directive;
}

/// The head of the declaration that a comment belongs to.
class Heads {
 public:
  Heads(const std::vector<SourceToken>& tokens, const Places& places)
      : tokens_(tokens), places_(places) {}

  void set(std::size_t comment, Mark& mark) const {
    const std::string_view text = places_.text();
    const std::uint64_t line = line_begin(text, tokens_[comment].begin);
    std::size_t first = comment;
    while (first > 0 && tokens_[first - 1].end > line) --first;
    const bool before = std::any_of(at(first), at(comment), is_code);
    const std::uint64_t stop = line_end(text, tokens_[comment].end);
    const bool behind = comment + 1 < tokens_.size() && is_code(tokens_[comment + 1]) &&
                        tokens_[comment + 1].begin < stop;
    if (before || behind) {
      mark.head_begin = line;
      mark.head_end = stop;
      mark.head_line = places_.line(line);
      mark.head_end_line = places_.line(tokens_[comment].end);
    } else {
      follow(comment, mark);
    }
    mark.head_names_record = names_record(mark);
  }

 private:
  [[nodiscard]] std::vector<SourceToken>::const_iterator at(std::size_t index) const {
    return tokens_.begin() + static_cast<std::ptrdiff_t>(index);
  }

  [[nodiscard]] bool names_record(const Mark& mark) const {
    const auto first_at = [&](std::uint64_t offset) {
      return std::lower_bound(
          tokens_.begin(), tokens_.end(), offset,
          [](const SourceToken& token, std::uint64_t at) { return token.begin < at; });
    };
    const auto begin = first_at(mark.head_begin);
    return std::any_of(begin, first_at(mark.head_end), [&](const SourceToken& token) {
      if (token.kind != TokenKind::Word) return false;
      const std::string_view word = places_.text().substr(token.begin, token.end - token.begin);
      return word == "struct" || word == "class" || word == "union";
    });
  }

  /// The declaration behind the comment.
  void follow(std::size_t comment, Mark& mark) const {
    auto token = std::find_if(at(comment + 1), tokens_.end(), is_code);
    if (token == tokens_.end()) {
      mark.head_begin = mark.head_end = places_.text().size();
      mark.head_line = mark.head_end_line = places_.line(mark.head_end);
      return;
    }
    mark.head_begin = token->begin;
    mark.head_line = places_.line(token->begin);
    int depth = 0;
    for (; token != tokens_.end(); ++token) {
      mark.head_end = token->end;
      const char c = token->kind == TokenKind::Punctuation ? places_.text()[token->begin] : ' ';
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (depth <= 0 && (c == ';' || c == '{' || c == '}')) break;
    }
    mark.head_end_line = places_.line(mark.head_end - 1);
  }

  const std::vector<SourceToken>& tokens_;
  const Places& places_;
};

}  // namespace

Marks marks_in(std::string_view text, const std::string& file,
               const std::vector<std::string>& checks) {
  Marks out;
  if (text.find(keyword) == std::string_view::npos) return out;
  const Places places(text, file);
  const std::vector<SourceToken> tokens = lex_source(text, 0, text.size());
  const Heads heads(tokens, places);
  MarkReader reader(places, checks, out);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_comment(tokens[i])) continue;
    const std::size_t first = out.marks.size();
    read_comment(tokens[i], text, reader);
    for (std::size_t m = first; m < out.marks.size(); ++m) heads.set(i, out.marks[m]);
  }
  return out;
}

}  // namespace snug
