// Code that the front end's walk leaves out: the first statement of a switch and of a loop over a
// range, what stands in alignas, noexcept and explicit, variable templates, and traits that ask
// whether values by position build a record.
//
// 1. Their text is found among the tokens of each file of the project.
// 2. A record whose name stands there may be built there. Where braces or the names of a structured
//    binding stand beside no name that is known, any record may be.
// 3. Nothing is known of the values, so no fix that changes the order follows.
#include <algorithm>
#include <array>
#include <string_view>

#include "scan/parse/lexer.hpp"
#include "scan/uses/uses_context.hpp"

namespace snug::uses {

namespace {

constexpr std::string_view not_shown = "the front end does not show the code there";

/// Lexemes [begin, end) that nobody walks through.
struct Fragment {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class UnseenText {
 public:
  explicit UnseenText(std::string_view text) : text_(text), lexemes_(lex(text, 0, text.size())) {}

  [[nodiscard]] std::vector<Fragment> fragments() const {
    std::vector<Fragment> found;
    for (std::size_t at = 0; at + 1 < lexemes_.size(); ++at) {
      if (lexemes_[at].kind != LexemeKind::Word) continue;
      const std::string_view name = word(at);
      std::size_t end = at;
      if (name == "alignas" || name == "noexcept" || name == "explicit") {
        end = is(at + 1, "(") ? closing(at + 1) : at;
      } else if (name == "switch") {
        end = init_of_switch(at + 1);
      } else if (name == "for") {
        end = init_of_range(at + 1);
      } else if (name == "template") {
        end = variable_template(at + 1);
      } else if (asks_whether_built(name)) {
        end = arguments_by_position(at + 1);
      }
      if (end > at) found.push_back({at, end});
    }
    return found;
  }

  /// True if the name stands where an object of it may be built: not alone in parentheses, as in
  /// `alignas(T)`, `sizeof(T)` and casts, and not as the type of a pointer.
  [[nodiscard]] bool names(const Fragment& fragment, std::string_view name) const {
    for (std::size_t i = fragment.begin; i < fragment.end; ++i) {
      if (lexemes_[i].kind != LexemeKind::Word || word(i) != name) continue;
      const bool alone = is(i + 1, ")") && !is(i + 2, "{");
      if (!alone && !is(i + 1, "*")) return true;
    }
    return false;
  }

  /// True for braces with something between them.
  [[nodiscard]] bool has_list(const Fragment& fragment) const {
    for (std::size_t i = fragment.begin; i + 1 < fragment.end; ++i) {
      if (is(i, "{") && !is(i + 1, "}")) return true;
    }
    return false;
  }

  /// The number of names in a structured binding, 0 without one.
  [[nodiscard]] std::size_t bound_names(const Fragment& fragment) const {
    for (std::size_t i = fragment.begin; i < fragment.end; ++i) {
      if (!is(i, "auto")) continue;
      std::size_t open = i + 1;
      while (open < fragment.end && (is(open, "&") || is(open, "const"))) ++open;
      if (!is(open, "[")) continue;
      std::size_t count = 1;
      for (++open; open < fragment.end && !is(open, "]"); ++open) count += is(open, ",") ? 1 : 0;
      return count;
    }
    return 0;
  }

  [[nodiscard]] std::pair<std::size_t, std::size_t> place(const Fragment& fragment) const {
    return {lexemes_[fragment.begin].begin, lexemes_[fragment.end - 1].end};
  }

 private:
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return snug::spelling(text_, lexemes_[i]);
  }
  [[nodiscard]] bool is(std::size_t i, std::string_view text) const {
    return i < lexemes_.size() && word(i) == text;
  }
  [[nodiscard]] bool opens(std::size_t i) const { return is(i, "(") || is(i, "[") || is(i, "{"); }
  [[nodiscard]] bool closes(std::size_t i) const { return is(i, ")") || is(i, "]") || is(i, "}"); }

  /// The place behind the bracket that closes the one at `open`.
  [[nodiscard]] std::size_t closing(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < lexemes_.size(); ++i) {
      depth += opens(i) ? 1 : closes(i) ? -1 : 0;
      if (depth == 0) return i + 1;
    }
    return lexemes_.size();
  }

