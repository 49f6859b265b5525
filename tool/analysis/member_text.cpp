#include "analysis/member_text.hpp"

#include <algorithm>
#include <array>

#include "analysis/member_checks.hpp"
#include "analysis/member_lines.hpp"

namespace snug {
namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 3> kAccess{"public", "protected", "private"};
constexpr std::array<std::string_view, 4> kTypeKeys{"struct", "class", "union", "enum"};

/// Finds the extent and the kind of one member after the other.
class MemberReader {
 public:
  MemberReader(BodyText& body, const Record& record, std::span<const Slot* const> slots)
      : body_(body), slots_(slots) {
    access_ = record.kind == RecordKind::Class ? Access::Private : Access::Public;
    body_.initial_access = access_;
  }

  void run() {
    while (at_ < body_.tokens.size() && body_.refusals.empty()) {
      MemberText member;
      member.first_token = at_;
      member.kind = read(member);
      member.last_token = at_;
      member.begin = body_.tokens[member.first_token].begin;
      member.end = body_.tokens[at_ - 1].end;
      member.access = access_;
      body_.members.push_back(std::move(member));
    }
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t at) const {
    return at < body_.tokens.size() ? body_.spelling(body_.tokens[at]) : std::string_view();
  }
  [[nodiscard]] bool directive(std::size_t at) const {
    return at < body_.tokens.size() && body_.tokens[at].kind == TokenKind::Directive;
  }
  [[nodiscard]] bool label_at(std::size_t at) const {
    if (one_of(word(at), kAccess)) {
      return word(at + 1) == ":" ||
             (word(at + 2) == ":" && word(at + 1).find("slots") != std::string_view::npos) ||
             (word(at + 2) == ":" && word(at + 1) == "Q_SLOTS");
    }
    return (word(at) == "signals" || word(at) == "Q_SIGNALS") && word(at + 1) == ":";
  }

  MemberKind read(MemberText& member) {
    if (directive(at_)) return ++at_, MemberKind::Directive;
    if (label_at(at_)) return read_label();
    if (word(at_) == ";") return ++at_, MemberKind::Other;
    return read_declaration(member);
  }

  MemberKind read_label() {
    const auto name = word(at_);
    access_ = name == "private"     ? Access::Private
              : name == "protected" ? Access::Protected
                                    : Access::Public;
    while (word(at_) != ":") ++at_;
    ++at_;
    return MemberKind::Label;
  }

  /// What the head of a declaration has shown so far.
  struct Head {
    std::string_view key;  ///< First word behind attributes and template parameters.
    bool parens = false;
    bool named_call = false;  ///< The first parenthesis follows a name outside < >.
    bool assign = false;
    bool colon = false;
    bool body = false;  ///< Ended with a function body.
    bool directives = false;
    int conditions = 0;  ///< #if that are open.
  };

  MemberKind read_declaration(MemberText& member) {
    const auto start = at_;
    Head head;
    at_ = skip_template_heads(skip_attributes(body_, at_));
    head.key = word(at_);
    while (at_ < body_.tokens.size()) {
      if (directive(at_)) {
        if (!step_directive(head)) break;
        continue;
      }
      if (at_ > start && label_at(at_)) break;
      if (step(head, start)) break;
    }
    const auto kind = classify(head, start, member);
    const bool whole = head.conditions == 0 && kind == MemberKind::Function;
    if (head.directives && !whole) {
      body_.refusals.emplace_back("a preprocessor directive stands inside a declaration");
    }
    return kind;
  }

  /// Takes a directive inside a declaration; false when it belongs to what stands around it.
  bool step_directive(Head& head) {
    head.directives = true;
    auto name = word(at_).substr(1);
    name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
    head.conditions += name.starts_with("if") ? 1 : name.starts_with("endif") ? -1 : 0;
    const bool outer = head.conditions < 0 || (name.starts_with("el") && head.conditions == 0);
    if (outer) head.conditions = -1;
    ++at_;
    return !outer;
  }

  /// Takes one token or bracket group; true when the declaration ends with it.
  bool step(Head& head, std::size_t start) {
    const auto token = word(at_);
    if (token == ";") return ++at_, true;
    if (token == "{") return step_brace(head, start);
    if (token == "operator") return step_operator(head), false;
    if (token == "(") {
      const auto before = at_ > start ? body_.tokens[at_ - 1].kind : TokenKind::Punctuation;
      if (!head.parens) head.named_call = before == TokenKind::Word && balanced_angles(start);
      head.parens = true;
    }
    if (token == "(" || token == "[") return at_ = skip_brackets(body_, at_), false;
    if (token == "__attribute__" || token == "alignas" || token == "__declspec") {
      return at_ = skip_attributes(body_, at_), false;
    }
    if (token == "=" && is_assignment()) head.assign = true;
    if (token == ":" && !head.parens) head.colon = true;
    return ++at_, false;
  }

