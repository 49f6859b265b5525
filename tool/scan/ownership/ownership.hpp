// What the code does with owners: counted pointers, owning fields, hand-made containers.
//
// One scanner looks at every cursor of the shared walk. It tells the types that it knows by their
// address in the front end, so that other code costs one look-up a cursor.
#pragma once

#include <clang-c/Index.h>

#include <memory>
#include <span>

#include "model/model.hpp"

namespace snug {

class Names;
class Sources;

/// Collects the facts of model/ownership.hpp of one unit.
class OwnershipScanner {
 public:
  /// REQUIRES: sources and names outlive the scanner.
  OwnershipScanner(const Sources& sources, Names& names);
  OwnershipScanner(const OwnershipScanner&) = delete;
  OwnershipScanner& operator=(const OwnershipScanner&) = delete;
  ~OwnershipScanner();

  /// To be called for every cursor of the walk, in its order. `ancestors` goes from the outermost
  /// cursor to the direct parent.
  void visit(CXCursor cursor, std::span<const CXCursor> ancestors);

  /// To be called for every complete record type of the walk.
  void add_record(CXType type);

  /// Puts what was collected into the model. The scanner is empty afterwards.
  void finish(Model& model);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace snug
