// What the code does with records that depends on the order of their fields.
//
// One scanner looks at every cursor of the shared walk. It dispatches on the kind of the cursor and
// works with names and types only for candidates, so that it costs little on code without any.
#pragma once

#include <clang-c/Index.h>

#include <memory>
#include <span>

#include "model/model.hpp"

namespace snug {

class Sources;

/// Collects the uses and the member initialiser lists of one unit.
///
/// A use of an instantiation bears the id of that instantiation, a use in the code of a template
/// itself the id of the primary template; the analysis joins both with the definition.
class UseScanner {
 public:
  /// `cxx`: the unit is C++, not C. REQUIRES: sources outlive the scanner.
  UseScanner(const Sources& sources, bool cxx);
  UseScanner(const UseScanner&) = delete;
  UseScanner& operator=(const UseScanner&) = delete;
  ~UseScanner();

  /// To be called for every cursor of the walk, in its order. `ancestors` goes from the outermost
  /// cursor to the direct parent.
  void visit(CXCursor cursor, std::span<const CXCursor> ancestors);

  /// Searches the texts of the unit for uses in code that was not compiled. To be called behind the
  /// walk. REQUIRES: the bodies of functions were parsed.
  void search_uncompiled();

  /// Appends what was collected to the model, sorted by place and each once. The scanner is empty
  /// afterwards.
  void finish(Model& model);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace snug
