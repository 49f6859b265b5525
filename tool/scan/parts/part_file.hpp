// A part: a scanned model as a file that may be checked on another machine, at another path.
//
// Paths below the project's root, and those of the front end's own headers, are stored without
// these folders; whoever reads the part says where they are. All other paths (system headers, a
// build folder elsewhere) stay as they were. Equal parts give equal bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/model.hpp"
#include "model/origins.hpp"
#include "scan/parts/model_file.hpp"

namespace snug {

/// What a part says beside its model.
struct PartFacts {
  std::string root;  ///< Where the project was when it was scanned. Absolute.
  std::string unit;  ///< A unit of it, relative to the root: what tells where the project is now.
  /// KnownNames::digest() of what the scan knew about libraries and the project's own types.
  std::string known;
  bool operator==(const PartFacts&) const = default;
};

struct Part {
  PartFacts facts;
  Model model;
  Origins origins;
};

/// The bytes of a part whose model has the paths of `facts.root`; its unit is filled in.
[[nodiscard]] std::string part_bytes(PartFacts facts, const Model& model, const Origins& origins);

/// The facts alone, from the beginning of a part; the rest is not looked at. Throws Error, which
/// names `name`, for what is no part of this version.
[[nodiscard]] PartFacts part_facts(std::string_view bytes, const std::string& name);

/// The part as if it had been scanned in this folder; it may be out of order until it is merged.
/// Throws Error as above.
[[nodiscard]] Part part_at(std::string_view bytes, const std::string& name,
                           const std::string& root);

/// Changes of texts between the paths of a folder and none (see base/portable_text.hpp).
[[nodiscard]] TextChange portable_from(const std::string& root);
[[nodiscard]] TextChange portable_to(const std::string& root);

/// The facts with a unit of the model that lies below the root.
[[nodiscard]] PartFacts with_unit(PartFacts facts, const Model& model);

/// True if the bytes begin like a part of any version.
[[nodiscard]] bool is_part_file(std::string_view bytes);

/// Joins parts without giving them a place, one at a time: memory grows with what is in them only
/// once. The same bytes for any order and any tree of merges.
class PartMerger {
 public:
  PartMerger();
  ~PartMerger();
  PartMerger(const PartMerger&) = delete;
  PartMerger& operator=(const PartMerger&) = delete;

  /// Throws Error, which names `name`, for what is no whole part, or one of another target or with
  /// other knowledge than those before it; what was added stays.
  void add(std::string_view bytes, const std::string& name);
  /// The bytes of the merged part. REQUIRES: something was added.
  [[nodiscard]] std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace snug
