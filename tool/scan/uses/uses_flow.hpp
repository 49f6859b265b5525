// Where the numbers go that come out of a layout. Only the files uses*.cpp include this.
#pragma once

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// What happens to a number on its way out of the expression that it was made in.
struct Flow {
  bool arithmetic = false;     ///< Added, multiplied, compared ...
  bool asserted = false;       ///< static_assert, case, enumerator: another value is an error.
  bool in_type = false;        ///< Array bound or template argument: follows by itself.
  bool tested = false;         ///< Compared; in a type that is an assertion of old.
  bool ordered = false;        ///< Compared by `<` and the like.
  bool to_constant = false;    ///< Compared with a number that is written there.
  bool reshaped = false;       ///< More is done to it than to count objects or to add bytes.
  bool divided = false;        ///< Asked how often it fits, or what remains.
  bool in_list = false;        ///< One of the values in braces.
  bool added = false;          ///< Something is added to it or taken from it.
  bool allocation = false;     ///< How much memory to ask for.
  bool to_call = false;        ///< An argument of another call.
  bool upper_bound = false;    ///< Compared so that a smaller value holds too.
  bool element_count = false;  ///< sizeof a / sizeof a[0].
  bool offsets = false;        ///< The difference or comparison of two offsets.
  bool rest = false;           ///< The size of a record less an offset in it.
  CXCursor counted = clang_getNullCursor();  ///< `sizeof a` there.
  CXCursor stop = clang_getNullCursor();
  CXCursor taken = clang_getNullCursor();  ///< What `stop` takes.
};

/// Follows a number outwards to whoever takes it.
[[nodiscard]] Flow flow_of(CXCursor number, Ancestors ancestors);

}  // namespace snug::uses
