// `snug explain`: the text of one check or command.
#include <fmt/format.h>

#include <ostream>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/help/help.hpp"
#include "app/help/manual.hpp"
#include "base/error.hpp"
#include "base/spelling.hpp"

namespace snug {
namespace {

template <class Topic>
void explain(const Topic& topic, bool man_page, std::ostream& out) {
  if (man_page) {
    out << manual_page(topic);
  } else {
    print_help(topic, out);
  }
}

void explain_named(const std::string& name, bool man_page, std::ostream& out) {
  std::vector<std::string> known = {"snug"};
  for (const Check* check : all_checks()) {
    if (check->id == name) {
      return explain(*check, man_page, out);
    }
    known.emplace_back(check->id);
  }
  for (const Command& command : all_commands()) {
    if (command.name == name) {
      return explain(command, man_page, out);
    }
    known.emplace_back(command.name);
  }
  if (name != "snug") {
    throw Error(fmt::format("nothing is named '{}'{} ('snug explain --list' names every check)",
                            name, did_you_mean(name, known)));
  }
  if (man_page) {
    out << overview_page();
  } else {
    print_overview(out);
  }
}

}  // namespace

ExitStatus run_explain(const Options& options, Console& console) {
  if (options.list_topics && options.man_page) {
    for (const ManualFile& page : manual()) {
      console.out << page.name << '\n';
    }
    return ExitStatus::Ok;
  }
  if (options.list_topics) {
    print_checks(console.out);
    return ExitStatus::Ok;
  }
  if (options.arguments.empty()) {
    throw Error("'snug explain' needs the name of a check ('snug explain --list' names them all)");
  }
  for (std::size_t i = 0; i < options.arguments.size(); ++i) {
    console.out << (i == 0 ? "" : "\n");
    explain_named(options.arguments[i], options.man_page, console.out);
  }
  return ExitStatus::Ok;
}

}  // namespace snug
