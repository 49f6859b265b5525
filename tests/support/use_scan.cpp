#include "support/use_scan.hpp"

#include <clang-c/Index.h>
#include <fmt/core.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "model/merge.hpp"
#include "scan/evidence/evidence.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parse/sources.hpp"
#include "scan/parse/walk.hpp"
#include "scan/records/classes.hpp"
#include "scan/records/records.hpp"
#include "scan/uses/uses.hpp"

namespace snug::test {

namespace {

constexpr std::string_view kRoot = "/project";

std::string path_of(const std::string& name) {
  return std::string(kRoot) + "/" + name;
}

Model scan_one(const std::string& name, const std::map<std::string, std::string>& files,
               const std::vector<std::string>& flags) {
  const bool cxx = name.ends_with(".cpp");
  std::vector<std::string> words{cxx ? "clang++" : "clang", cxx ? "-std=c++20" : "-std=c17",
                                 "-I" + std::string(kRoot)};
  words.insert(words.end(), flags.begin(), flags.end());
  words.push_back(path_of(name));
  std::vector<const char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(word.c_str());
  }
  std::vector<std::string> paths;
  paths.reserve(files.size());
  std::vector<CXUnsavedFile> unsaved;
  for (const auto& [file, text] : files) {
    paths.push_back(path_of(file));
    unsaved.push_back({paths.back().c_str(), text.data(), text.size()});
  }
  const clang::Index index(clang_createIndex(0, 0));
  CXTranslationUnit raw = nullptr;
  const CXErrorCode error = clang_parseTranslationUnit2FullArgv(
      index.get(), nullptr, arguments.data(), static_cast<int>(arguments.size()), unsaved.data(),
      static_cast<unsigned>(unsaved.size()), CXTranslationUnit_None, &raw);
  REQUIRE(error == CXError_Success);
  const clang::TranslationUnit unit(raw);
  for (unsigned i = 0; i < clang_getNumDiagnostics(raw); ++i) {
    const CXDiagnostic diagnostic = clang_getDiagnostic(raw, i);
    if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
      FAIL(clang::to_string(
          clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions())));
    }
    clang_disposeDiagnostic(diagnostic);
  }
  ScanOptions options;
  options.root = kRoot;
  Model model;
  model.abi.target = "x86_64-unknown-linux-gnu";
  const Sources sources(raw, options);
  Names names(sources);
  Classes classes(sources, model.abi, cxx ? 20 : 0);
  RecordCollector records(sources, names, classes);
  UseScanner uses(sources, cxx);
  const bool openmp = std::find(flags.begin(), flags.end(), "-D_OPENMP=202011") != flags.end();
  EvidenceScanner evidence(sources, names, openmp);
  walk(
      sources,
      [&](CXCursor cursor, std::span<const CXCursor> above) {
        uses.visit(cursor, above);
        evidence.visit(cursor, above);
      },
      [&](CXType type) {
        records.add(type);
        evidence.add_record(type);
      });
  Unit entry;
  entry.file = path_of(name);
  records.finish(model, entry);
  uses.search_uncompiled();
  uses.finish(model);
  evidence.finish(model);
  model.units.push_back(std::move(entry));
  return model;
}

}  // namespace

Model scan_sources(const std::map<std::string, std::string>& files,
                   const std::vector<std::string>& flags) {
  std::vector<Model> parts;
  for (const auto& [name, text] : files) {
    if (name.ends_with(".c") || name.ends_with(".cpp")) {
      parts.push_back(scan_one(name, files, flags));
    }
  }
  return merge(std::move(parts));
}

std::vector<const Record*> records_named(const Model& model, std::string_view name) {
  std::vector<const Record*> found;
  for (const Record& record : model.records) {
    if (record.name == name || record.template_name == name) {
      found.push_back(&record);
    }
  }
  return found;
}

namespace {

std::vector<const Use*> all_uses(const Model& model, std::string_view record) {
  std::set<std::string> ids;
  for (const Record* one : records_named(model, record)) {
    ids.insert(one->id);
    ids.insert(one->template_id);
  }
  std::vector<const Use*> found;
  for (const Use& use : model.uses) {
    if (!use.record_id.empty() && ids.contains(use.record_id)) {
      found.push_back(&use);
    }
  }
  return found;
}

}  // namespace

std::vector<Use> uses_of(const Model& model, std::string_view record, UseKind kind) {
  std::vector<Use> found;
  for (const Use* use : all_uses(model, record)) {
    if (use->kind == kind) {
      found.push_back(*use);
    }
  }
  return found;
}

std::vector<std::string> use_list(const Model& model, std::string_view record) {
  std::vector<std::string> list;
  for (const Use* use : all_uses(model, record)) {
    if (is_half(use->kind)) continue;
    const std::string file = use->where.file.starts_with(kRoot)
                                 ? use->where.file.substr(kRoot.size() + 1)
                                 : use->where.file;
    list.push_back(fmt::format("{}@{}:{}{}", to_string(use->kind), file, use->where.line,
                               use->keeps_meaning ? "=" : ""));
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

}  // namespace snug::test
