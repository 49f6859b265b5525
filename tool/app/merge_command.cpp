// `snug merge`: one part of many.
#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "scan/parts/part_file.hpp"

namespace snug {

ExitStatus run_merge(const Options& options, Console& console) {
  if (options.printing.output.empty()) {
    throw Error("'snug merge' needs -o PART.snug, the file to write");
  }
  if (options.arguments.empty()) throw Error("'snug merge' needs PARTS, the files to merge");
  check_output(options, console);
  std::vector<std::string> paths;
  for (const std::string& word : options.arguments) {
    paths.push_back(normal_path(word, console.current_folder));
  }
  keep_inputs(outputs_of(options), console.current_folder, paths);
  PartMerger merger;
  std::vector<std::string> problems;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    try {
      merger.add(read_file(paths[i]), options.arguments[i]);
    } catch (const Error& error) {
      problems.emplace_back(error.what());
    }
  }
  if (!problems.empty()) throw Error(fmt::format("{}", fmt::join(problems, "\n")));
  write_as_is(options, console, merger.finish());
  return ExitStatus::Ok;
}

}  // namespace snug
