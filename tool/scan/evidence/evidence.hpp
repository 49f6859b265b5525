// What the bodies of functions do: see model/evidence.hpp. Fed by the shared walk.
//
// The cursors of one body are put into a small tree as they come, so that no second visit of the
// code is needed; at the end of the body the tree is read once.
#pragma once

#include <clang-c/Index.h>

#include <memory>
#include <span>

#include "model/model.hpp"

namespace snug {

class Names;
class Sources;

/// Collects the functions, variables and holdings of one unit.
class EvidenceScanner {
 public:
  /// `openmp`: the pragmas of OpenMP are in force. REQUIRES: the arguments outlive the scanner.
  EvidenceScanner(const Sources& sources, Names& names, bool openmp);
  EvidenceScanner(const EvidenceScanner&) = delete;
  EvidenceScanner& operator=(const EvidenceScanner&) = delete;
  ~EvidenceScanner();

  /// To be called for every cursor of the walk, in its order. `ancestors` goes from the outermost
  /// cursor to the direct parent.
  void visit(CXCursor cursor, std::span<const CXCursor> ancestors);

  /// To be called for every record type of the walk: its fields hold objects.
  void add_record(CXType type);

  /// Puts what was collected into the model, sorted and each once. The scanner is empty afterwards.
  void finish(Model& model);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace snug