  bool step_brace(Head& head, std::size_t start) {
    const auto brace = body_.tokens[at_].begin;
    const bool function = head.parens && !head.assign && !declares_slot(start, brace);
    at_ = skip_brackets(body_, at_);
    if (!function) return false;
    head.body = true;
    const auto next = word(at_);
    if (next == "," || next == "{" || next == "catch") return false;
    if (next == ";") ++at_;
    return true;
  }

  void step_operator(Head& head) {
    ++at_;
    if (word(at_) == "(" && word(at_ + 1) == ")") at_ += 2;
    while (at_ < body_.tokens.size() && word(at_) != "(" && word(at_) != ";") ++at_;
    head.named_call = !head.parens;
    head.parens = true;
    if (word(at_) == "(") at_ = skip_brackets(body_, at_);
  }

  [[nodiscard]] bool is_assignment() const {
    const auto& tokens = body_.tokens;
    const auto touches = [&](std::size_t left, std::size_t right) {
      return right < tokens.size() && tokens[left].end == tokens[right].begin;
    };
    if (word(at_ + 1) == "=" && touches(at_, at_ + 1)) return false;
    return !(at_ > 0 && touches(at_ - 1, at_) &&
             std::string_view("=<!+-*/%&|^").find(word(at_ - 1)) != std::string_view::npos &&
             word(at_ - 1) != "&" && word(at_ - 1) != "*");
  }

  [[nodiscard]] bool balanced_angles(std::size_t start) const {
    int depth = 0;
    for (auto at = start; at < at_; ++at) {
      depth += word(at) == "<" ? 1 : word(at) == ">" ? -1 : 0;
    }
    return depth == 0;
  }

  [[nodiscard]] bool declares_slot(std::size_t start, std::uint64_t end) const {
    const auto begin = body_.tokens[start].begin;
    return std::any_of(slots_.begin(), slots_.end(), [&](const Slot* slot) {
      return slot->where.begin >= begin && slot->where.begin < end;
    });
  }

  [[nodiscard]] std::size_t skip_template_heads(std::size_t at) const {
    while (word(at) == "template" && word(at + 1) == "<") at = skip_angles(body_, at + 1);
    return at;
  }

  MemberKind classify(const Head& head, std::size_t start, MemberText& member) {
    const auto begin = body_.tokens[start].begin;
    const auto end = body_.tokens[at_ - 1].end;
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i]->where.begin >= begin && slots_[i]->where.begin < end) {
        member.slots.push_back(i);
      }
    }
    if (!member.slots.empty()) return MemberKind::Field;
    if (head.body || (head.named_call && !head.assign)) return function_kind(head);
    if (head.key == "using" || head.key == "typedef" || one_of(head.key, kTypeKeys)) {
      declared_names(head.key, start, member.names);
      return MemberKind::Name;
    }
    if (is_static(start)) {
      static_names(start, member.names);
      return MemberKind::Name;
    }
    return head.colon && !head.parens ? MemberKind::Wall : MemberKind::Other;
  }

  [[nodiscard]] static MemberKind function_kind(const Head& head) {
    return head.key == "static_assert" ? MemberKind::Other : MemberKind::Function;
  }

  [[nodiscard]] bool is_static(std::size_t start) const {
    for (auto at = start; at < at_ && word(at) != "=" && word(at) != "{"; ++at) {
      if (word(at) == "static" || word(at) == "constexpr") return true;
    }
    return false;
  }

  void declared_names(std::string_view key, std::size_t start,
                      std::vector<std::string_view>& names) const {
    if (key == "typedef") return typedef_names(start, names);
    auto at = start;
    while (at < at_ && word(at) != key) ++at;
    ++at;
    if (key == "enum" && (word(at) == "class" || word(at) == "struct")) ++at;
    at = skip_attributes(body_, at);
    if (key == "using" && word(at + 1) != "=" && word(at + 1) != "[") at = at_ - 2;
    if (at < at_ && body_.tokens[at].kind == TokenKind::Word) names.push_back(word(at));
    if (key != "enum") return;
    while (at < at_ && word(at) != "{") ++at;
    for (++at; at < at_; ++at) {
      const bool first = word(at - 1) == "{" || word(at - 1) == ",";
      if (first && body_.tokens[at].kind == TokenKind::Word) names.push_back(word(at));
    }
  }

  void typedef_names(std::size_t start, std::vector<std::string_view>& names) const {
    for (auto at = start + 1; at < at_; ++at) {
      if (body_.tokens[at].kind != TokenKind::Word) continue;
      const auto next = word(at + 1);
      const bool pointer = word(at - 1) == "*" && next == ")";
      if (pointer || next == ";" || next == "," || next == "[") names.push_back(word(at));
    }
  }

  void static_names(std::size_t start, std::vector<std::string_view>& names) const {
    for (auto at = start + 1; at < at_; ++at) {
      const auto next = word(at + 1);
      const bool ends = next == "=" || next == "{" || next == ";" || next == "[" || next == ",";
      if (ends && body_.tokens[at].kind == TokenKind::Word) names.push_back(word(at));
      if (next == "=" || next == "{") return;
    }
  }

  BodyText& body_;
  std::span<const Slot* const> slots_;
  std::size_t at_ = 0;
  Access access_;
};

