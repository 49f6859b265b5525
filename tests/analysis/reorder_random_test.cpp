// Random records in random formatting: the edited text, compiled, must declare the same fields in
// the order asked for, and the way back must restore the declarations.
#include <clang-c/Index.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

#include "support/record_source.hpp"

namespace snug::test {
namespace {

using Names = std::vector<std::string>;

/// Writes records whose declarations are spread over lines, comments and sections at random.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string write() {
    std::string text = "template <class A, class B> struct Pair { A a; B b; };\n";
    text += pick({"struct S {", "struct S {\n", "class S {\n public:\n", "struct S\n{\n"});
    const int count = 2 + below(7);
    for (int i = 0; i < count; ++i) text += separator() + declaration() + after();
    return text + pick({"\n", "", "\n\n"}) + "};\n";
  }
  [[nodiscard]] const Names& fields() const { return fields_; }
  [[nodiscard]] int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  [[nodiscard]] std::mt19937& random() { return random_; }

 private:
  std::string pick(std::initializer_list<const char*> choices) {
    return *(choices.begin() + below(static_cast<int>(choices.size())));
  }
  std::string field() { return fields_.emplace_back("f" + std::to_string(fields_.size())); }

  std::string separator() {
    return pick({"\n  ", "\n  ", "\n\t", " ", "\n\n  ", "\n  // about the next\n  ",
                 "\n  /** two\n   * lines */\n  ", "\n  // alone\n\n  ", "\n\n  // group:\n  ",
                 "\n\n  // ---- ruled ----\n  ", "\n\n  /// documented\n  ",
                 "\n  #pragma region r\n  ", "\n  #pragma endregion\n  ", "\n  /** @{ */\n  ",
                 "\n  /** @} */\n\n  "});
  }
  std::string after() { return below(3) == 0 ? tail() : ""; }
  std::string tail() {
    const auto n = std::to_string(unique_++);
    const char* kinds[] = {"  // behind\n",
                           " /* block */\n",
                           "  ///< after\n",
                           " /**< after */\n",
                           "\n  void m();\n",
                           "\n  static constexpr int k[] = {1, 2};\n",
                           "\n  bool t() const { return true; }\n"};
    std::string kind = kinds[below(7)];
    for (const auto* name : {"m(", "k[", "t("}) {
      if (const auto at = kind.find(name); at != std::string::npos) kind.insert(at + 1, n);
    }
    return kind;
  }

  std::string declaration() {
    const auto type = pick({"int", "char", "unsigned long long", "const char*", "double",
                            "Pair<int, char>", "alignas(16) short", "[[maybe_unused]] float"});
    switch (below(6)) {
      case 0: {
        const auto a = field(), b = field();
        return type + " " + a + ", " + b + "{};";
      }
      case 1: {
        const auto a = field(), b = field(), c = field();
        return "int *" + a + " = nullptr, " + b + "[3], (*" + c + ")(int, char);";
      }
      case 2:
        return type + " " + field() + " = {};";
      case 3: {
        const auto a = field(), b = field();
        return "unsigned " + a + " : 3, " + b + " : 5;";
      }
      case 4:
        return type + "\n      " + field() + ";";
      default:
        return type + " " + field() + ";";
    }
  }

  std::mt19937 random_;
  Names fields_;
  int unique_ = 0;
};

struct Compiled {
  Names fields;  ///< "type name", in the order of declaration.
  std::string error;
};

