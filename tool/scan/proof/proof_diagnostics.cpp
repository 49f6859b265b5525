#include "scan/proof/proof_diagnostics.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "base/source_text.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/parse.hpp"

namespace snug {
namespace {

struct DisposeDiagnostic {
  void operator()(void* diagnostic) const { clang_disposeDiagnostic(diagnostic); }
};
using Diagnostic = std::unique_ptr<void, DisposeDiagnostic>;

/// All of a unit. Asked one by one, the unit gathers them anew each time.
class Diagnostics {
 public:
  explicit Diagnostics(CXTranslationUnit unit) : set_(clang_getDiagnosticSetFromTU(unit)) {}
  Diagnostics(const Diagnostics&) = delete;
  Diagnostics& operator=(const Diagnostics&) = delete;
  ~Diagnostics() { clang_disposeDiagnosticSet(set_); }
  [[nodiscard]] unsigned size() const { return clang_getNumDiagnosticsInSet(set_); }
  [[nodiscard]] Diagnostic at(unsigned i) const {
    return Diagnostic(clang_getDiagnosticInSet(set_, i));
  }

 private:
  CXDiagnosticSet set_;
};

struct Point {
  CXFile file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  unsigned offset = 0;
};

Point point_of(CXSourceLocation location) {
  Point point;
  clang_getFileLocation(location, &point.file, &point.line, &point.column, &point.offset);
  return point;
}

class Suspicion {
 public:
  Suspicion(CXTranslationUnit unit, const Sources& sources, const EditedSources& edited,
            ProofRecords& records, const std::vector<std::string>& concerned)
      : unit_(unit),
        sources_(sources),
        edited_(edited),
        records_(records),
        concerned_(concerned.begin(), concerned.end()) {}

  std::vector<ProofDiagnostic> run() {
    std::vector<ProofDiagnostic> found;
    const Diagnostics diagnostics(unit_);
    // An edit that does not compile needs no look at its warnings.
    const auto least =
        first_error(unit_, sources_).empty() ? CXDiagnostic_Warning : CXDiagnostic_Error;
    for (unsigned i = 0; i < diagnostics.size(); ++i) {
      const Diagnostic diagnostic = diagnostics.at(i);
      const auto severity = clang_getDiagnosticSeverity(diagnostic.get());
      if (severity < least) continue;
      // The scan has left such a flag out and told so; the code is compiled all the same.
      if (clang::is_about_flag(diagnostic.get())) continue;
      const auto point = point_of(clang_getDiagnosticLocation(diagnostic.get()));
      const bool error = severity >= CXDiagnostic_Error;
      if (point.file == nullptr && !error) continue;
      auto suspect = describe(diagnostic.get(), point, error);
      suspect.error = error;
      if (error || is_suspicious(suspect, point)) found.push_back(std::move(suspect));
    }
    return found;
  }

 private:
  [[nodiscard]] SourceRange place_of(const Point& point) const {
    SourceRange where;
    where.file = sources_.path(point.file);
    const auto [line, column] = edited_.original_place(where.file, point.line, point.column);
    where.line = where.end_line = static_cast<std::uint32_t>(line);
    where.column = where.end_column = static_cast<std::uint32_t>(column);
    where.begin = where.end = edited_.original_offset(where.file, point.offset);
    return where;
  }

  /// To find what a place is about takes time for all that is around it (the rows of a table), so
  /// that of an error that comes again and again only the first ones are looked into.
  ProofDiagnostic describe(CXDiagnostic diagnostic, const Point& point, bool error) {
    constexpr std::size_t most_alike = 16;
    ProofDiagnostic result;
    result.message = clang::to_string(clang_getDiagnosticSpelling(diagnostic));
    if (point.file == nullptr) return result;
    result.where = place_of(point);
    auto& [count, known_ids] = alike_[result.message];
    if (error && ++count > most_alike) {
      result.record_ids = known_ids;
      return result;
    }
    std::vector<CXCursor> cursors;
    add_cursors(diagnostic, cursors);
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(notes); ++i) {
      const Diagnostic note(clang_getDiagnosticInSet(notes, i));
      add_cursors(note.get(), cursors);
      const auto at = point_of(clang_getDiagnosticLocation(note.get()));
      if (at.file != nullptr) result.notes.push_back(place_of(at));
    }
    auto ids = records_.referred_at(cursors);
    if (ids.empty()) ids = records_.referred_at(statement_before(point));
    result.record_ids.assign(ids.begin(), ids.end());
    if (error) known_ids = result.record_ids;
    return result;
  }

