// What a check reports, and the edits that remove it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_edit.hpp"
#include "model/access_profile.hpp"
#include "model/source.hpp"

namespace snug {

enum class Level : std::uint8_t { Note, Warning };

/// Whether a baseline names the finding.
enum class FindingState : std::uint8_t {
  Unmatched,  ///< There is no baseline.
  New,
  Known,  ///< It was there when the baseline was written; it fails no run.
};

/// Ordered from harmless to impossible.
enum class Safety : std::uint8_t {
  Safe,     ///< Proven, and no use seen that depends on the order.
  Review,   ///< Proven, but an order-dependent use exists or cannot be excluded.
  Abi,      ///< Changes a type that other binaries or stored bytes may know.
  Refused,  ///< No edit can be made with certainty; carries reasons and no edits.
};

/// A record whose size a fix changes. Sizes in bytes.
struct SizeChange {
  std::string record_id;
  std::string record;  ///< Name.
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  auto operator<=>(const SizeChange&) const = default;
};

/// What the compiler said to the edited source.
struct Proof {
  bool verified = false;
  std::uint32_t units_proven = 0;
  std::uint32_t units_using = 0;
  std::uint64_t size_before = 0;  ///< Bytes; 0 if the fix is about no record.
  std::uint64_t size_after = 0;   ///< Bytes.
  std::vector<SizeChange>
      knock_on;  ///< Derived, containing and other instantiations; sorted by name.
};

/// What a fix promises before the compiler has seen it: the sizes that the proof must find.
struct Promise {
  std::vector<SizeChange> sizes;   ///< The record itself, or each instantiation of its template.
  std::vector<std::string> order;  ///< Names of fields in the new order, for people.
  /// Units that see the edits, as indices into Model::units, where no record says so. Sorted.
  std::vector<std::uint32_t> units;
};

/// A fact behind a finding.
struct Evidence {
  std::string kind;  ///< "hazard", "hole", "unit", "member", ...
  std::string message;
  SourceRange where;
};

/// What a finding says with one of its fixes. Fixes of one finding may differ in what they gain and
/// in what stands against them.
struct FindingWords {
  std::string message;
  std::int64_t bytes_saved = 0;            ///< Per object.
  std::optional<std::uint64_t> instances;  ///< Objects known from the code.
  std::vector<Evidence> evidence;
};

struct SuggestedFix {
  std::string title;  ///< A verb phrase: "Reorder the fields of 'Order'".
  Safety safety = Safety::Review;
  std::vector<std::string> reasons;  ///< Why it is not safer; one sentence each.
  std::vector<TextEdit> edits;       ///< Sorted, not overlapping.
  /// Places that a person has to bring into line with the edits, one sentence each: without that
  /// the program would change its meaning. Such a fix is never applied by itself.
  std::vector<std::string> by_hand;
  Promise promise;
  std::optional<Proof> proof;  ///< Empty before the proof and where no edit could be tried.
  /// Empty: the finding says the same with every fix.
  std::optional<FindingWords> words;
};

struct Finding {
  std::string check;
  Level level = Level::Warning;
  /// As far as the code says, few objects are concerned, or only tests: it ranks behind the others.
  bool few = false;
  FindingState state = FindingState::Unmatched;
  /// The finding is about what its fixes save: it is dropped when the compiler contradicts the
  /// sizes that were computed for all of them.
  bool needs_proof = false;
  SourceRange where;
  std::string message;
  std::string record_id;
  std::string subject;  ///< Qualified name and slot names: what the fingerprint is made of.
  std::vector<std::string> fields;   ///< Those of the record that it is about; empty: all of them.
  std::optional<Accesses> observed;  ///< What the profile counted for what it is about.
  std::int64_t bytes_saved = 0;      ///< Per object.
  std::int64_t lines_saved = 0;      ///< Cache lines per object, of the first fix.
  std::optional<std::uint64_t> instances;  ///< Objects known from the code.
  std::vector<Evidence> evidence;
  /// Alternatives, best first. The proof keeps the first that holds; where none does, the first
  /// stays, refused.
  std::vector<SuggestedFix> fixes;
};

/// Makes the finding say what it says with this fix. Nothing changes if the fix has no words.
void speak_for(const SuggestedFix& fix, Finding& finding);

/// A name or subject without the places after which unnamed types are called: "(lambda at
/// a.cpp:3:9)" becomes "(lambda)", so that it outlives an edit above.
[[nodiscard]] std::string lasting_name(std::string_view name);

[[nodiscard]] std::string_view to_string(Level level);
[[nodiscard]] std::string_view to_string(Safety safety);

/// Bytes that are saved for all objects known; for one if none is known. Never negative.
[[nodiscard]] std::uint64_t value_of(const Finding& finding);

/// Order by worth: what a profile counted most accesses for first; then warnings before notes, many
/// objects before few, more bytes (value_of), more cache lines; then as report_before.
[[nodiscard]] bool worth_before(const Finding& a, const Finding& b);

/// Order of places: what a profile counted most accesses for first; then file, line, column,
/// check, message.
[[nodiscard]] bool report_before(const Finding& a, const Finding& b);

}  // namespace snug
