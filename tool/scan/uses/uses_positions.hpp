// Text that finds the fields of a record by position, told from its tokens alone.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scan/parse/lexer.hpp"
#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// What the texts of a unit have in common.
struct Dialect {
  bool cxx = false;                                  ///< Designators have to keep the order.
  std::set<std::string, std::less<>> braced_macros;  ///< Those that stand for `{...}`.
};

/// One file, or the body of one macro. Hits are `T{1, 2}`, `T t = {1, 2}`, `T t{1, 2}`, `(T){1,
/// 2}`, `T t(1, 2)`, `make_unique<T>(1, 2)`, in C++ two designators, and sizes and offsets of T in
/// static assertions.
class PositionHits {
 public:
  /// REQUIRES: `text` and `dialect` outlive this.
  PositionHits(std::string_view text, std::vector<Lexeme> tokens, const Dialect& dialect)
      : text_(text), tokens_(std::move(tokens)), dialect_(dialect) {}

  /// Whether the word at the place names the type of something that is filled by position.
  [[nodiscard]] bool at(std::size_t i) const;
  /// How many names the structured binding has whose `[` stands at the place; 0 if it is none.
  [[nodiscard]] std::size_t names_bound(std::size_t i) const;
  /// `T(1, 2)` in C++, if the word is a type: else it is a call like any other.
  [[nodiscard]] bool is_temporary(std::size_t i) const;
  /// The word is given a meaning as a type: `struct T {`, `using T =`, `typedef ... T;`.
  [[nodiscard]] bool defines(std::size_t i) const;
  [[nodiscard]] const std::vector<Lexeme>& tokens() const { return tokens_; }

 private:
  [[nodiscard]] std::string_view word(std::size_t i) const;
  [[nodiscard]] std::string_view spelling_of(std::size_t i) const;
  [[nodiscard]] bool opens_values(std::size_t i) const;
  [[nodiscard]] bool designates_several(std::size_t i) const;
  [[nodiscard]] bool closes_plainly(std::size_t i) const;
  [[nodiscard]] bool is_braced(std::size_t i) const;
  [[nodiscard]] bool is_variable(std::size_t i) const;
  [[nodiscard]] bool is_made_by_library(std::size_t i) const;
  [[nodiscard]] bool holds_values(std::size_t i, bool anywhere = false) const;
  [[nodiscard]] bool is_compound_literal(std::size_t i) const;
  [[nodiscard]] bool is_pinned(std::size_t i) const;

  std::string_view text_;
  std::vector<Lexeme> tokens_;
  const Dialect& dialect_;
};

}  // namespace snug::uses