  /// The semicolons that stand directly between a pair of brackets.
  [[nodiscard]] std::vector<std::size_t> semicolons(std::size_t open) const {
    std::vector<std::size_t> found;
    int depth = 0;
    for (std::size_t i = open; i < lexemes_.size(); ++i) {
      depth += opens(i) ? 1 : closes(i) ? -1 : 0;
      if (depth == 0) break;
      if (depth == 1 && is(i, ";")) found.push_back(i);
    }
    return found;
  }

  [[nodiscard]] static bool asks_whether_built(std::string_view name) {
    static constexpr std::array<std::string_view, 5> kNames{
        "is_constructible_v", "is_constructible", "is_nothrow_constructible_v",
        "is_nothrow_constructible", "constructible_from"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  }

  /// `<T, A, B>`: the place behind it where T gets several values, else 0.
  [[nodiscard]] std::size_t arguments_by_position(std::size_t open) const {
    int angles = 0;
    std::size_t commas = 0;
    for (std::size_t at = open; at < lexemes_.size() && !is(at, ";"); ++at) {
      if (opens(at)) at = closing(at) - 1;
      angles += is(at, "<") ? 1 : is(at, ">") ? -1 : 0;
      commas += angles == 1 && is(at, ",") ? 1 : 0;
      if (angles <= 0) return commas > 1 ? at + 1 : 0;
    }
    return 0;
  }

  [[nodiscard]] std::size_t init_of_switch(std::size_t open) const {
    const auto found = is(open, "(") ? semicolons(open) : std::vector<std::size_t>();
    return found.empty() ? 0 : found.front();
  }

  /// A plain loop has two semicolons.
  [[nodiscard]] std::size_t init_of_range(std::size_t open) const {
    const auto found = is(open, "(") ? semicolons(open) : std::vector<std::size_t>();
    return found.size() == 1 ? found.front() : 0;
  }

  /// `template <...> TYPE NAME = ...;` and `... NAME{...};`, else 0. `at` is behind "template".
  [[nodiscard]] std::size_t variable_template(std::size_t at) const {
    if (!is(at, "<")) return 0;
    int angles = 0;
    for (; at < lexemes_.size(); ++at) {
      if (opens(at)) at = closing(at) - 1;
      angles += is(at, "<") ? 1 : is(at, ">") ? -1 : 0;
      if (angles == 0) break;
    }
    static constexpr std::array<std::string_view, 9> kOthers{"class",  "struct",   "union",
                                                             "using",  "concept",  "operator",
                                                             "friend", "template", "requires"};
    bool valued = false;
    for (++at; at < lexemes_.size() && !is(at, ";"); ++at) {
      if (!valued &&
          (is(at, "(") || std::find(kOthers.begin(), kOthers.end(), word(at)) != kOthers.end())) {
        return 0;
      }
      valued |= is(at, "=") || is(at, "{");
      if (opens(at)) at = closing(at) - 1;
    }
    return valued ? at : 0;
  }

  std::string_view text_;
  std::vector<Lexeme> lexemes_;
};

void add_unseen(Context& context, CXFile file, const UnseenText& text, const Fragment& fragment) {
  const std::vector<const RecordFacts*> records = context.known_records();
  std::vector<const RecordFacts*> meant;
  std::copy_if(records.begin(), records.end(), std::back_inserter(meant),
               [&](const RecordFacts* record) { return text.names(fragment, record->name); });
  const std::size_t bound = text.bound_names(fragment);
  if (meant.empty() && (bound > 0 || text.has_list(fragment))) {
    std::copy_if(
        records.begin(), records.end(), std::back_inserter(meant),
        [&](const RecordFacts* record) { return bound == 0 || record->fields.size() == bound; });
  }
  const auto [begin, end] = text.place(fragment);
  for (const RecordFacts* record : meant) {
    Use use;
    use.kind = UseKind::PositionalInit;
    use.record_id = record->id;
    use.where = context.sources().range(file, begin, end);
    use.obstacle = not_shown;
    context.uses().push_back(std::move(use));
  }
}

}  // namespace

void add_unseen_code(Context& context) {
  for (const CXFile file : clang::included_files(context.sources().unit())) {
    if (!context.sources().may_be_project(file)) continue;
    const UnseenText text(context.sources().text(file));
    for (const Fragment& fragment : text.fragments()) add_unseen(context, file, text, fragment);
  }
}

}  // namespace snug::uses
