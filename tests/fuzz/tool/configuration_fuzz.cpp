// Any bytes as .snug.toml: read, or refused with a place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "gate/configuration/configuration.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const std::vector<snug::KnownCheck> checks = {{"padding", {"min-bytes"}}, {"budget", {}}};
  try {
    const snug::Configuration read = snug::read_configuration(text, "/p/.snug.toml", checks);
    for (const snug::BudgetEntry& budget : read.budgets) {
      if (budget.types.empty() || budget.where.line == 0) std::abort();
    }
  } catch (const snug::Error& error) {
    if (!std::string_view(error.what()).starts_with("/p/.snug.toml:")) std::abort();
  }
  return 0;
}
