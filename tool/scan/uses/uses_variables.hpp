// Variables that only the code that is looked at can reach. Only the files uses*.cpp include this.
#pragma once

#include <string>

#include "scan/uses/uses_effects.hpp"

namespace snug::uses {

/// Where an expression stands: see scan/uses/uses_effects.cpp.
enum class Place { List, Initializer, Body };

/// A name for a variable that no other one has.
[[nodiscard]] std::string key_of(CXCursor variable);
[[nodiscard]] bool is_reference(CXType type);
[[nodiscard]] bool is_changeable_reference(CXType type);
/// The object of a member expression; null where it is `this` without being written.
[[nodiscard]] CXCursor object_of(CXCursor member);
/// True for `this`, `*this` and a null cursor.
[[nodiscard]] bool is_own_object(CXCursor object);
/// True for an element of an array, false for one behind a pointer.
[[nodiscard]] bool is_array_element(CXCursor subscript);

/// The parameters and local variables of one function, and the fields of the object that it makes.
class OwnVariables {
 public:
  /// `function` may be null; what is changed is noted in `effects`. REQUIRES: they outlive this.
  OwnVariables(Place place, CXCursor function, Effects& effects)
      : place_(place), function_(function), effects_(effects) {}

  /// True for a variable that only the function can reach.
  [[nodiscard]] bool holds(CXCursor variable) const;
  [[nodiscard]] bool is_of_function(CXCursor variable) const;
  /// Notes a change of a variable, or of a part of one. False if others can notice it.
  bool change(CXCursor target);
  /// Notes that somebody gets a variable by reference, who may change it now or later.
  void hand_out(CXCursor argument);

 private:
  [[nodiscard]] bool makes_or_ends() const;

  Place place_;
  CXCursor function_;
  Effects& effects_;
};

}  // namespace snug::uses
