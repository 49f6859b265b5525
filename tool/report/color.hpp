// Terminal colours. With `on` false everything is the empty string, so writers need no branches.
#pragma once

#include <string_view>

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
  [[nodiscard]] std::string_view reset() const { return on ? "\033[0m" : ""; }
  /// One of six colours for the n-th field of a record.
  [[nodiscard]] std::string_view field(std::size_t n) const {
    constexpr std::string_view colors[] = {"\033[34m", "\033[32m", "\033[33m",
                                           "\033[36m", "\033[35m", "\033[94m"};
    return on ? colors[n % std::size(colors)] : "";
  }
};

}  // namespace snug
