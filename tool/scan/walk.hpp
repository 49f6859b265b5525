// One pass over the code of a unit that everything which is read from it shares.
#pragma once

#include <clang-c/Index.h>

#include <functional>
#include <span>
#include <string>

namespace snug {

struct ScanOptions;

/// Called for every cursor in code of the project: declarations, and (unless bodies are skipped)
/// statements and expressions, also those of instantiated templates that the code uses.
/// `ancestors` goes from the outermost cursor to the direct parent.
using CursorCallback = std::function<void(CXCursor cursor, std::span<const CXCursor> ancestors)>;

/// Walks the unit in source order, then the instantiations reached from it, each function once.
void walk(CXTranslationUnit unit, const ScanOptions& options, const CursorCallback& callback);

}  // namespace snug
