#include "analysis/reorder/declarators.hpp"

#include <algorithm>
#include <array>

namespace snug {
namespace {

constexpr std::array<std::string_view, 10> kQualifiers{
    "const",     "volatile", "mutable",       "static",  "inline",
    "constexpr", "_Atomic",  "__extension__", "__const", "__volatile__"};
constexpr std::array<std::string_view, 24> kBuiltin{
    "unsigned", "signed",     "long",      "short",    "int",      "char",
    "bool",     "float",      "double",    "void",     "wchar_t",  "char8_t",
    "char16_t", "char32_t",   "_Bool",     "__int128", "_Complex", "__float128",
    "_Float16", "__signed__", "_Float128", "__fp16",   "_Float32", "_Float64"};
constexpr std::array<std::string_view, 4> kTypeWords{"struct", "class", "union", "enum"};
constexpr std::array<std::string_view, 5> kTypeCalls{"decltype", "typeof", "__typeof__", "__typeof",
                                                     "_Atomic"};
constexpr std::array<std::string_view, 6> kDeclaratorWords{
    "const", "volatile", "restrict", "__restrict", "__restrict__", "_Nonnull"};

template <std::size_t N>
bool is_among(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Splitter {
 public:
  Splitter(const BodyText& body, const MemberText& member, std::span<const Slot* const> slots)
      : body_(body), member_(member), slots_(slots) {}

  Declarators run() {
    Declarators result;
    const auto names = name_tokens();
    const auto shared_end = skip_specifiers(names.front());
    if (failure_.empty()) check_prefix(shared_end, names.front());
    if (failure_.empty()) check_comments();
    const auto commas = failure_.empty() ? find_commas(names) : std::vector<std::size_t>();
    result.refusal = failure_;
    if (!failure_.empty()) return result;
    result.shared = text(member_.first_token, shared_end);
    auto begin = shared_end;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto end = i < commas.size() ? commas[i] : member_.last_token - 1;
      result.own.push_back(text(begin, end));
      begin = end + 1;
    }
    return result;
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t at) const {
    return at < member_.last_token ? body_.spelling(body_.tokens[at]) : std::string_view();
  }
  [[nodiscard]] std::string text(std::size_t first, std::size_t last) const {
    const auto begin = body_.tokens[first].begin;
    return std::string(body_.text.substr(begin, body_.tokens[last - 1].end - begin));
  }
  void fail(std::string_view why) {
    const auto& name = slots_[member_.slots.front()]->name;
    failure_ = "the declaration of '" + name + "' and others cannot be split: " + std::string(why);
  }

  [[nodiscard]] std::vector<std::size_t> name_tokens() {
    std::vector<std::size_t> names;
    auto at = member_.first_token;
    for (const auto index : member_.slots) {
      const auto& slot = *slots_[index];
      if (slot.name.empty()) fail("a field has no name");
      while (at < member_.last_token && body_.tokens[at].begin < slot.where.begin) ++at;
      if (word(at) != slot.name) fail("a name comes out of a macro");
      names.push_back(at);
    }
    return names;
  }

  /// Index of the first token that belongs to the first declarator.
  std::size_t skip_specifiers(std::size_t name) {
    bool type = false;
    auto at = member_.first_token;
    while (at < name) {
      const auto token = word(at);
      if (const auto next = skip_attributes(body_, at); next != at) {
        at = next;
      } else if (is_among(token, kTypeCalls) && word(at + 1) == "(") {
        at = skip_brackets(body_, at + 1);
        type = true;
      } else if (is_among(token, kQualifiers)) {
        ++at;
      } else if (is_among(token, kBuiltin) || token == "auto") {
        ++at;
        type = true;
      } else if (is_among(token, kTypeWords) || token == "typename") {
        at = skip_attributes(body_, at + 1);
      } else if (token == "{") {
        fail("it defines a type");
        return at;
      } else if (!type && (token == "::" || body_.tokens[at].kind == TokenKind::Word)) {
        at = skip_type_name(at);
        type = true;
      } else {
        break;
      }
    }
    if (word(at) == "{" || word(at) == ":") fail("it defines a type");
    return at;
  }

  [[nodiscard]] std::size_t skip_type_name(std::size_t at) const {
    if (word(at) == "::") ++at;
    for (;;) {
      if (word(at) == "template") ++at;
      ++at;
      if (word(at) == "<") at = std::max(at, skip_angles(body_, at));
      if (word(at) != "::") return at;
      ++at;
    }
  }

  /// Between the type and the first name only what declarators are made of may stand.
  void check_prefix(std::size_t from, std::size_t name) {
    for (auto at = from; at < name;) {
      const auto token = word(at);
      if (const auto next = skip_attributes(body_, at); next != at) {
        at = next;
      } else if (token == "*" || token == "&" || token == "(" || token == "::" ||
                 is_among(token, kDeclaratorWords) ||
                 (body_.tokens[at].kind == TokenKind::Word && word(at + 1) == "::")) {
        ++at;
      } else {
        return fail("'" + std::string(token) + "' stands before its first name");
      }
    }
  }

  void check_comments() {
    for (const auto& comment : body_.comments) {
      if (comment.begin > member_.begin && comment.end < member_.end) {
        return fail("a comment stands inside it");
      }
    }
  }

  /// The comma before each name but the first. Between two names exactly one may be meant.
  std::vector<std::size_t> find_commas(const std::vector<std::size_t>& names) {
    std::vector<std::size_t> commas;
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
      auto all = commas_between(names[i], names[i + 1], false);
      if (all.size() != 1) all = commas_between(names[i], names[i + 1], true);
      if (all.size() != 1) {
        fail("its commas are ambiguous");
        return {};
      }
      commas.push_back(all.front());
    }
    return commas;
  }

  [[nodiscard]] std::vector<std::size_t> commas_between(std::size_t from, std::size_t to,
                                                        bool angles) const {
    std::vector<std::size_t> found;
    for (auto at = from + 1; at < to;) {
      const auto token = word(at);
      if (token == ",") found.push_back(at);
      const bool open = token == "(" || token == "[" || token == "{";
      const auto next = open                     ? skip_brackets(body_, at)
                        : angles && token == "<" ? std::max(skip_angles(body_, at), at + 1)
                                                 : at + 1;
      at = next > to ? at + 1 : next;  // the name itself stands in brackets: (*name)(int)
    }
    return found;
  }

  const BodyText& body_;
  const MemberText& member_;
  std::span<const Slot* const> slots_;
  std::string failure_;
};

}  // namespace

Declarators split_declarators(const BodyText& body, const MemberText& member,
                              std::span<const Slot* const> slots) {
  return Splitter(body, member, slots).run();
}

}  // namespace snug
