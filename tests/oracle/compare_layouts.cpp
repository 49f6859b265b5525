// Compares the layouts that snug reads with those that the compiler dumps.
//
//   compare_layouts [options] FILE... [-- FLAGS...]
//   compare_layouts [options] -p DIR
//   compare_layouts [options] --random N [--seed S]
//
//   -p DIR             every unit of DIR/compile_commands.json
//   --every N          only every N-th unit
//   --random N         N random classes instead of files; --seed S makes others (default 1)
//   --target TRIPLE    for another ABI
//   --coverage NS      instead: how many of the records of namespace NS that the compiler lays out
//                      for the unit itself a scan of the unit reports; may be repeated
//   --root DIR         for --coverage: what counts as the project (default: current folder)
//   --show N           print up to N differences a unit (default 20)
//
// One line a unit, then totals. Exit status: 0 no differences, 1 differences (or coverage below
// 97 %), 2 a unit could not be compared.
#include <fmt/core.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "base/error.hpp"
#include "base/files.hpp"
#include "oracle/compare.hpp"
#include "oracle/probe.hpp"
#include "scan/parse/scan.hpp"
#include "support/random_classes.hpp"

namespace snug::oracle {
namespace {

struct Options {
  std::string build;
  std::vector<std::string> files;
  std::vector<std::string> flags;
  std::vector<std::string> namespaces;
  std::size_t every = 1;
  std::size_t show = 20;
  std::size_t random = 0;
  std::uint64_t seed = 1;
  ScanOptions scan;
};

struct Totals {
  std::size_t units = 0;
  std::size_t failed = 0;
  std::size_t compared = 0;
  std::size_t unnamed = 0;
  std::size_t refused = 0;
  std::size_t built_in = 0;
  std::size_t again = 0;
  std::size_t differences = 0;
  std::set<std::string> laid_out;
  std::set<std::string> reported;
};

Options read_options(int argc, char** argv) {
  Options options;
  options.scan.root = std::filesystem::current_path().string();
  int i = 1;
  const auto value = [&]() -> std::string {
    if (++i >= argc) {
      throw Error(fmt::format("{} needs a value", argv[i - 1]));
    }
    return argv[i];
  };
  for (; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--") {
      options.flags.assign(argv + i + 1, argv + argc);
      break;
    }
    if (word == "-p") {
      options.build = value();
    } else if (word == "--every") {
      options.every = std::max<std::size_t>(1, std::stoul(value()));
    } else if (word == "--show") {
      options.show = std::stoul(value());
    } else if (word == "--random") {
      options.random = std::stoul(value());
    } else if (word == "--seed") {
      options.seed = std::stoull(value());
    } else if (word == "--target") {
      options.scan.target = value();
    } else if (word == "--coverage") {
      options.namespaces.push_back(value());
    } else if (word == "--root") {
      options.scan.root = normal_path(value(), std::filesystem::current_path().string());
    } else if (word.starts_with("-")) {
      throw Error(fmt::format("unknown option {}", word));
    } else {
      options.files.push_back(word);
    }
  }
  return options;
}

void report_problems(const Model& model) {
  for (const Unit& unit : model.units) {
    for (const std::string& problem : unit.problems) {
      fmt::print("  {}\n", problem);
    }
  }
}

/// A probe with the model that snug reads from it.
struct Compared {
  Probe probe;
  Model model;
  Comparison result;
};

Compared compare_probe(const FrontEndCommand& command, const Options& options,
                       const std::string& scratch, const std::vector<std::string>& more) {
  Compared compared;
  compared.probe = run_probe(command, scratch, more);
  const Probe& probe = compared.probe;
  if (!probe.problem.empty()) return compared;
  FrontEndCommand probed = command;
  probed.file = probe.file;
  probed.arguments.push_back("-fno-access-control");
  probed.arguments.push_back("-w");
  ScanOptions all = options.scan;
  all.root = "/";
  all.system_headers = true;
  compared.model = scan_unit(probed, all);
  // The type behind va_list is the compiler's own: it stands nowhere.
  const auto written = [](const DumpRecord& block) {
    return block.key != "__va_list_tag" && block.key != "std::__va_list" &&
           block.key != "__va_list";
  };
  compared.result = compare(compared.model, probe.layout, written);
  return compared;
}

void compare_unit(const FrontEndCommand& command, const Options& options,
                  const std::string& scratch, Totals& totals) {
  Compared compared = compare_probe(command, options, scratch, {});
  // What the unit has only since the probe asked for another record has not been asked for itself.
  const std::vector<std::string> again = compared.result.missing;
  if (!again.empty()) compared = compare_probe(command, options, scratch, again);
  const auto& [probe, model, result] = compared;
  if (!probe.problem.empty()) {
    fmt::print("{}: not compared: {}\n", command.file, probe.problem);
    ++totals.failed;
    return;
  }
  fmt::print(
      "{}: {} records compared, {} differences; not asked for by name: {} without one, {} "
      "local or not accepted; built in: {}; asked for in a second round: {}\n",
      command.file, result.compared, result.differences.size(), probe.unnamed, probe.refused,
      result.skipped, again.size());
  report_problems(model);
  for (std::size_t i = 0; i < std::min(options.show, result.differences.size()); ++i) {
    fmt::print("  {}\n", result.differences[i]);
  }
  totals.compared += result.compared;
  totals.unnamed += probe.unnamed;
  totals.refused += probe.refused;
  totals.built_in += result.skipped;
  totals.again += again.size();
  totals.differences += result.differences.size();
}

void cover_unit(const FrontEndCommand& command, const Options& options, Totals& totals) {
  std::string problem;
  const std::vector<DumpRecord> used = used_records(command, problem);
  if (!problem.empty()) {
    fmt::print("{}: not compared: {}\n", command.file, problem);
    ++totals.failed;
    return;
  }
  const Model model = scan_unit(command, options.scan);
  const RecordIndex index(model);
  std::set<std::string> wanted;
  std::set<std::string> found;
  for (const DumpRecord& record : used) {
    const std::string name = record.printed.substr(record.printed.find(' ') + 1);
    for (const std::string& space : options.namespaces) {
      if (name.starts_with(space + "::") && wanted.insert(record.key).second) {
        if (index.contains(record.key)) {
          found.insert(record.key);
        } else if (wanted.size() - found.size() <= options.show) {
          fmt::print("  not reported: {}\n", record.printed);
        }
      }
    }
  }
  report_problems(model);
  fmt::print("{}: {} of {} records\n", command.file, found.size(), wanted.size());
  totals.laid_out.merge(wanted);
  totals.reported.merge(found);
}

/// A unit of random classes, which needs no header.
CompileCommand random_unit(const Options& options, const std::string& scratch) {
  test::RandomClassOptions kinds;
  kinds.microsoft = options.scan.target.find("msvc") != std::string::npos;
  const std::string file = scratch + "/random.cpp";
  std::ofstream out(file);
  out << test::random_classes_prelude();
  for (const test::RandomClass& one : test::random_classes(options.seed, options.random, kinds)) {
    out << one.source;
  }
  return commands_for_files({file}, {"-std=c++20", "-nostdinc", "-faligned-allocation"}, scratch)
      .at(0);
}

std::vector<CompileCommand> commands_of(const Options& options, const std::string& scratch) {
  const std::string here = std::filesystem::current_path().string();
  if (options.random != 0) {
    return {random_unit(options, scratch)};
  }
  if (!options.build.empty()) {
    return load_database(options.build + "/compile_commands.json").commands;
  }
  std::vector<std::string> files;
  files.reserve(options.files.size());
  for (const std::string& file : options.files) {
    files.push_back(normal_path(file, here));
  }
  return commands_for_files(files, options.flags, here);
}

int run(const Options& options) {
  const std::string scratch =
      (std::filesystem::temp_directory_path() / fmt::format("snug-oracle-{}", ::getpid())).string();
  std::filesystem::create_directories(scratch);
  const std::vector<CompileCommand> commands = commands_of(options, scratch);
  DriverCache cache;
  Totals totals;
  for (std::size_t i = 0; i < commands.size(); i += options.every) {
    const FrontEndCommand command = adapt(commands[i], options.scan, cache);
    ++totals.units;
    options.namespaces.empty() ? compare_unit(command, options, scratch, totals)
                               : cover_unit(command, options, totals);
    std::fflush(stdout);
  }
  std::filesystem::remove_all(scratch);
  int status = totals.differences == 0 ? 0 : 1;
  if (options.namespaces.empty()) {
    fmt::print(
        "{} units, {} not compared, {} records compared, {} differences; not asked for by "
        "name: {} without one, {} local or not accepted; built in: {}; asked for in a second "
        "round: {}\n",
        totals.units, totals.failed, totals.compared, totals.differences, totals.unnamed,
        totals.refused, totals.built_in, totals.again);
  } else {
    const double all = static_cast<double>(totals.laid_out.size());
    const double part = static_cast<double>(totals.reported.size());
    fmt::print("{} units, {} not compared: {} of {} records reported ({:.1f} %)\n", totals.units,
               totals.failed, totals.reported.size(), totals.laid_out.size(),
               all == 0 ? 100.0 : 100.0 * part / all);
    status = part >= 0.97 * all ? 0 : 1;
  }
  return totals.failed == 0 ? status : 2;
}

}  // namespace
}  // namespace snug::oracle

int main(int argc, char** argv) {
  try {
    return snug::oracle::run(snug::oracle::read_options(argc, argv));
  } catch (const std::exception& error) {
    std::cerr << "compare_layouts: " << error.what() << '\n';
    return 2;
  }
}
