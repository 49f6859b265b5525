// A unit reads the shared headers before its first line, and what it includes of them later is
// skipped. That makes no difference if
//
// 1. the unit includes each file of them by itself, directly or through another header;
// 2. no text of it makes a macro of a name that occurs in them, before or behind (_GNU_SOURCE,
//    NDEBUG, `#define private public`), or takes a macro back that they have;
// 3. nothing is open where it includes them: no namespace, extern "C" { or packing;
// 4. it uses no macro of them, and asks for none, before it has included the file that defines it.
//
// All directives and macros come from the front end's record, in its order; what is open at a
// directive is counted in the text.
#include "scan/shared/sharing_gate.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "scan/parse/clang.hpp"
#include "scan/parse/lexer.hpp"
#include "scan/shared/record_of_text.hpp"

namespace snug {
namespace {

/// What the text of one file does to the directives in it.
struct OpenParts {
  std::vector<std::pair<std::size_t, std::size_t>> braces;  ///< Ranges between braces ...
  std::size_t packed_from = std::string_view::npos;         ///< The first #pragma that packs.
  bool ends_packed = false;                                 ///< It is not taken back in this text.
  /// Names of #undef and push_macro, and where they stand.
  std::vector<std::pair<std::string, std::size_t>> undefined;
};

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// The first word behind `at`.
std::string word_behind(std::string_view text, std::size_t at) {
  const auto in_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  while (at < text.size() && !in_word(text[at])) ++at;
  std::size_t end = at;
  while (end < text.size() && in_word(text[end])) ++end;
  return std::string(text.substr(at, end - at));
}

/// Follows `#pragma pack(push, 1)`, `pack(pop)`, `pack(2)`, `pack()` and their like.
class Packing {
 public:
  void read(std::string_view pragma) {
    if (has_any(pragma, {"push"})) {
      ++pushed_;
    } else if (has_any(pragma, {"pop"})) {
      --pushed_;
    } else {
      set_ = !has_any(pragma, {"()", "( )", "off", "reset", "default"});
    }
  }
  [[nodiscard]] bool is_open() const { return pushed_ != 0 || set_; }

 private:
  int pushed_ = 0;
  bool set_ = false;
};

OpenParts open_parts(std::string_view text) {
  OpenParts result;
  Packing packing;
  std::vector<std::size_t> open;
  for (const Lexeme& token : lex(text, 0, text.size())) {
    const std::string_view spelled = spelling(text, token);
    if (token.kind == LexemeKind::Directive) {
      if (const auto at = spelled.find("undef"); at != std::string_view::npos) {
        result.undefined.emplace_back(word_behind(spelled, at + 5), token.begin);
      }
      if (spelled.find("pragma") == std::string_view::npos) continue;
      if (const auto at = spelled.find("push_macro"); at != std::string_view::npos) {
        result.undefined.emplace_back(word_behind(spelled, at + 10), token.begin);
      }
      if (has_any(spelled, {"pack", "ms_struct", "options", "visibility", "attribute", "storage_",
                            "redefine_extname", "poison"})) {
        result.packed_from = std::min(result.packed_from, token.begin);
        packing.read(spelled);
      }
    } else if (spelled == "_Pragma") {
      result.packed_from = std::min(result.packed_from, token.begin);
    } else if (spelled == "{") {
      open.push_back(token.begin);
    } else if (spelled == "}" && !open.empty()) {
      result.braces.emplace_back(open.back(), token.begin);
      open.pop_back();
    }
  }
  for (const std::size_t begin : open) result.braces.emplace_back(begin, text.size());
  result.ends_packed = packing.is_open();
  return result;
}

class Gate {
 public:
  Gate(CXTranslationUnit unit, const HeaderFacts& headers)
      : unit_(unit), headers_(headers), record_(record_of_text(unit)) {}

  std::string refusal() {
    met_.resize(headers_.headers().files.size());
    for (const CXFile file : record_.files) {
      if (std::string why = against_text(file); !why.empty()) return why;
    }
    for (const RecordedDirective& directive : record_.directives) {
      std::string why;
      switch (directive.kind) {
        case RecordedKind::Inclusion:
          why = against_inclusion(directive);
          break;
        case RecordedKind::Definition:
          why = against_name(clang::to_string(clang_getCursorSpelling(directive.cursor)),
                             directive.by);
          break;
        case RecordedKind::Expansion:
          why = against_expansion(directive);
          break;
      }
      if (!why.empty()) return why;
    }
    const auto missing = std::find(met_.begin(), met_.end(), false);
    if (missing != met_.end()) return "a shared header that the unit does not include";
    return "";
  }

