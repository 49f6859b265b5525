// The words of messages, help, manual pages and the README: what reads as translated stays out.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path source_root = SNUG_SOURCE_DIR;

/// Phrases that were replaced, with what replaced them.
struct OldWords {
  const char* pattern;
  const char* better;
};
constexpr OldWords old_words[] = {
    {R"(\btells?\b)", "reports, shows, names, explains"},
    {R"(\btold\b)", "reported, shown"},
    {R"(\blies?\b|\blay (in|on|at)\b)", "is, are"},
    {R"(\bwhat it says\b)", "the results"},
    {R"(for the sake of|in a box it takes)", "because of; boxing it reduces this to"},
    {R"(as padding; another order)", "on padding; reordering its fields saves"},
    {R"(\bfree here\b)", "of padding"},
    {R"(\bas it is:|better order:)", "current layout:, suggested layout:"},
    {R"(needs a look|safe to apply)", "review before applying, fix is safe"},
    {R"(compiled in (all|the one|\{\} of|\d+ of the))", "verified in"},
    {R"(more than its budget|the promise was made)", "over its budget; budget declared here"},
    {R"(leave the program or)", "enters or leaves the program as raw bytes"},
    {R"(built nowhere)", "never constructed in the analyzed code"},
    {R"(again and again)", "repeatedly"},
    {R"(around each of them does)", "or wrap each in"},
    {R"(counts an owner up)", "increments and decrements the reference count"},
    {R"(a block of its own for)", "a separate control block"},
    {R"(no call of it was read|that was read calls)", "no callers were analyzed"},
    {R"(\bno regular file)", "not a regular file"},
    {R"(its units were needed)", "proof budget used up"},
    {R"(no fix is offered)", "no fix available"},
    {R"(known from now on|gone from it|known to the baseline)",
     "baseline written; baselined, fixed"},
    {R"(was left out: the front end)", "ignored: unknown to clang"},
    {R"([Gg]ive a unit up)", "abandon a unit"},
    {R"(counted by the profile)", "profile: read 90,000 times"},
    {R"(Saved each|Objects known)", "Saved/object, Objects"},
    {R"(\btruth values?\b|counted numbers)", "bools; integer ids"},
    {R"(see the bill)", "costs 104 bytes per object"},
    {R"(files that programs made)", "generated files"},
};

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The string literals of a source file, those that stand side by side as one, blanks joined.
std::vector<std::string> literals_of(const std::string& text) {
  static const std::regex token(
      R"re(//[^\n]*|/\*[^]*?\*/|R"([a-z_]*)\(([^]*?)\)\1"|"((?:\\.|[^"\\\n])*)"|'(?:\\.|[^'\\\n])+')re");
  std::vector<std::string> found;
  std::ptrdiff_t end = -1;
  for (std::sregex_iterator at(text.begin(), text.end(), token), last; at != last; ++at) {
    const std::smatch& match = *at;
    if (!match[2].matched && !match[3].matched) continue;
    const std::string piece = match[2].matched ? match[2].str() : match[3].str();
    const auto between =
        text.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(end, 0)),
                    static_cast<std::size_t>(match.position() - std::max<std::ptrdiff_t>(end, 0)));
    const bool joined = end >= 0 && between.find_first_not_of(" \n") == std::string::npos;
    if (!joined) found.emplace_back();
    found.back() += piece;
    end = match.position() + match.length();
  }
  return found;
}

std::string in_one_line(const std::string& text) {
  static const std::regex blanks(R"((\s|\\n)+)");
  return std::regex_replace(text, blanks, " ");
}

void look(const std::string& place, const std::string& text) {
  const std::string line = in_one_line(text);
  for (const OldWords& old : old_words) {
    const std::regex pattern(old.pattern);
    for (std::sregex_iterator at(line.begin(), line.end(), pattern), last; at != last; ++at) {
      const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at->position() - 40, 0));
      FAIL_CHECK(place << ": '" << line.substr(from, 100) << "': better: " << old.better);
    }
  }
}

}  // namespace

TEST_CASE("messages, help and the page have no old words") {
  std::size_t literals = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source_root / "tool")) {
    const fs::path& path = entry.path();
    if (path.extension() == ".html") look(path, text_of(path));
    // In the page's script strings are short and the rest is code.
    if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;
    for (const std::string& literal : literals_of(text_of(path))) {
      ++literals;
      if (literal.find(' ') != std::string::npos) look(path, literal);
    }
  }
  CHECK(literals > 3000);
}

TEST_CASE("manual pages, README and samples have no old words") {
  for (const auto& entry : fs::directory_iterator(source_root / "man")) {
    const std::string extension = entry.path().extension();
    if (extension == ".1" || extension == ".7") look(entry.path(), text_of(entry.path()));
  }
  look("README.md", text_of(source_root / "README.md"));
  look("samples/ci/README.md", text_of(source_root / "samples/ci/README.md"));
}

TEST_CASE("literals are found as the compiler reads them") {
  const std::vector<std::string> found = literals_of(
      "f(\"one \"\n  \"two\"); // \"no\"\n/* \"no\" */ char c = '\"'; g(R\"(raw \"x\")\", "
      "\"a\\\"b\");");
  CHECK(found == std::vector<std::string>{"one two", "raw \"x\"", "a\\\"b"});
}
