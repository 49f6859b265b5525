// What the MSVC ABI asks of the virtual functions of a class: one that overrides nothing gives the
// class a vfptr of its own, one that overrides a function of a virtual base gives that base a
// vtordisp.

#include <algorithm>

#include "scan/records/classes.hpp"

namespace snug {

namespace {

/// A virtual function that overrides nothing.
bool introduces_virtual_function(const ReadClass& info) {
  bool found = false;
  clang::visit_methods(info.type, [&](CXCursor method) {
    if (found || clang_CXXMethod_isVirtual(method) == 0) {
      return;
    }
    CXCursor* overridden = nullptr;
    unsigned count = 0;
    clang_getOverriddenCursors(method, &overridden, &count);
    clang_disposeOverriddenCursors(overridden);
    found = count == 0;
  });
  return found;
}

/// The classes that declare first what the method overrides.
void add_origins(CXCursor method, clang::CursorSet& origins) {
  CXCursor* overridden = nullptr;
  unsigned count = 0;
  clang_getOverriddenCursors(method, &overridden, &count);
  if (count == 0) {
    origins.insert(clang_getCursorSemanticParent(method));
  }
  for (unsigned i = 0; i < count; ++i) {
    add_origins(overridden[i], origins);
  }
  clang_disposeOverriddenCursors(overridden);
}

bool contains_origin(const ReadClass& type, const clang::CursorSet& origins) {
  return origins.contains(type.cursor) ||
         std::any_of(type.bases.begin(), type.bases.end(), [&](const BaseInfo& base) {
           return !base.is_virtual && contains_origin(as_read(*base.type), origins);
         });
}

}  // namespace

void read_virtual_functions(ReadClass& info) {
  if (!info.problem.empty() || !info.cxx) return;
  info.introduces_virtual = info.polymorphic && introduces_virtual_function(info);
  if (info.virtual_bases.empty()) return;
  clang::CursorSet origins;
  clang::visit_methods(info.type, [&](CXCursor method) {
    if (clang_CXXMethod_isVirtual(method) != 0 && clang_CXXMethod_isPureVirtual(method) == 0 &&
        clang_getCursorKind(method) != CXCursor_Destructor) {
      add_origins(method, origins);
    }
  });
  for (VirtualBaseInfo& base : info.virtual_bases) {
    base.overridden = contains_origin(as_read(*base.type), origins);
  }
}

}  // namespace snug