  /// What the tokens mean on the line of the diagnostic and in the ranges that it underlines.
  void add_cursors(CXDiagnostic diagnostic, std::vector<CXCursor>& cursors) const {
    const auto at = clang_getDiagnosticLocation(diagnostic);
    const auto point = point_of(at);
    if (point.file == nullptr) return;
    const auto text = sources_.text(point.file);
    if (point.offset > text.size()) return;
    cursors.push_back(clang_getCursor(unit_, at));
    add_tokens(point.file, line_begin(text, point.offset), line_end(text, point.offset), cursors);
    for (unsigned i = 0; i < clang_getDiagnosticNumRanges(diagnostic); ++i) {
      const auto range = clang_getDiagnosticRange(diagnostic, i);
      const auto begin = point_of(clang_getRangeStart(range));
      const auto end = point_of(clang_getRangeEnd(range));
      if (begin.file != point.file || end.file != point.file || end.line == point.line) continue;
      add_tokens(point.file, begin.offset, line_end(text, end.offset), cursors);
    }
  }

  /// The tokens from the start of the statement to the line of the place: what a line that goes on
  /// with an initialiser is about stands on an earlier one.
  [[nodiscard]] std::vector<CXCursor> statement_before(const Point& point) const {
    std::vector<CXCursor> cursors;
    const auto text = sources_.text(point.file);
    if (point.offset > text.size()) return cursors;
    const auto stop = text.substr(0, point.offset).find_last_of(";}");
    const auto begin = stop == std::string_view::npos ? 0 : stop + 1;
    add_tokens(point.file, begin, line_end(text, point.offset), cursors);
    return cursors;
  }

  void add_tokens(CXFile file, std::uint64_t begin, std::uint64_t end,
                  std::vector<CXCursor>& cursors) const {
    const auto from = clang_getLocationForOffset(unit_, file, static_cast<unsigned>(begin));
    const auto to = clang_getLocationForOffset(unit_, file, static_cast<unsigned>(end));
    CXToken* tokens = nullptr;
    unsigned count = 0;
    clang_tokenize(unit_, clang_getRange(from, to), &tokens, &count);
    std::vector<CXCursor> meanings(count);
    if (count > 0) clang_annotateTokens(unit_, tokens, count, meanings.data());
    for (unsigned i = 0; i < count; ++i) {
      if (clang_getTokenKind(tokens[i]) == CXToken_Identifier) cursors.push_back(meanings[i]);
    }
    if (tokens != nullptr) clang_disposeTokens(unit_, tokens, count);
  }

  [[nodiscard]] bool is_suspicious(const ProofDiagnostic& suspect, const Point& point) const {
    return edited_.is_edited(suspect.where.file, point.offset) ||
           std::any_of(suspect.record_ids.begin(), suspect.record_ids.end(),
                       [&](const std::string& id) { return concerned_.contains(id); });
  }

  CXTranslationUnit unit_;
  const Sources& sources_;
  const EditedSources& edited_;
  ProofRecords& records_;
  std::set<std::string> concerned_;
  /// By message: how many errors say it, and which records the last one is about that was looked
  /// into.
  std::map<std::string, std::pair<std::size_t, std::vector<std::string>>> alike_;
};

}  // namespace

DiagnosticCounts count_diagnostics(CXTranslationUnit unit, const Sources& sources) {
  DiagnosticCounts counts;
  const Diagnostics diagnostics(unit);
  for (unsigned i = 0; i < diagnostics.size(); ++i) {
    const Diagnostic diagnostic = diagnostics.at(i);
    if (clang_getDiagnosticSeverity(diagnostic.get()) < CXDiagnostic_Warning) continue;
    const auto point = point_of(clang_getDiagnosticLocation(diagnostic.get()));
    const auto file = point.file == nullptr ? std::string() : sources.path(point.file);
    ++counts[{file, clang::to_string(clang_getDiagnosticSpelling(diagnostic.get()))}];
  }
  return counts;
}

std::string first_error(CXTranslationUnit unit, const Sources& sources) {
  const Diagnostics diagnostics(unit);
  for (unsigned i = 0; i < diagnostics.size(); ++i) {
    const Diagnostic diagnostic = diagnostics.at(i);
    if (clang_getDiagnosticSeverity(diagnostic.get()) < CXDiagnostic_Error) continue;
    if (clang::is_about_flag(diagnostic.get())) continue;
    const auto message = clang::to_string(clang_getDiagnosticSpelling(diagnostic.get()));
    const auto point = point_of(clang_getDiagnosticLocation(diagnostic.get()));
    if (point.file == nullptr) return message;
    return fmt::format("{}:{}: {}", sources.shown(sources.path(point.file)), point.line, message);
  }
  return "";
}

std::vector<ProofDiagnostic> suspects(CXTranslationUnit unit, const Sources& sources,
                                      const EditedSources& edited, ProofRecords& records,
                                      const std::vector<std::string>& concerned) {
  return Suspicion(unit, sources, edited, records, concerned).run();
}

std::vector<ProofDiagnostic> without_known(std::vector<ProofDiagnostic> suspects,
                                           DiagnosticCounts known) {
  std::erase_if(suspects, [&](const ProofDiagnostic& suspect) {
    const auto found = known.find({suspect.where.file, suspect.message});
    if (found == known.end() || found->second == 0) return false;
    --found->second;
    return true;
  });
  return suspects;
}

}  // namespace snug
