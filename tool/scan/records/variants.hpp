// The variants of a unit: which alternatives they have, and what holds them.
#pragma once

#include <clang-c/Index.h>

#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "model/model.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/sources.hpp"

namespace snug {

/// Collects the variants of one unit. REQUIRES: sources and names outlive it.
class VariantScanner {
 public:
  VariantScanner(const Sources& sources, Names& names) : sources_(sources), names_(names) {}

  /// To be called for every cursor of the walk: aliases and variables are looked at.
  void visit(CXCursor cursor);

  /// To be called for every record type of the walk: fields and bases may hold variants.
  void add_record(CXType type);

  /// Adds the variants, sorted by id, and what holds them. The scanner is empty afterwards.
  void finish(Model& model);

 private:
  bool hold(CXType type, Holding holding, int depth);
  bool hold_arguments(CXType type, const Holding& holding, int depth);
  const Variant* add(CXType type, CXCursor declaration, const std::string& family,
                     const SourceRange& where);
  void see_alias(CXCursor alias);

  const Sources& sources_;
  Names& names_;
  std::map<std::string, Variant> variants_;
  std::set<Holding> holdings_;
  std::unordered_set<const void*> without_;  ///< Types that hold no variant.
};

}  // namespace snug
