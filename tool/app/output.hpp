// Where results go: standard output or a file that is replaced only when all of it is there.
#pragma once

#include <functional>
#include <iosfwd>

#include "app/console.hpp"

namespace snug {

using Writer = std::function<void(std::ostream&)>;

/// Lets `write` write to -o FILE or to the console. Throws Error if the bytes cannot be stored.
void write_output(const Options& options, Console& console, const Writer& write);

/// Throws Error if -o FILE can never be written, so that nobody waits for a scan in vain.
void check_output(const Options& options, const Console& console);

/// Flushes a stream. Throws Error if it did not take everything (a full disk, a closed pipe).
void finish_output(std::ostream& out);

}  // namespace snug
