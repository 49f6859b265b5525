#include "oracle/probe.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "base/process.hpp"

namespace snug::oracle {

namespace {

/// clang of the version that libclang has, else what is called clang.
std::string compiler() {
  for (const char* name : {"clang-22", "clang-21", "clang-20", "clang"}) {
    std::string path = find_program(name);
    if (!path.empty()) {
      return path;
    }
  }
  return "clang";
}

ProgramResult run_compiler(const FrontEndCommand& command, const std::string& file,
                           const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {compiler()};
  arguments.insert(arguments.end(), command.arguments.begin() + 1, command.arguments.end());
  if (std::none_of(arguments.begin(), arguments.end(),
                   [](const std::string& flag) { return flag.starts_with("-x"); })) {
    arguments.push_back(command.cxx ? "-xc++" : "-xc");
  }
  arguments.insert(arguments.end(), {"-w", "-fsyntax-only", "-fno-caret-diagnostics"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.push_back(file);
  ProgramOptions options;
  options.directory = command.directory;
  options.timeout = std::chrono::minutes(5);
  options.max_output = std::size_t{1} << 31U;
  return run_program(arguments, options);
}

/// The first error that the compiler tells.
std::string first_error(const std::string& text) {
  const std::size_t at = std::min(text.find("error:"), text.size());
  const std::size_t begin = text.rfind('\n', at);
  return text.substr(begin == std::string::npos ? 0 : begin + 1, text.find('\n', at) - begin - 1);
}

void replace_word(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    const bool whole =
        (at == 0 || std::string_view("<( ,:").find(text[at - 1]) != std::string_view::npos) &&
        (at < 2 || text[at - 1] != ':');
    if (whole) {
      text.replace(at, from.size(), to);
    }
  }
}

/// As the text of a type: anonymous namespaces are looked through by their enclosing scope.
std::string spelled(std::string name) {
  static constexpr std::string_view scope = "(anonymous namespace)::";
  for (std::size_t at = 0; (at = name.find(scope)) != std::string::npos;) {
    name.erase(at, scope.size());
  }
  replace_word(name, "_Bool", "bool");
  replace_word(name, "nullptr_t", "decltype(nullptr)");
  return name;
}

void write_probe(const FrontEndCommand& command, const std::string& file,
                 const std::vector<std::string>& names) {
  std::ofstream out(file);
  out << "#include \"" << command.file << "\"\n";
  // The typedef is there for snug: the C interface does not tell what sizeof is taken of.
  for (std::size_t i = 0; i < names.size(); ++i) {
    out << fmt::format("typedef {} snug_probe_{}; {}(sizeof(snug_probe_{}) + 1 > 0, \"\");\n",
                       names[i], i, command.cxx ? "static_assert" : "_Static_assert", i);
  }
}

/// Drops the names on whose lines the compiler found an error, or which asked for what has one.
bool drop_refused(const std::string& errors, const std::string& file,
                  std::vector<std::string>& names) {
  std::set<std::size_t> lines;
  const std::string head = file + ":";
  for (std::size_t at = errors.find(head); at != std::string::npos;
       at = errors.find(head, at + 1)) {
    const std::size_t end = errors.find('\n', at);
    const std::string_view line = std::string_view(errors).substr(at, end - at);
    if (line.find("error:") != std::string_view::npos ||
        line.find("requested here") != std::string_view::npos) {
      lines.insert(std::stoul(errors.substr(at + head.size())));
    }
  }
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!lines.contains(i + 2)) {
      kept.push_back(names[i]);
    }
  }
  const bool changed = kept.size() != names.size();
  names = std::move(kept);
  return changed;
}

}  // namespace

Probe run_probe(const FrontEndCommand& command, const std::string& scratch,
                const std::vector<std::string>& more) {
  Probe probe;
  probe.file = scratch + (command.cxx ? "/probe.cpp" : "/probe.c");
  const ProgramResult all =
      run_compiler(command, command.file, {"-Xclang", "-fdump-record-layouts-complete"});
  // Laying records out early may break an assertion; whether the unit compiles is seen below.
  std::set<std::string> unique;
  const auto ask = [&](const std::string& printed) {
    const std::string name = spelled(printed);
    const bool named = name.find("(anonymous") == std::string::npos &&
                       name.find("(unnamed") == std::string::npos &&
                       name.find("(lambda") == std::string::npos;
    named ? (void)unique.insert(name) : (void)++probe.unnamed;
  };
  for (const DumpRecord& record : parse_dump(all.out)) ask(record.printed);
  for (const std::string& printed : more) ask(printed);
  std::vector<std::string> names(unique.begin(), unique.end());
  const std::size_t wanted = names.size();
  // An instantiation that fails is told of the first name that asks for it only.
  for (int round = 0; round < 20; ++round) {
    write_probe(command, probe.file, names);
    const ProgramResult tried = run_compiler(
        command, probe.file,
        {"-fno-access-control", "-ferror-limit=0", "-Xclang", "-fdump-record-layouts"});
    probe.asked = names.size();
    probe.refused = wanted - names.size();
    probe.problem = tried.ok() ? "" : first_error(tried.err);
    if (tried.ok()) {
      probe.layout = parse_dump(tried.out);
    }
    if (tried.ok() || !drop_refused(tried.err, probe.file, names)) {
      break;
    }
  }
  return probe;
}

std::vector<DumpRecord> used_records(const FrontEndCommand& command, std::string& problem) {
  const ProgramResult result =
      run_compiler(command, command.file, {"-Xclang", "-fdump-record-layouts"});
  if (!result.ok()) {
    problem = first_error(result.err);
  }
  return parse_dump(result.out);
}

}  // namespace snug::oracle
