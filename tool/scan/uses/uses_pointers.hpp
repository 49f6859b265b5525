// How far the address of a field reaches. Only the files uses*.cpp include this.
#pragma once

#include <cstdint>
#include <string>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// Follows one address. What is handed to functions of the project is followed into their bodies,
/// what is kept in local variables through the function around it. O(size of those functions).
class PointerFlow {
 public:
  /// `type` is that of the field, `owner` that of its record, both canonical.
  PointerFlow(Context& context, CXType type, CXType owner);

  /// Of an expression that is a pointer to the field (or to its first element).
  [[nodiscard]] Reach of_pointer(CXCursor pointer, Ancestors above);
  /// Of an expression that is the field itself.
  [[nodiscard]] Reach of_object(CXCursor object, Ancestors above);

 private:
  PointerFlow(Context& context, CXType type, CXType owner, int depth);

  struct Step {
    CXCursor inner;   ///< The pointer, conversions included.
    CXType pointee;   ///< What it points to there.
    std::int64_t at;  ///< Bytes from the start of the field.
  };
  [[nodiscard]] Reach touched(const Step& step, const std::string& how) const;
  [[nodiscard]] Reach unknown(const Step& step, bool guessed, std::string how) const;
  [[nodiscard]] Reach of_subscript(const Step& step, CXCursor subscript, Ancestors above);
  [[nodiscard]] Reach of_operator(const Step& step, CXCursor binary, Ancestors above);
  [[nodiscard]] Reach of_sum(const Step& step, CXCursor sum, CXCursor other, Ancestors above);
  [[nodiscard]] Reach of_argument(const Step& step, CXCursor call, Ancestors above);
  [[nodiscard]] Reach of_sized(const Step& step, CXCursor call, std::size_t index,
                               const std::string& name) const;
  [[nodiscard]] Reach of_counted(const Step& step, CXCursor call, std::size_t index,
                                 const std::string& name) const;
  [[nodiscard]] Reach of_bytes(const Step& step, CXCursor size, std::uint64_t unit,
                               const std::string& how) const;
  [[nodiscard]] Reach of_parameter(CXCursor call, std::size_t index);
  [[nodiscard]] Reach kept_in(const Step& step, CXCursor variable, CXCursor scope);
  [[nodiscard]] Reach of_variable(CXCursor variable, CXCursor scope);
  [[nodiscard]] Reach of_pair(const Step& step, CXCursor list) const;
  [[nodiscard]] Reach of_number(CXCursor binary, CXCursor other) const;
  [[nodiscard]] Reach of_result(const Step& step, Ancestors above) const;
  [[nodiscard]] bool is_own_type(CXType pointee) const;
  [[nodiscard]] Reach judged(Reach reach) const;

  Context& context_;
  CXType type_;
  CXType owner_;
  std::uint64_t size_ = 0;
  bool array_ = false;
  int depth_ = 0;
};

/// True if the address of a field goes into something that is ordered by addresses. `above` ends
/// with the list or the call that takes it. O(function) once for each list of addresses.
[[nodiscard]] bool is_put_in_order(Context& context, Ancestors above);

/// True for a mention of a list that is sorted or searched there, or of which an element is
/// compared by `<` and the like.
[[nodiscard]] bool is_mention_in_order(Ancestors above);

}  // namespace snug::uses
