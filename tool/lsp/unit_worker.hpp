// The process that reads one unit again and again while it is edited.
#pragma once

#include <cstdint>

#include "lsp/reading.hpp"
#include "lsp/worker.hpp"

namespace snug::lsp {

/// Sent from server to worker. The numbers stand at the start of the bytes.
enum class QuestionKind : std::uint8_t {
  Read = 1,  ///< A number that comes back as Begin, the count of texts, and for each its path, 1
             ///< and the text, or 0 if it is as on the disk. Ends what is under way.
  Stop,      ///< Ends what is under way.
  Check,     ///< Run the checks over the unit.
  Prove,     ///< A token, and the finding's place in the list.
  Places,    ///< A file: where does it name records and fields?
};

/// Reads the unit, number 0, then answers questions until there are no more.
void serve_unit(Reading reading, const WorkerEnd& end);

}  // namespace snug::lsp
