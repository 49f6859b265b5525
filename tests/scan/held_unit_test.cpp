// What a scan with a compiled preamble finds is what a scan without one finds, byte for byte.
#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

#include "scan/parse/held_state.hpp"
#include "scan/parse/held_unit.hpp"
#include "scan/parse/unit_inputs.hpp"
#include "scan/parts/model_file.hpp"
#include "support/temp_folder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// A unit whose text is in an editor, beside headers on the disk.
class EditedUnit {
 public:
  explicit EditedUnit(const std::string& name = "u.cpp",
                      std::vector<std::string> flags = {"-std=c++20"}) {
    file_ = folder_.write(name, "");
    folder_.write("price.hpp",
                  "#pragma once\n#define WIDE 3\nstruct Price { char side; double value; };\n"
                  "template <class T> struct Box { char mark; T value; };\n");
    folder_.write("guarded.h",
                  "#ifndef G\n#define G\nstruct Guarded { char a; long b; };\n"
                  "struct { char c; int d; } unnamed_thing;\n#endif\n");
    command_.file = file_;
    command_.directory = folder_.path();
    command_.arguments = {name.ends_with(".c") ? "clang" : "clang++"};
    command_.arguments.insert(command_.arguments.end(), flags.begin(), flags.end());
    command_.arguments.push_back(file_);
    options_.root = folder_.path();
    options_.layout_only = true;
  }

  void hold(const std::string& text) {
    const MemoryText files(text, file_);
    options_.files = &files.files;
    held_ = hold_unit(commands(), options_);
    REQUIRE(held_ != nullptr);
  }

  [[nodiscard]] bool current(const std::string& text) {
    const MemoryText files(text, file_);
    options_.files = &files.files;
    return is_current(*held_, commands(), options_);
  }

  /// A scan of the text, in this process; a held unit is used up.
  [[nodiscard]] std::string scan(const std::string& text, HeldUnit* held) {
    const MemoryText files(text, file_);
    ScanOptions options = options_;
    options.files = &files.files;
    options.held = held;
    return to_bytes(scan_units(commands(), options));
  }

  /// Holds one text, then compares scans of another.
  void compare(const std::string& before, const std::string& after) {
    INFO("before: " << before << "\nafter: " << after);
    hold(before);
    const std::string plain = scan(after, nullptr);
    CHECK((scan(after, held_.get()) == plain));
    // The process that holds it still has it.
    CHECK((scan(after, held_.get()) == plain));
  }

  [[nodiscard]] HeldUnit& held() const { return *held_; }
  [[nodiscard]] std::vector<FrontEndCommand> commands() {
    return translate({command_}, options_, drivers_);
  }
  void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }
  ScanOptions options_;

 private:
  struct MemoryText {
    MemoryText(const std::string& text, const std::string& file)
        : files({{file, text}}, disk_files()) {}
    OverlayFiles files;
  };
  TempFolder folder_;
  std::string file_;
  CompileCommand command_;
  DriverCache drivers_;
  std::unique_ptr<HeldUnit> held_;
};

const std::string includes =
    "// A unit.\n#include \"price.hpp\"\n#include \"guarded.h\"\n#define N 4\n";

}  // namespace

TEST_CASE("a compiled preamble is used, and once") {
  EditedUnit unit;
  const std::string text = includes + "struct A { char c; Price p; };\nA a;\n";
  unit.hold(text);
  CHECK(unit.current(text));
  CHECK(unit.current(text + "struct B { A a; char c; };\n"));
  const std::vector<FrontEndCommand> commands = unit.commands();
  const OverlayFiles files({{commands.front().file, text}}, disk_files());
  ScanOptions options = unit.options_;
  options.files = &files;
  options.held = &unit.held();
  FrontEndCommand command = commands.front();
  command.arguments.at(1) = "--target=" + command.target;
  const Model model = scan_unit(command, options);
  CHECK(unit.held().state().unit == nullptr);
  CHECK(model.units.front().status == UnitStatus::Ok);
}

