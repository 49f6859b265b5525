// Which records g++ lays out otherwise than clang.
//
// Both follow the Itanium C++ ABI and differ in its dark corners. For x86-64, g++ 12:
//
//  1. POD for the purpose of layout. To g++ a class with a [[no_unique_address]] member is none,
//  nor
//     is (since C++20) one with a constructor that the user declared, be it defaulted or deleted,
//     nor is whatever has such a member. A base or [[no_unique_address]] member that is no POD
//     lends its tail padding to what follows.
//  2. `packed` spares members that are no POD; with g++ references and elements of arrays too.
//  3. An empty [[no_unique_address]] member between two bit-fields does not separate them with g++,
//     and a packed record need not hold the tail padding of a [[no_unique_address]] member.
//
// A difference in a member or base is handed on. Classes that meet none of this are not laid out at
// all: they are equal. For the others the whole class is laid out by both sets of rules, and the
// trait is set where the answers differ.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>

#include "layout/class_info.hpp"
#include "layout/class_layout.hpp"

namespace snug {

/// Compares the layouts of the classes of one unit. REQUIRES: the classes outlive it.
class GccLayouts {
 public:
  /// `standard` is the C++ standard of the unit, 98 to 26, or 0 for C.
  GccLayouts(const Abi& abi, unsigned standard);
  ~GccLayouts();

  /// True if g++ gives the class another size, alignment or offset. Always false for C and for
  /// targets other than x86-64 with the Itanium ABI. Each class is looked at once.
  [[nodiscard]] bool differs(const ClassInfo& info);

 private:
  struct Entry;

  const Entry& entry(const ClassInfo& info);
  void judge(const ClassInfo& info, Entry& entry);
  [[nodiscard]] bool gcc_pod(const ClassInfo& info);
  [[nodiscard]] bool may_differ(const ClassInfo& info);
  void lay_out_both(const ClassInfo& info, Entry& entry);
  [[nodiscard]] ClassFacts facts(const ClassInfo& info, bool gcc, std::uint64_t pack_bits);
  [[nodiscard]] MemberSpec member(const ClassInfo& owner, const FieldInfo& field, bool gcc);
  [[nodiscard]] const ClassLayout* layout(std::string_view id, bool gcc);

  Abi abi_;
  unsigned standard_;
  bool applies_;
  std::map<const ClassInfo*, std::unique_ptr<Entry>> entries_;
  std::map<std::string, const ClassInfo*, std::less<>> by_id_;
};

}  // namespace snug
