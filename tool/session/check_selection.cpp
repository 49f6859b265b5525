#include "session/check_selection.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/spelling.hpp"

namespace snug {
namespace {

/// One item of the list.
struct SelectionRule {
  bool add = true;
  std::string glob;
};

std::string trimmed(std::string text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), blank));
  text.erase(std::find_if_not(text.rbegin(), text.rend(), blank).base(), text.end());
  return text;
}

std::vector<SelectionRule> parse_rules(const std::string& list) {
  std::vector<SelectionRule> rules;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string item = trimmed(list.substr(begin, end - begin));
    begin = end + 1;
    if (item.empty()) {
      continue;
    }
    const bool sign = item.front() == '-' || item.front() == '+';
    rules.push_back({item.front() != '-', sign ? item.substr(1) : std::move(item)});
  }
  return rules;
}

bool fits(const std::string& glob, const Check& check) {
  return fnmatch(glob.c_str(), std::string(check.id).c_str(), 0) == 0;
}

std::vector<std::string> ids_of(std::span<const Check* const> checks) {
  std::vector<std::string> ids;
  for (const Check* check : checks) {
    ids.emplace_back(check->id);
  }
  return ids;
}

[[noreturn]] void unknown_check(const std::string& name, std::span<const Check* const> checks) {
  throw Error(fmt::format("there is no check '{}'{} ('snug explain --list' names them all)", name,
                          did_you_mean(name, ids_of(checks))));
}

}  // namespace

std::vector<const Check*> select_checks(std::span<const Check* const> checks,
                                        const std::string& list) {
  const std::vector<SelectionRule> rules = parse_rules(list);
  const std::size_t first = list.find_first_not_of(" \t\n,");
  const bool from_all = first == std::string::npos || list[first] == '-' || list[first] == '+';
  std::vector<bool> chosen(checks.size(), from_all);
  for (const SelectionRule& rule : rules) {
    bool any = false;
    for (std::size_t i = 0; i < checks.size(); ++i) {
      if (fits(rule.glob, *checks[i])) {
        chosen[i] = rule.add;
        any = true;
      }
    }
    if (!any) {
      unknown_check(rule.glob, checks);
    }
  }
  std::vector<const Check*> selected;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (chosen[i]) {
      selected.push_back(checks[i]);
    }
  }
  return selected;
}

void validate_options(std::span<const Check* const> checks, const OptionValues& options) {
  for (const auto& [key, value] : options) {
    const std::string name = key.substr(0, key.rfind('.'));
    const std::string option = key.substr(key.rfind('.') + 1);
    const auto check = std::find_if(checks.begin(), checks.end(),
                                    [&](const Check* known) { return known->id == name; });
    if (check == checks.end()) {
      unknown_check(name, checks);
    }
    std::vector<std::string> names;
    for (const CheckOption& known : (*check)->options) {
      names.emplace_back(known.name);
    }
    if (std::find(names.begin(), names.end(), option) == names.end()) {
      throw Error(fmt::format(
          "the check '{}' has no option '{}'{}{}", name, option, did_you_mean(option, names),
          names.empty() ? "; it has none" : fmt::format("; it has {}", fmt::join(names, ", "))));
    }
  }
}

}  // namespace snug
