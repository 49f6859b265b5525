// `snug cache`: what is kept from run to run.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "session/cache_folder.hpp"

namespace snug {

ExitStatus run_cache(const Options& options, Console& console) {
  if (!options.arguments.empty()) {
    throw Error(fmt::format("'snug cache' takes no words, but '{}' was given ('--clear' clears it)",
                            options.arguments.front()));
  }
  if (!options.shared_cache.empty()) {
    throw Error(
        "'snug cache' shows, and clears, a folder; who runs a shared cache decides what stays "
        "in "
        "it");
  }
  const std::string path = cache_folder(options, console);
  if (path.empty()) {
    throw Error(options.cache == "off"
                    ? "--cache off names no folder"
                    : "neither XDG_CACHE_HOME nor HOME names a folder; name one with --cache DIR");
  }
  const CacheFolder folder(path);
  if (options.clear_cache) {
    const std::uint64_t removed = folder.clear();
    fmt::print(console.out, "{}: {} result{} removed\n", path, grouped(removed),
               removed == 1 ? "" : "s");
  } else {
    const CacheContents contents = folder.contents();
    fmt::print(console.out,
               "{}\n"
               "  units    {}\n"
               "  proofs   {}\n"
               "  orders   {}\n"
               "  checks   {}\n"
               "  bytes    {} of at most {}\n"
               "  hits     {} of {} lookups\n",
               path, grouped(contents.units), grouped(contents.proofs), grouped(contents.orders),
               grouped(contents.checks), grouped(contents.bytes), grouped(cache_limit),
               grouped(contents.hits), grouped(contents.lookups));
  }
  finish_output(console.out);
  return ExitStatus::Ok;
}

}  // namespace snug