 private:
  struct FileFacts {
    const std::uint32_t* place = nullptr;  ///< In the shared headers.
    bool system = false;
    OpenParts open;
  };

  const FileFacts& facts(CXFile file) {
    const auto known = files_.find(file);
    if (known != files_.end()) return known->second;
    FileFacts result;
    result.place = headers_.find(clang::path_of(file));
    result.system =
        clang_Location_isInSystemHeader(clang_getLocationForOffset(unit_, file, 0)) != 0;
    if (result.place == nullptr && !result.system) {
      std::size_t size = 0;
      const char* const text = clang_getFileContents(unit_, file, &size);
      if (text != nullptr) result.open = open_parts({text, size});
    }
    return files_.emplace(file, std::move(result)).first->second;
  }

  /// The place stands under a condition that did not hold, each time that the file was included.
  bool is_skipped(CXFile file, std::size_t offset) {
    if (std::count(record_.files.begin(), record_.files.end(), file) != 1) return false;
    CXSourceRangeList* const ranges = clang_getSkippedRanges(unit_, file);
    if (ranges == nullptr) return false;
    bool skipped = false;
    for (unsigned at = 0; at < ranges->count && !skipped; ++at) {
      unsigned begin = 0;
      unsigned end = 0;
      clang_getFileLocation(clang_getRangeStart(ranges->ranges[at]), nullptr, nullptr, nullptr,
                            &begin);
      clang_getFileLocation(clang_getRangeEnd(ranges->ranges[at]), nullptr, nullptr, nullptr, &end);
      skipped = offset > begin && offset < end;
    }
    clang_disposeSourceRangeList(ranges);
    return skipped;
  }

  std::string against_text(CXFile file) {
    for (const auto& [name, offset] : facts(file).open.undefined) {
      if (headers_.has_macro(name) && !is_skipped(file, offset)) {
        return "a macro of the headers that is taken back";
      }
    }
    return "";
  }

  std::string against_name(const std::string& name, CXFile by) {
    if (by == nullptr || facts(by).system || !headers_.has_word(name)) return "";
    return "a macro whose name the headers use";
  }

  /// Something is open at a directive: in its text, or where its file was included.
  bool is_inside(const RecordedDirective& directive) {
    const OpenParts& text = facts(directive.by).open;
    return packed_ || inside_.contains(directive.by) || directive.offset > text.packed_from ||
           std::any_of(text.braces.begin(), text.braces.end(), [&](const auto& range) {
             return directive.offset > range.first && directive.offset < range.second;
           });
  }

  std::string against_inclusion(const RecordedDirective& directive) {
    if (directive.by == nullptr || directive.file == nullptr) return "";
    const bool inside = is_inside(directive);
    const FileFacts& file = facts(directive.file);
    if (file.place == nullptr) {
      if (inside) inside_.insert(directive.file);
      packed_ = packed_ || file.open.ends_packed;
      return "";
    }
    meet(*file.place);
    return inside ? "a header within braces or behind a pragma" : "";
  }

  std::string against_expansion(const RecordedDirective& directive) {
    if (directive.by == nullptr || directive.file == nullptr || facts(directive.by).system) {
      return "";
    }
    const std::uint32_t* const place = headers_.find(clang::path_of(directive.file));
    if (place == nullptr || met_[*place]) return "";
    return "a macro that is used before its header is included";
  }

  /// A file of the headers is included, and with it what it includes.
  void meet(std::uint32_t place) {
    if (met_[place]) return;
    std::vector<std::uint32_t> open{place};
    met_[place] = true;
    while (!open.empty()) {
      const std::uint32_t file = open.back();
      open.pop_back();
      for (const std::uint32_t next : headers_.headers().includes[file]) {
        if (met_[next]) continue;
        met_[next] = true;
        open.push_back(next);
      }
    }
  }

  CXTranslationUnit unit_;
  const HeaderFacts& headers_;
  RecordOfText record_;
  std::vector<bool> met_;  ///< Files of the headers that were included so far.
  std::unordered_map<CXFile, FileFacts> files_;
  std::unordered_set<CXFile> inside_;  ///< Files that were included where something is open.
  bool packed_ = false;                ///< By a file that was included and does not take it back.
};

}  // namespace

std::string sharing_refusal(CXTranslationUnit unit, const HeaderFacts& headers) {
  return Gate(unit, headers).refusal();
}

}  // namespace snug
