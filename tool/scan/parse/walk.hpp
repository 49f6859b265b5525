// One pass over the code of a unit that everything which is read from it shares.
#pragma once

#include <clang-c/Index.h>

#include <functional>
#include <span>

namespace snug {

class Sources;

/// Called for every cursor in code of the project: declarations, and (unless bodies are skipped)
/// statements and expressions, also those of instantiated templates that the code uses.
/// `ancestors` goes from the outermost cursor to the direct parent.
using CursorCallback = std::function<void(CXCursor cursor, std::span<const CXCursor> ancestors)>;

/// Called for every complete record type met, each once; the type is canonical.
using RecordCallback = std::function<void(CXType type)>;

/// Walks the unit in source order, then the instantiations reached from it, each function once.
///
/// Implicit instantiations are no children of anything. They are reached through the types of
/// fields, bases, pointees, template arguments and function signatures, and through every function
/// that is called or named, whose instantiated body is walked in turn. Code outside the project is
/// not walked, except instantiations reached that way, for the types that stand in them.
void walk(const Sources& sources, const CursorCallback& on_cursor, const RecordCallback& on_record);

}  // namespace snug