TEST_CASE("layouts after an edit are those of a whole parse") {
  EditedUnit unit;
  const std::string before = includes + "struct A { char c; Price p; };\nA a;\n";
  const std::vector<std::string> edits = {
      before,
      includes + "struct A { char c; Price p; char d; };\nA a;\n",
      includes + "struct A { Price p[N]; char d[WIDE]; Guarded g; };\nA a;\n",
      includes + "\n\n// more\nBox<Box<short>> boxes[8];\nstruct { char x; Price p; } q;\n",
      includes + "namespace n { struct A { Box<Price> b; bool f : 3; }; }\nn::A a;\n",
      includes + "#include \"price.hpp\"\nstruct L { char c; decltype(unnamed_thing) u; };\nL l;\n",
      includes + "struct Broken {\n",
      includes + "nonsense nonsense;\nstruct A { char c; Price p; };\n",
      includes + "template <class T> struct V : Box<T> { virtual ~V(); char c; };\nV<int> v;\n",
      // The preamble is another.
      "#define M 9\n" + before,
      "#define WIDE 17\n" + includes + "struct A { char d[WIDE]; double e; };\nA a;\n",
      "#include \"guarded.h\"\nstruct A { char c; Guarded g; };\nA a;\n",
      "struct A { char c; double d; };\nA a;\n",
      "",
      "#include \"missing.hpp\"\n" + before,
      "#if 1\n" + includes + "struct A { char c; Price p; };\n#endif\nA a;\n",
      "#if 0\n" + includes + "#endif\nstruct A { char c; double p; };\nA a;\n",
      "#ifndef ONCE\n#define ONCE\n" + includes + "struct A { char c; Price p; };\nA a;\n#endif\n",
      "/* open",
      "#include",
      "\xEF\xBB\xBF" + before,
  };
  for (const std::string& edit : edits) {
    unit.compare(before, edit);
    unit.compare(edit, before);
  }
}

TEST_CASE("layouts after an edit with CRLF, in C, and behind a header of the command") {
  std::string crlf;
  for (const char c : includes + "struct A { char c; Price p; };\nA a;\n") {
    crlf += c == '\n' ? "\r\n" : std::string(1, c);
  }
  EditedUnit unit;
  unit.compare(crlf, crlf + "Box<A> b;\r\n");
  EditedUnit c("u.c", {"-std=c11"});
  c.write("price.hpp", "typedef struct { char side; double value; } Price;\n");
  c.compare(
      "#include \"price.hpp\"\nstruct A { char c; Price p; };\n",
      "#include \"price.hpp\"\nstruct A { Price p; struct { char x; long y; }; };\nstruct A a;\n");
  EditedUnit with("u.cpp", {"-std=c++17", "-include", "guarded.h"});
  with.compare("#include \"price.hpp\"\nstruct A { char c; Guarded g; };\nA a;\n",
               "#include \"price.hpp\"\nstruct A { Guarded g; char c; Price p; };\nA a;\n");
}

TEST_CASE("a preamble is current as long as nothing that it stands for has changed") {
  EditedUnit unit;
  const std::string text = includes + "struct A { char c; Price p; };\nA a;\n";
  unit.hold(text);
  CHECK(!unit.current("#define M\n" + text));
  CHECK(!unit.current("#include \"price.hpp\"\nstruct A { char c; Price p; };\n"));
  unit.write("price.hpp", "#pragma once\n#define WIDE 3\nstruct Price { long double value; };\n");
  CHECK(!unit.current(text));
  // Although it is not current, it misleads nobody.
  CHECK((unit.scan(text, &unit.held()) == unit.scan(text, nullptr)));
}

TEST_CASE("random edits anywhere give the layouts of a whole parse") {
  const std::vector<std::string> lines = {"#include \"price.hpp\"\n",
                                          "#include \"guarded.h\"\n",
                                          "#define N 4\n",
                                          "#undef N\n",
                                          "#ifdef N\n",
                                          "#endif\n",
                                          "// comment\n",
                                          "/* more */\n",
                                          "\n",
                                          "struct S@ { char c; int i; };\n",
                                          "typedef struct { char c; long l; } T@;\n",
                                          "struct P@ { char c; double d; bool b : 2; };\nP@ p@;\n",
                                          "#pragma pack(push, 1)\n",
                                          "#pragma pack(pop)\n",
                                          "enum E@ { e@ };\n"};
  std::mt19937 random(7);
  const auto text_of = [&](std::vector<std::size_t> chosen) {
    std::string text;
    for (std::size_t at = 0; at < chosen.size(); ++at) {
      for (const char c : lines[chosen[at]])
        text += c == '@' ? std::to_string(at) : std::string(1, c);
    }
    return text;
  };
  EditedUnit unit;
  for (int round = 0; round < 12; ++round) {
    std::vector<std::size_t> chosen;
    for (int i = 0; i < 8; ++i) chosen.push_back(random() % lines.size());
    const std::string before = text_of(chosen);
    chosen[random() % chosen.size()] = random() % lines.size();
    if (round % 2 == 0) chosen.erase(chosen.begin() + static_cast<long>(random() % chosen.size()));
    unit.compare(before, text_of(chosen));
  }
}
