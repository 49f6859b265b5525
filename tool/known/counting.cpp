#include "known/counting.hpp"

#include <algorithm>
#include <array>

namespace snug {

bool is_counting(std::string_view name) {
  static constexpr std::array<std::string_view, 8> whole = {"fetch_add",
                                                            "fetch_sub",
                                                            "operator++",
                                                            "InterlockedIncrement",
                                                            "InterlockedExchangeAdd",
                                                            "_InterlockedIncrement",
                                                            "SDL_AtomicAdd",
                                                            "g_atomic_int_add"};
  static constexpr std::array<std::string_view, 4> parts = {"fetch_add", "fetch_and_add",
                                                            "add_and_fetch", "add_fetch"};
  const auto is_name = [&](std::string_view one) { return name == one; };
  const auto has = [&](std::string_view part) { return name.find(part) != name.npos; };
  return std::any_of(whole.begin(), whole.end(), is_name) ||
         std::any_of(parts.begin(), parts.end(), has);
}

}  // namespace snug
