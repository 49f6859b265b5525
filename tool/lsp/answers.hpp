// What a worker tells the server, and its form as bytes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/packed.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "scan/records/where_named.hpp"

namespace snug::lsp {

/// Sent from worker to server.
enum class AnswerKind : std::uint8_t {
  Layouts = 1,  ///< Layouts
  Findings,     ///< Findings
  Proof,        ///< ProofAnswer
  Text,         ///< A finished text.
  Edits,        ///< FileEdits
  Progress,     ///< Two numbers and a file.
  Note,         ///< A sentence for the log.
  Failure,      ///< Why the step gave no result.
  Begin,        ///< A number: the reading that all that follows belongs to.
  Places,       ///< NamedPlaces
};

/// Layouts of a unit, or of a project.
struct Layouts {
  Model model;                  ///< Records and what belongs to them; no uses, no functions.
  std::vector<Finding> orders;  ///< What the padding check says of every record; not proven.
  std::string root;
  std::string database;  ///< Path; empty without one.
};

/// What the checks found, in report order.
struct Findings {
  std::vector<Finding> findings;
  bool proven = false;  ///< The compiler has been asked about every fix.
};

/// A finding after its proof, with the hashes of the files that its fix edits.
struct ProofAnswer {
  std::uint64_t token = 0;       ///< Of the question.
  std::vector<Finding> finding;  ///< One, or none: it is gone.
  std::map<std::string, std::string> hashes;
  std::string refusal;  ///< Why there is none.
};

/// Edits of files whose text has this hash.
struct FileEdits {
  std::vector<TextEdit> edits;
  std::map<std::string, std::string> hashes;  ///< Of each edited file before.
  std::uint64_t fixes = 0;                    ///< That the edits make up.
  std::vector<std::string> left;              ///< What was not applied, and why.
};

[[nodiscard]] std::string to_bytes(const Layouts& layouts);
[[nodiscard]] std::string to_bytes(const Findings& findings);
[[nodiscard]] std::string to_bytes(const ProofAnswer& answer);
[[nodiscard]] std::string to_bytes(const FileEdits& edits);

// All throw Error for bytes that are something else.
[[nodiscard]] Layouts layouts_from(std::string_view bytes);
[[nodiscard]] Findings findings_from(std::string_view bytes);
[[nodiscard]] ProofAnswer proof_from(std::string_view bytes);
[[nodiscard]] FileEdits edits_from(std::string_view bytes);

}  // namespace snug::lsp
