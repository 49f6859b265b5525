// Which fields, elements and variables different processors fight over without sharing them.
//
// Two things that lie within one cache line are contended if one of them is written, at the same
// time as the other is used, from another thread, again and again. What is always written by the
// same functions, or under one lock, is shared on purpose and left alone.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/threads/thread_reach.hpp"
#include "model/model.hpp"

namespace snug {

enum class ContentionTier : std::uint8_t {
  Possible,  ///< The shape: something of what Proven asks for was not seen.
  Likely,    ///< Independent read-modify-writes by callers of a type that is visibly shared.
  Proven,    ///< On one object, from threads that were seen to run at the same time, each of which
             ///< leaves the other one's data alone.
};

enum class ContentionKind : std::uint8_t {
  Fields,      ///< Two fields of one object, both written.
  ReadBeside,  ///< One is written, the other only read.
  Elements,    ///< Neighbouring elements of one array.
  Variables,   ///< Neighbouring variables.
};

/// One side of a pair.
struct ContentionSide {
  std::string name;                ///< Of the field or variable.
  std::string variable;            ///< Id of the variable, for Variables.
  std::vector<const Touch*> uses;  ///< Those that clash, a few.
};

struct Contention {
  ContentionKind kind = ContentionKind::Fields;
  ContentionTier tier = ContentionTier::Possible;
  std::string record_id;   ///< Fields: the record. Elements: the one that the array lies in.
  std::string array_root;  ///< Elements, Variables: key of the variable, see TouchedElement::root.
  std::uint64_t stride_bytes = 0;  ///< Elements: from one to the next that another thread has.
  ContentionSide first;
  ContentionSide second;  ///< Elements: the same as first.
  /// Of the starts that the alignment allows, those with both on a line. 0 only of fields.
  double line_share = 1;
};

/// Contended pairs of one model, sorted by record, kind and names; fields too that lie on different
/// lines (line_share 0). `reach` is kept by reference.
[[nodiscard]] std::vector<Contention> find_contention(const Model& model, const ReachMap& reach);

/// The pairs of fields that threads fight over, for whoever moves fields.
class ContendedFields {
 public:
  ContendedFields() = default;
  explicit ContendedFields(const std::vector<Contention>& contention);

  [[nodiscard]] bool contains(const std::string& record_id, const std::string& a,
                              const std::string& b) const;

 private:
  std::set<std::tuple<std::string, std::string, std::string>> pairs_;  ///< Names in order.
};

/// Of the ways in which an object can lie, the share in which two ranges (bits) have a part on one
/// line. An object aligned to `align` bytes starts at each multiple of it within a line.
[[nodiscard]] double shared_line_share(std::uint64_t a_begin, std::uint64_t a_end,
                                       std::uint64_t b_begin, std::uint64_t b_end,
                                       std::uint64_t align, std::uint64_t line);

}  // namespace snug
