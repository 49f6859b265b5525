#include "scan/records/where_named.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/packed.hpp"
#include "scan/parse/in_directory.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/parse.hpp"
#include "scan/parse/sources.hpp"
#include "scan/parse/walk.hpp"
#include "scan/parse/workers.hpp"

namespace snug {
namespace {

/// Collects the places of one file.
class NamedPlaces {
 public:
  NamedPlaces(const Sources& sources, std::string file)
      : sources_(sources), names_(sources), file_(std::move(file)) {}

  void visit(CXCursor cursor) {
    switch (clang_getCursorKind(cursor)) {
      case CXCursor_TypeRef:
      case CXCursor_TemplateRef:
        return add_record(cursor);
      case CXCursor_MemberRefExpr:
      case CXCursor_MemberRef:
      case CXCursor_DeclRefExpr:
        return add_field(cursor);
      default:
        return;
    }
  }

  std::vector<NamedPlace> take() {
    std::vector<NamedPlace> places;
    for (auto& [begin, place] : places_) places.push_back(std::move(place));
    return places;
  }

 private:
  void add_record(CXCursor cursor) {
    const CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    if (type.kind != CXType_Record) return;
    if (auto place = place_of(cursor)) {
      place->record = names_.id(clang_getTypeDeclaration(type));
      places_.try_emplace(place->begin, std::move(*place));
    }
  }

  void add_field(CXCursor cursor) {
    const CXCursor field = clang_getCursorReferenced(cursor);
    if (clang_getCursorKind(field) != CXCursor_FieldDecl) return;
    auto place = place_of(cursor);
    if (!place) return;
    const SourceRange declared = sources_.name(field);
    place->field = true;
    place->file = declared.file;
    place->declared_at = declared.begin;
    // What an anonymous struct or union holds are slots of the record around it.
    CXCursor owner = clang_getCursorSemanticParent(field);
    while (clang_Cursor_isAnonymousRecordDecl(owner) != 0) {
      owner = clang_getCursorSemanticParent(owner);
    }
    place->record = names_.id(owner);
    places_.try_emplace(place->begin, std::move(*place));
  }

  /// The name at the cursor's place; nothing if it is not of this file or another text stands
  /// there.
  [[nodiscard]] std::optional<NamedPlace> place_of(CXCursor cursor) const {
    CXFile file = nullptr;
    clang_getSpellingLocation(clang_getCursorLocation(cursor), &file, nullptr, nullptr, nullptr);
    if (file == nullptr || sources_.path(file) != file_) return std::nullopt;
    const SourceRange where = sources_.name(cursor);
    if (where.file != file_ || where.end <= where.begin) return std::nullopt;
    // Where a macro expands, its own name stands.
    const std::string name =
        clang::to_string(clang_getCursorSpelling(clang_getCursorReferenced(cursor)));
    if (sources_.text(file).substr(where.begin, where.end - where.begin) != name) {
      return std::nullopt;
    }
    NamedPlace place;
    place.begin = where.begin;
    place.end = where.end;
    return place;
  }

  const Sources& sources_;
  Names names_;
  std::string file_;
  std::map<std::uint64_t, NamedPlace> places_;
};

std::string places_in(const FrontEndCommand& command, const ScanOptions& options,
                      const std::string& file) {
  const InDirectory here(command.directory);
  const clang::Index index = clang::worker_index();
  const clang::Parsed parsed =
      clang::parse(index.get(), clang::without_warnings(command),
                   CXTranslationUnit_VisitImplicitAttributes, *options.files);
  if (parsed.failed || parsed.unit == nullptr) {
    throw Error(fmt::format("{}", fmt::join(parsed.problems, "; ")));
  }
  const Sources sources(parsed.unit.get(), options);
  NamedPlaces places(sources, file);
  walk(
      sources, [&](CXCursor cursor, std::span<const CXCursor>) { places.visit(cursor); },
      [](CXType) {});
  return to_bytes(places.take());
}

}  // namespace

std::vector<NamedPlace> where_named(const std::vector<FrontEndCommand>& commands,
                                    const ScanOptions& options, const std::string& file) {
  if (commands.size() != 1) throw Error("there is not exactly one unit to read");
  TaskOutcome outcome;
  run_in_workers(
      1, [&](std::size_t) { return places_in(commands.front(), options, file); },
      limits_of(options), [&](std::size_t, TaskOutcome done) { outcome = std::move(done); });
  if (outcome.status != TaskStatus::Ok) throw Error(outcome.reason);
  return named_places_from(outcome.bytes);
}

std::string to_bytes(const std::vector<NamedPlace>& places) {
  Packer packer;
  packer.number(places.size());
  for (const NamedPlace& place : places) {
    packer.number(place.begin);
    packer.number(place.end);
    packer.text(place.record);
    packer.number(place.field ? 1 : 0);
    packer.text(place.file);
    packer.number(place.declared_at);
  }
  return packer.bytes();
}

std::vector<NamedPlace> named_places_from(std::string_view bytes) {
  Unpacker from(bytes);
  std::vector<NamedPlace> places;
  for (std::uint64_t left = from.number(); left > 0; --left) {
    NamedPlace place;
    place.begin = from.number();
    place.end = from.number();
    place.record = from.text();
    place.field = from.number() != 0;
    place.file = from.text();
    place.declared_at = from.number();
    places.push_back(std::move(place));
  }
  return places;
}

}  // namespace snug