/// Sets open and close to the braces of the record and keeps the tokens between them.
void find_braces(BodyText& body, const Record& record) {
  const auto& definition = record.definition;
  std::vector<SourceToken> all = lex_source(body.text, definition.begin, definition.end);
  std::vector<std::size_t> open;
  std::size_t match = all.size();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].kind != TokenKind::Punctuation) continue;
    const char c = body.text[all[i].begin];
    if (c == '{') open.push_back(i);
    if (c != '}') continue;
    if (open.empty()) break;
    if (i + 1 == all.size() && open.size() == 1) match = open.back();
    open.pop_back();
  }
  if (match == all.size() || definition.end > body.text.size()) {
    body.refusals.emplace_back("the braces of the definition do not stand in the text");
    return;
  }
  body.open = all[match].end;
  body.close = all.back().begin;
  for (std::size_t i = match + 1; i + 1 < all.size(); ++i) {
    (is_comment(all[i]) ? body.comments : body.tokens).push_back(all[i]);
  }
}

}  // namespace

std::size_t skip_brackets(const BodyText& body, std::size_t at) {
  int depth = 0;
  for (; at < body.tokens.size(); ++at) {
    if (body.tokens[at].kind != TokenKind::Punctuation) continue;
    const char c = body.text[body.tokens[at].begin];
    depth += (c == '(' || c == '[' || c == '{') ? 1 : (c == ')' || c == ']' || c == '}') ? -1 : 0;
    if (depth == 0) return at + 1;
  }
  return at;
}

std::size_t skip_angles(const BodyText& body, std::size_t at) {
  const auto start = at;
  int depth = 0;
  while (at < body.tokens.size()) {
    const auto token = body.spelling(body.tokens[at]);
    if (token == ";") return start;
    if (token == "(" || token == "[" || token == "{") {
      at = skip_brackets(body, at);
      continue;
    }
    depth += token == "<" ? 1 : token == ">" ? -1 : 0;
    ++at;
    if (depth == 0) return at;
  }
  return start;
}

std::size_t skip_attributes(const BodyText& body, std::size_t at) {
  const auto word = [&](std::size_t i) {
    return i < body.tokens.size() ? body.spelling(body.tokens[i]) : std::string_view();
  };
  static constexpr std::array<std::string_view, 5> kCalls{"alignas", "_Alignas", "__attribute__",
                                                          "__attribute", "__declspec"};
  for (;;) {
    if (word(at) == "[" && word(at + 1) == "[") {
      at = skip_brackets(body, at);
    } else if (one_of(word(at), kCalls) && word(at + 1) == "(") {
      at = skip_brackets(body, at + 1);
    } else {
      return at;
    }
  }
}

BodyText read_members(std::string_view text, const Record& record,
                      std::span<const Slot* const> slots) {
  BodyText body;
  body.text = text;
  if (!record.definition.known() || record.definition.end > text.size()) {
    body.refusals.emplace_back("the definition has no text of its own");
    return body;
  }
  find_braces(body, record);
  if (!body.refusals.empty()) return body;
  MemberReader(body, record, slots).run();
  if (body.refusals.empty()) check_members(body, record, slots);
  if (!body.refusals.empty()) return body;
  find_lines(body);
  return body;
}

}  // namespace snug