Compiled compile(const std::string& text) {
  Compiled result;
  CXIndex index = clang_createIndex(0, 0);
  CXUnsavedFile file{"/s.cpp", text.data(), text.size()};
  const char* flags[] = {"-std=c++20"};
  CXTranslationUnit unit =
      clang_parseTranslationUnit(index, "/s.cpp", flags, 1, &file, 1, CXTranslationUnit_None);
  for (unsigned i = 0; i < clang_getNumDiagnostics(unit); ++i) {
    CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
    if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
      CXString words = clang_getDiagnosticSpelling(diagnostic);
      result.error = clang_getCString(words);
      clang_disposeString(words);
    }
    clang_disposeDiagnostic(diagnostic);
  }
  clang_visitChildren(
      clang_getTranslationUnitCursor(unit),
      [](CXCursor cursor, CXCursor parent, CXClientData data) {
        auto& fields = static_cast<Compiled*>(data)->fields;
        CXString owner = clang_getCursorSpelling(parent);
        const bool in_s = std::string(clang_getCString(owner)) == "S";
        clang_disposeString(owner);
        if (clang_getCursorKind(cursor) == CXCursor_FieldDecl && in_s) {
          CXString name = clang_getCursorSpelling(cursor);
          CXString type = clang_getTypeSpelling(clang_getCursorType(cursor));
          fields.push_back(std::string(clang_getCString(type)) + " " + clang_getCString(name));
          clang_disposeString(name);
          clang_disposeString(type);
        }
        return CXChildVisit_Recurse;
      },
      &result);
  clang_disposeTranslationUnit(unit);
  clang_disposeIndex(index);
  return result;
}

/// The texts of all comments and directives, or of all other tokens.
std::multiset<std::string> pieces(const std::string& text, bool comments) {
  std::multiset<std::string> found;
  for (const SourceToken& token : lex_source(text, 0, text.size())) {
    if ((is_comment(token) || token.kind == TokenKind::Directive) == comments) {
      found.insert(text.substr(token.begin, token.end - token.begin));
    }
  }
  return found;
}

std::string bare(const std::string& declaration) {
  return declaration.substr(declaration.rfind(' ') + 1);
}

}  // namespace

TEST_CASE("random records come out in the order asked for") {
  int refused = 0;
  int edited = 0;
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    Writer writer(seed);
    const auto text = writer.write();
    const auto fields = writer.fields();
    auto wanted = fields;
    if (seed % 2 == 0) {
      std::shuffle(wanted.begin(), wanted.end(), writer.random());
    } else {
      const auto from = writer.below(static_cast<int>(wanted.size()));
      const auto moved = wanted[static_cast<std::size_t>(from)];
      wanted.erase(wanted.begin() + from);
      wanted.insert(wanted.begin() + writer.below(static_cast<int>(wanted.size()) + 1), moved);
    }
    const auto source = make_record(text, fields);
    const auto edit = edit_of(source, wanted);
    if (!edit.refusals.empty()) {
      ++refused;
      const bool known = edit.refusals.front().find("comment") != std::string::npos ||
                         edit.refusals.front().find("share a line") != std::string::npos;
      CHECK(known);
      continue;
    }
    ++edited;
    const auto result = apply_edits(text, edit.edits);
    CAPTURE(seed, text, result);
    const auto before = compile(text);
    const auto after = compile(result);
    REQUIRE(before.error == "");
    REQUIRE(after.error == "");
    Names names;
    for (const auto& field : after.fields) names.push_back(bare(field));
    REQUIRE(names == wanted);
    REQUIRE(std::multiset<std::string>(before.fields.begin(), before.fields.end()) ==
            std::multiset<std::string>(after.fields.begin(), after.fields.end()));
    REQUIRE(pieces(text, true) == pieces(result, true));
    // A declaration of several fields may be split, which repeats its type.
    const bool several = text.find(", f") != std::string::npos ||
                         text.find(", *") != std::string::npos ||
                         text.find(", (") != std::string::npos;
    REQUIRE((several || pieces(text, false) == pieces(result, false)));

    const auto back = edit_of(make_record(result, wanted), fields);
    if (!back.refusals.empty()) continue;
    const auto restored = compile(apply_edits(result, back.edits));
    REQUIRE(restored.error == "");
    REQUIRE(restored.fields == before.fields);
  }
  CHECK(edited > 250);
  WARN(edited << " records edited, " << refused << " refused");
}

}  // namespace snug::test
