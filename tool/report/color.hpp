// Terminal colours. With `on` false everything is the empty string, so writers need no branches.
#pragma once

#include <iterator>
#include <string_view>

#include "model/finding.hpp"

namespace snug {

struct Palette {
  bool on = false;

  [[nodiscard]] std::string_view bold() const { return on ? "\033[1m" : ""; }
  [[nodiscard]] std::string_view dim() const { return on ? "\033[2m" : ""; }
  [[nodiscard]] std::string_view red() const { return on ? "\033[31m" : ""; }
  [[nodiscard]] std::string_view green() const { return on ? "\033[32m" : ""; }
  [[nodiscard]] std::string_view error() const { return on ? "\033[1;31m" : ""; }
  [[nodiscard]] std::string_view warning() const { return on ? "\033[1;35m" : ""; }
  [[nodiscard]] std::string_view note() const { return on ? "\033[1;36m" : ""; }
  [[nodiscard]] std::string_view yellow() const { return on ? "\033[33m" : ""; }
  /// How far a fix may be trusted: green, yellow, red; one that is refused has no colour.
  [[nodiscard]] std::string_view safety(Safety safety) const {
    return safety == Safety::Safe     ? green()
           : safety == Safety::Review ? yellow()
           : safety == Safety::Abi    ? red()
                                      : std::string_view();
  }
  [[nodiscard]] std::string_view reset() const { return on ? "\033[0m" : ""; }
  /// One of six colours for the n-th field of a record.
  [[nodiscard]] std::string_view field(std::size_t n) const {
    constexpr std::string_view colors[] = {"\033[34m", "\033[32m", "\033[33m",
                                           "\033[36m", "\033[35m", "\033[94m"};
    return on ? colors[n % std::size(colors)] : "";
  }
  /// The same as a block: black on the bright colour, which can be read on dark and on light.
  [[nodiscard]] std::string_view block(std::size_t n) const {
    constexpr std::string_view colors[] = {"\033[30;104m", "\033[30;102m", "\033[30;103m",
                                           "\033[30;106m", "\033[30;105m", "\033[30;107m"};
    return on ? colors[n % std::size(colors)] : "";
  }
};

}  // namespace snug
