// Where results go: standard output or a file that is replaced only when all of it is there.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/console.hpp"

namespace snug {

using Writer = std::function<void(std::ostream&)>;

/// Lets `write` write to -o FILE or to the console, made visible (base/visible_text.hpp). Throws
/// Error if the bytes cannot be stored.
void write_output(const Options& options, Console& console, const Writer& write);

/// Writes what other programs read byte by byte, a patch or a part: as it is to a file or a pipe,
/// made visible to a terminal.
void write_as_is(const Options& options, Console& console, const std::string& bytes);

/// Throws Error if -o FILE can never be written, so that nobody waits for a scan in vain.
void check_output(const Options& options, const Console& console);

/// Flushes a stream. Throws Error if it did not take everything (a full disk, a closed pipe).
void finish_output(std::ostream& out);

}  // namespace snug
