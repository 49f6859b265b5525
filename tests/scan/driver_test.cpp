// Compilers are scripts in a folder of the test's own where the answer matters, and those of the
// machine where the parse does.
#include "scan/command/driver.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/files.hpp"
#include "base/process.hpp"
#include "scan/command/driver_flags.hpp"
#include "scan/command/driver_query.hpp"
#include "scan/parse/parse.hpp"
#include "scan/records/targets.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

using Words = std::vector<std::string>;

bool has(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Fixture {
  TempFolder folder;
  ScanOptions options;
  DriverCache cache;

  FrontEndCommand translate(const std::string& file, Words arguments,
                            const std::string& text = "") {
    const std::string path = folder.write(file, text);
    arguments.push_back(path);
    return adapt({path, folder.path(), arguments}, options, cache);
  }

  /// A compiler that answers as g++ does and counts how often it is asked.
  std::string fake_compiler(const std::string& name, const std::string& standard = "201402L") {
    const std::string path = folder.write(
        name, "#!/bin/sh\necho \"$@\" >> " + folder.path("calls") + "\necho '#define __cplusplus " +
                  standard +
                  "'\ncat >&2 <<END\nTarget: x86_64-linux-gnu\n"
                  "#include <...> search starts here:\n /fake/c++/9\n "
                  "/fake/lib/gcc/x86_64-linux-gnu/9/include\n "
                  "/fake/lib/gcc/x86_64-linux-gnu/9/include-fixed\n /fake/usr/include\n"
                  "End of search list.\nEND\n");
    std::filesystem::permissions(path, std::filesystem::perms(0755));
    return path;
  }

  [[nodiscard]] std::size_t calls() const {
    const std::string text = DiskFiles().read(folder.path("calls")).value_or("");
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
};

Words internal_folders(const FrontEndCommand& command) {
  Words folders;
  for (std::size_t at = 0; at + 2 < command.arguments.size(); ++at) {
    if (command.arguments[at] == "-internal-isystem") folders.push_back(command.arguments[at + 2]);
  }
  return folders;
}

TEST_CASE("what only drives, links or warns is left out; meaning is kept and made absolute") {
  const CommandFlags flags =
      take_apart({"ccache",     "g++",         "-c",          "-o",
                  "x.o",        "-MD",         "-MF",         "x.d",
                  "-MTx",       "-Werror",     "-Werror=all", "-Wall",
                  "-I",         "inc",         "-Isub/../i",  "-isystem",
                  "sys",        "-D",          "A=1",         "-UB",
                  "-Wl,-z,now", "-lfoo",       "-L/l",        "-pipe",
                  "-g3",        "-O2",         "-std=c++20",  "-m32",
                  "-fno-rtti",  "-Wp,-MD,x.d", "-Wp,-DC,-UE", "-pedantic-errors",
                  "-Xlinker",   "-foo",        "a.cpp",       "-save-temps"},
                 "/d");
  CHECK(flags.compiler == "g++");
  CHECK(flags.kept == Words{"-Wall", "-I/d/inc", "-I/d/i", "-isystem/d/sys", "-DA=1", "-UB", "-O2",
                            "-std=c++20", "-m32", "-fno-rtti", "-DC", "-UE", "-pedantic"});
  CHECK(flags.query == Words{"-std=c++20", "-m32"});
}

TEST_CASE("wrappers of every kind are taken off") {
  const auto compiler = [](const Words& words) { return take_apart(words, "/").compiler; };
  CHECK(compiler({"/usr/bin/ccache", "/usr/bin/g++", "a.c"}) == "/usr/bin/g++");
  CHECK(compiler({"sccache", "distcc", "cc", "a.c"}) == "cc");
  CHECK(compiler({"ccache", "CCACHE_DIR=/x", "clang++"}) == "clang++");
  CHECK(compiler({"g++"}) == "g++");
  CHECK(compiler({"ccache"}) == "ccache");
}

TEST_CASE("flags for cc1 and odd ends do not confuse") {
  const CommandFlags flags = take_apart({"clang++",
                                         "-Xclang",
                                         "-include-pch",
                                         "-Xclang",
                                         "x.pch",
                                         "-Xclang",
                                         "-include",
                                         "-Xclang",
                                         "pch.hxx",
                                         "-Xclang",
                                         "-fno-pch-timestamp",
                                         "-fplugin=evil.so",
                                         "-Xclang",
                                         "-load",
                                         "-Xclang",
                                         "evil.so",
                                         "-target",
                                         "arm-none-eabi",
                                         "-x",
                                         "c++",
                                         "--sysroot",
                                         "root",
                                         "-I=inc",
                                         "-D"},
                                        "/d");
  CHECK(flags.kept == Words{"-Xclang", "-include-pch", "-Xclang", "/d/x.pch", "-Xclang", "-include",
                            "-Xclang", "pch.hxx", "-Xclang", "-fno-pch-timestamp",
                            "--sysroot=/d/root", "-I=inc"});
  CHECK(flags.notes.size() == 2);
  CHECK(flags.target == "arm-none-eabi");
  CHECK(flags.language == "c++");
}

TEST_CASE("launchers of any kind are taken off, with their options and settings") {
  const auto compiler = [](const Words& words) { return take_apart(words, "/").compiler; };
  CHECK(compiler({"env", "-u", "A", "-i", "B=c", "g++", "-DX"}) == "g++");
  CHECK(compiler({"nice", "-n", "5", "ccache", "g++"}) == "g++");
  CHECK(compiler({"cmake", "-E", "env", "A=b", "--", "clang"}) == "clang");
  CHECK(compiler({"A=b", "gcc"}) == "gcc");
  CHECK(compiler({"nice", "-n", "5"}) == "nice");
}

TEST_CASE("an option whose value is a word of its own swallows it, for the driver that knows it") {
  const auto kept = [](const Words& words) { return take_apart(words, "/d").kept; };
  CHECK(kept({"clang++", "-serialize-diagnostics", "x.dia", "-DX=1"}) == Words{"-DX=1"});
  CHECK(kept({"clang++", "-serialize-diagnostics", "-DX=1"}).empty());
  CHECK(kept({"clang++", "--define-macro", "X=1"}) == Words{"-DX=1"});
  CHECK(kept({"clang++", "--undefine-macro=X"}) == Words{"-UX"});
  CHECK(kept({"g++", "-specs", "/nosuch", "-DX=1"}) == Words{"-DX=1"});
  CHECK(kept({"g++", "--prefix", "/usr/bin", "-DX=1"}) == Words{"-DX=1"});
  CHECK(kept({"clang++", "-ivfsoverlay", "x.yaml", "-DX=1"}) ==
        Words{"-ivfsoverlay/d/x.yaml", "-DX=1"});
  CHECK(kept({"clang++", "-stdlib++-isystem", "s"}) == Words{"-stdlib++-isystem/d/s"});
  CHECK(kept({"clang++", "--include-directory", "i"}) == Words{"-I/d/i"});
  CHECK(kept({"g++", "-G", "0", "-DX=1"}) == Words{"-DX=1"});
  CHECK(kept({"clang++", "-undef", "-DX=1"}) == Words{"-undef", "-DX=1"});
  CHECK(kept({"clang++", "-sectcreate", "a", "b", "c", "-DX=1"}) == Words{"-DX=1"});
  CHECK(kept({"clang++", "-Xarch_host", "-DX=1"}) == Words{"-Xarch_host", "-DX=1"});
  CHECK(kept({"g++", "-Wp,-MD,x.d,-DX=1"}) == Words{"-DX=1"});
  CHECK(kept({"g++", "-Xpreprocessor", "-MD", "-Xpreprocessor", "x.d", "-DX=1"}) == Words{"-DX=1"});
  CHECK(kept({"g++", "--param", "destructive-interference-size=128"}) ==
        Words{"-D__GCC_DESTRUCTIVE_SIZE=128"});
  CHECK(kept({"clang++", "-working-directory", "sub", "-Ii"}) == Words{"-I/d/sub/i"});
  const CommandFlags other = take_apart({"powerpc-eabi-gcc", "-meabi", "-DX=1"}, "/d");
  CHECK(other.kept == Words{"-DX=1"});
  CHECK(other.notes.size() == 1);
}

TEST_CASE("the syntax of cl is read where the driver is cl, and nothing is lost") {
  const auto read = [](const Words& words) { return take_apart(words, "/d"); };
  const CommandFlags flags = read({"clang-cl",
                                   "/nologo",
                                   "/DX=1",
                                   "-D",
                                   "Y",
                                   "/I",
                                   "inc",
                                   "-I../i",
                                   "/U",
                                   "Z",
                                   "/FIf.h",
                                   "/Zp1",
                                   "/J",
                                   "/std:c++20",
                                   "/EHsc",
                                   "/Foout/",
                                   "/Fo:",
                                   "o",
                                   "/Fdx.pdb",
                                   "/c",
                                   "/TP",
                                   "/external:I",
                                   "ext",
                                   "-imsvcsys",
                                   "/showIncludes",
                                   "-fms-extensions",
                                   "a.cpp",
                                   "/link",
                                   "/DLL"});
  CHECK(flags.kind == CompilerKind::Msvc);
  CHECK(flags.language == "c++");
  CHECK(flags.standard == "c++20");
  CHECK(flags.kept == Words{"/DX=1", "/DY", "/I/d/inc", "/I/i", "/UZ", "-Xclang", "-include",
                            "-Xclang", "f.h", "/Zp1", "/J", "/std:c++20", "/EHsc",
                            "/external:I/d/ext", "/imsvc/d/sys", "-fms-extensions"});
  CHECK(read({"clang++", "--driver-mode=cl", "/DX"}).kept == Words{"/DX"});
  CHECK(read({"clang-cl", "--driver-mode=g++", "-DX"}).kind == CompilerKind::Clang);
  CHECK(read({"cl.exe", "/Tc", "a.cc"}).language == "c");
  CHECK_FALSE(read({"cl.exe", "/clr"}).notes.empty());
}

TEST_CASE("the names of compilers tell what they are") {
  CHECK(compiler_name("/usr/bin/g++-12").ordinary);
  CHECK(compiler_name("g++-12").cxx);
  CHECK(compiler_name("x86_64-linux-gnu-gcc-12").ordinary);
  CHECK(compiler_name("x86_64-linux-gnu-gcc-12").target == "x86_64-linux-gnu");
  CHECK_FALSE(compiler_name("cc").cxx);
  CHECK(compiler_name("c++").cxx);
  CHECK(compiler_name("clang++-22").kind == CompilerKind::Clang);
  CHECK(compiler_name("arm-none-eabi-g++").target == "arm-none-eabi");
  CHECK_FALSE(compiler_name("mygcc").ordinary);
  CHECK_FALSE(compiler_name("/usr/bin/rm").ordinary);
  CHECK_FALSE(compiler_name("my-gcc").ordinary);
  CHECK(compiler_name("clang-cl").kind == CompilerKind::Msvc);
  CHECK(compiler_name("x86_64-w64-mingw32-gcc-posix").target == "x86_64-w64-mingw32");
  CHECK(compiler_name("x86_64-w64-mingw32-g++-12-win32").cxx);
  CHECK(compiler_name("i686-w64-mingw32-g++-12-win32").target == "i686-w64-mingw32");
  CHECK(compiler_name("hexagon-clang++").target == "hexagon");
  CHECK(compiler_name(R"(C:\VC\bin\Hostx64\x64\cl.exe)").kind == CompilerKind::Msvc);
  CHECK(compiler_name(R"(C:\mingw\bin\g++.exe)").cxx);
  for (const char* name : {"emcc", "/opt/emsdk/emcc.py", "em++", "em++.bat"}) {
    CHECK(compiler_name(name).target == "wasm32-unknown-emscripten");
    CHECK_FALSE(compiler_name(name).ordinary);
  }
}

TEST_CASE("what a foreign compiler lays out is not read as for this machine in silence") {
  const Words foreign = {
      "sdcc",     "iccarm",     "icc8051",  "iccavr",   "icc430", "iccrx", "iccarm.exe", "armcc",
      "armclang", "tiarmclang", "armcl",    "cl6x",     "cl2000", "cl430", "clpru",      "c51",
      "cctc",     "ctc",        "ccarm",    "cxppc",    "ccrx",   "ccrl",  "shc",        "cxstm8",
      "picc",     "xc8-cc",     "xc16-gcc", "xc32-g++", "cc65",   "zcc",   "vbccm68k",   "bcc32c",
      "bcc64x",   "wcc386",     "wcl",      "owcc",     "dmc",    "dcc",   "mwccarm",    "mwcceppc",
      "xt-xcc",   "xt-clang++", "xlC",      "xlclang",  "qcc",    "q++",   "FCCpx",      "nc++"};
  const Words known = {"cc",
                       "gcc",
                       "g++-12",
                       "clang",
                       "clang++-22",
                       "cl.exe",
                       "clang-cl",
                       "icc",
                       "icpc",
                       "icx",
                       "icpx",
                       "dpcpp",
                       "nvc",
                       "nvc++",
                       "nvcc",
                       "pgcc",
                       "pgc++",
                       "hipcc",
                       "tcc",
                       "pcc",
                       "chibicc",
                       "ccomp",
                       "emcc",
                       "mpicc",
                       "afl-gcc",
                       "my-wrapper.sh",
                       "arm-none-eabi-gcc",
                       "avr-gcc",
                       "msp430-elf-gcc",
                       "xtensa-esp32-elf-gcc"};
  for (const std::string folder : {"", "/opt/tools/bin/", "C:\\tools\\"}) {
    for (const std::string& name : foreign) {
      INFO(folder << name);
      Fixture fixture;
      const FrontEndCommand command = fixture.translate("a.c", {folder + name, "-c"});
      CHECK(command.failure.empty());
      CHECK(command.skipped.find("its compiler '" + folder + name + "' is for ") == 0);
      // Who names the machine has it read.
      fixture.options.target = "arm-none-eabi";
      const FrontEndCommand named = fixture.translate("a.c", {folder + name, "-c"});
      CHECK(named.skipped.empty());
      CHECK(same_target(named.target, "arm-none-eabi"));
    }
    for (const std::string& name : known) {
      INFO(folder << name);
      CHECK(Fixture().translate("a.c", {folder + name, "-c"}).skipped.empty());
    }
  }
  CHECK(Fixture()
            .translate("a.c", {"armclang", "--target=arm-arm-none-eabi", "-mcpu=cortex-m4", "-c"})
            .skipped.empty());
}

TEST_CASE("zig's compilers are clang, for the target that they are given") {
  const FrontEndCommand c =
      Fixture().translate("a.c", {"zig", "cc", "-target", "aarch64-linux-musl"});
  CHECK(same_target(c.target, "aarch64-linux-musl"));
  CHECK_FALSE(c.cxx);
  const FrontEndCommand cxx = Fixture().translate("a.c", {"/opt/zig/zig", "c++", "-DX=1"});
  CHECK(cxx.cxx);
  CHECK(has(cxx.arguments, "-DX=1"));
}

TEST_CASE("what is the same for many commands is looked for once") {
  Fixture fixture;
  fixture.fake_compiler("g++-99");
  fixture.options.query_drivers = {fixture.folder.path() + "/*"};
  for (int i = 0; i < 100; ++i) {
    const std::string name = "a" + std::to_string(i) + ".cpp";
    (void)fixture.translate(name, {fixture.folder.path("g++-99"), "-c", "-o", name + ".o"});
    (void)fixture.translate(name, {"no-such-compiler", "-c", "-o", name + ".o"});
  }
  CHECK(fixture.calls() == 1);
  CHECK(fixture.cache.choices() == 2);
}

TEST_CASE("a processor behind -x is no language") {
  const CommandFlags flags = take_apart({"icx", "-xHost", "-xCORE-AVX2", "-c", "a.c"}, "/d");
  CHECK(flags.language.empty());
  CHECK(flags.notes.size() == 2);
  CHECK(take_apart({"icx", "-xc++", "-c", "a.c"}, "/d").language == "c++");
}

TEST_CASE("only ordinary compilers in system folders run by themselves") {
  Fixture test;
  const std::string path = test.fake_compiler("bin/g++");
  const FrontEndCommand refused = test.translate("a.cpp", {path});
  CHECK(test.calls() == 0);
  REQUIRE(refused.notes.size() == 1);
  CHECK_THAT(refused.notes[0], Catch::Contains(path) && Catch::Contains("--query-driver"));

  test.options.query_drivers = {test.folder.path() + "/*/g++"};
  const FrontEndCommand asked = test.translate("a.cpp", {path});
  CHECK(test.calls() == 1);
  CHECK(asked.notes.empty());
}

TEST_CASE("a compiler is asked once for each set of flags that matters") {
  Fixture test;
  const std::string path = test.fake_compiler("g++");
  test.options.query_drivers = {path};
  for (const char* file : {"a.cpp", "b.cpp", "c.cpp"}) {
    (void)test.translate(file, {path, "-Wall", std::string("-D") + file});
  }
  CHECK(test.calls() == 1);
  (void)test.translate("d.cpp", {path, "-m32"});
  (void)test.translate("e.cpp", {path, "-m32"});
  CHECK(test.calls() == 2);
  CHECK(test.cache.size() == 2);
}

TEST_CASE("the compiler's folders come in its order, with the front end's builtin headers") {
  Fixture test;
  const std::string path = test.fake_compiler("g++");
  test.options.query_drivers = {path};
  const FrontEndCommand command = test.translate("a.cpp", {path});
  CHECK(internal_folders(command) ==
        Words{"/fake/c++/9", resource_directory() + "/include", "/fake/usr/include"});
  CHECK(has(command.arguments, "-nostdinc"));
  CHECK(has(command.arguments, "-std=gnu++14"));
  CHECK(has(command.arguments, "--target=x86_64-unknown-linux-gnu"));
  CHECK(command.target == "x86_64-unknown-linux-gnu");
  CHECK_FALSE(has(test.translate("a.cpp", {path, "-std=c++11"}).arguments, "-std=gnu++14"));
}

TEST_CASE("flags that let a compiler run programs are not passed to it unasked") {
  Fixture test;
  const FrontEndCommand command = test.translate("a.cpp", {"g++", "-B/tmp/evil"});
  CHECK(std::any_of(command.notes.begin(), command.notes.end(), [](const std::string& note) {
    return note.find("-B/tmp/evil") != std::string::npos;
  }));
  const std::string path = test.fake_compiler("mygcc");
  test.options.query_drivers = {path};
  CHECK(test.translate("b.cpp", {path, "-B/x"}).notes.empty());
  CHECK_THAT(read_file(test.folder.path("calls")), Catch::Contains("-B/x"));
}

TEST_CASE("a compiler that fails or lies costs a note, not the run") {
  Fixture test;
  const std::string path =
      test.folder.write("gcc", "#!/bin/sh\necho 'gcc: fatal: broken' >&2\nexit 1\n");
  std::filesystem::permissions(path, std::filesystem::perms(0755));
  test.options.query_drivers = {path};
  const FrontEndCommand command = test.translate("a.c", {path});
  REQUIRE(command.notes.size() == 1);
  CHECK_THAT(command.notes[0], Catch::Contains("gcc: fatal: broken"));
  CHECK_FALSE(command.target.empty());
  CHECK_FALSE(has(command.arguments, "-nostdinc"));
}

TEST_CASE("the language comes from -x, the driver and the file's name") {
  Fixture test;
  const auto language = [&](const std::string& file, const Words& words) {
    const FrontEndCommand command = test.translate(file, words);
    return command.skipped.empty() ? command.arguments.back() : "skipped";
  };
  CHECK(language("a.c", {"gcc"}) == "c");
  CHECK(language("a.c", {"g++"}) == "c++");
  CHECK(language("a.cpp", {"gcc"}) == "c++");
  CHECK(language("a.c", {"gcc", "-x", "c++"}) == "c++");
  CHECK(language("a.cpp", {"g++", "-xc"}) == "c");
  CHECK(language("a.h", {"g++"}) == "c++-header");
  CHECK(language("a.h", {"gcc"}) == "c-header");
  CHECK(language("a.inl", {"g++"}) == "c++-header");
  CHECK(language("a.S", {"gcc"}) == "skipped");
  CHECK(language("a.cu", {"nvcc"}) == "skipped");
  CHECK(language("a.x", {"gcc", "-x", "assembler-with-cpp"}) == "skipped");
}

TEST_CASE("the key of a configuration is made of what can change a layout") {
  Fixture test;
  const auto key = [&](Words words) {
    words.insert(words.begin(), "g++");
    return test.translate("a.cpp", words).flags_key;
  };
  const std::string plain = key({});
  CHECK(plain.size() == 16);
  for (const char* flag : {"-O2", "-g", "-Wall", "-fPIC", "-fvisibility=hidden", "-c", "-w"}) {
    CHECK(key({flag}) == plain);
  }
  for (const char* flag : {"-DX", "-m32", "-std=c++20", "-fshort-enums", "-fpack-struct", "-Ix"}) {
    CHECK(key({flag}) != plain);
  }
  CHECK(test.translate("a.cpp", {"g++", "-DX", "-O2"}).layout_flags[0] == "-DX");
}

TEST_CASE("widths and vendors of targets") {
  CHECK(plain_target("x86_64-linux-gnu") == "x86_64-unknown-linux-gnu");
  CHECK(plain_target("x86_64-pc-linux-gnu") == "x86_64-unknown-linux-gnu");
  CHECK(plain_target("x86_64-pc-windows-msvc") == "x86_64-pc-windows-msvc");
  CHECK(plain_target("") == "");
  CHECK(plain_target("aarch64-none-linux-gnu") == "aarch64-unknown-linux-gnu");
  CHECK(plain_target("aarch64-poky-linux") == "aarch64-unknown-linux");
  CHECK(plain_target("arm-none-linux-gnueabihf") == "arm-unknown-linux-gnueabihf");
  CHECK(plain_target("arm-none-eabi") == "arm-unknown-none-eabi");
  CHECK(plain_target("riscv64-unknown-elf") == "riscv64-unknown-none-elf");
  CHECK(plain_target("x86_64-w64-mingw32") == "x86_64-w64-windows-gnu");
  CHECK(plain_target("arm64-apple-macos14") == "arm64-apple-macos14");
  CHECK(plain_target("avr") == "avr");
  CHECK(with_width("x86_64-unknown-linux-gnu", "-m32") == "i386-unknown-linux-gnu");
  CHECK(with_width("i686-linux-gnu", "-m64") == "x86_64-linux-gnu");
  CHECK(with_width("aarch64-linux-gnu", "-m32") == "aarch64-linux-gnu");
  CHECK(same_target("x86_64-linux-gnu", "x86_64-pc-linux-gnu"));
  CHECK(same_target("i686-linux-gnu", "i386-unknown-linux-gnu"));
  CHECK(same_target("arm64-apple-macos", "aarch64-apple-macos"));
  CHECK_FALSE(same_target("x86_64-linux-gnu", "x86_64-linux-musl"));
  CHECK_FALSE(same_target("x86_64-linux-gnu", "aarch64-linux-gnu"));
}

TEST_CASE("option --target of another machine drops the host's headers and machine flags") {
  Fixture test;
  test.options.target = "aarch64-linux-gnu";
  const FrontEndCommand command = test.translate("a.cpp", {"g++", "-march=native", "-m64", "-DX"});
  CHECK(command.target == "aarch64-unknown-linux-gnu");
  CHECK_FALSE(has(command.arguments, "-nostdinc"));
  CHECK_FALSE(has(command.arguments, "-march=native"));
  CHECK(has(command.arguments, "-DX"));
  CHECK_FALSE(command.hint.empty());
  test.options.target = host_target();
  CHECK(has(test.translate("a.cpp", {"g++"}).arguments, "-nostdinc"));
}

TEST_CASE("a missing file and a missing response file fail the unit at once") {
  Fixture test;
  CHECK(adapt({"/no/such.cpp", "/", {"g++", "/no/such.cpp"}}, test.options, test.cache).failure ==
        "no such file");
  CHECK_THAT(test.translate("a.cpp", {"g++", "@none.rsp"}).failure, Catch::Contains("none.rsp"));
  test.folder.write("f.rsp", "-DFROM_FILE");
  CHECK(has(test.translate("a.cpp", {"g++", "@f.rsp"}).arguments, "-DFROM_FILE"));
}

TEST_CASE("complaints about flags are told from errors") {
  CHECK(complained_flag("unknown argument: '-fipa-pta'") == "-fipa-pta");
  CHECK(complained_flag("unknown argument '-flto-x'; did you mean '-flto'?") == "-flto-x");
  CHECK(complained_flag("unsupported argument 'foo' to option '-fsanitize='") == "-fsanitize=foo");
  CHECK(complained_flag("unsupported option '-mfpu=' for target 'x'") == "-mfpu=");
  CHECK_FALSE(complained_flag("'x.h' file not found"));
  CHECK_FALSE(complained_flag("no such file or directory: 'a.cpp'"));
}

// What the machine's own compilers and the front end make of it.

clang::Parsed parse(const FrontEndCommand& command) {
  const clang::Index index = clang::worker_index();
  return clang::parse(index.get(), command, 0);
}

TEST_CASE("the headers of every compiler on the machine are found and parse") {
  Fixture test;
  for (const char* compiler : {"g++", "c++", "/usr/bin/g++-12", "clang++-22", "clang++"}) {
    if (find_program(compiler).empty()) continue;
    const FrontEndCommand command = test.translate(
        "a.cpp", {compiler},
        "#include <immintrin.h>\n#include <cstddef>\n#include <limits.h>\n#include <vector>\n"
        "std::vector<int> v; static_assert(INT_MAX > 0);\n");
    CAPTURE(compiler, command.arguments, command.notes);
    const clang::Parsed parsed = parse(command);
    CAPTURE(parsed.problems);
    CHECK_FALSE(parsed.failed);
    CHECK(parsed.problems.empty());
  }
}

TEST_CASE("headers that only the compiler's own folder has are found there") {
  if (find_program("g++").empty()) return;
  Fixture test;
  const FrontEndCommand command =
      test.translate("a.cpp", {"g++", "-fopenmp"},
                     "#include <immintrin.h>\n#include <omp.h>\n#include <vector>\n"
                     "std::vector<omp_lock_t> v; __m256i wide;\n");
  if (!DiskFiles().read(command.compiler_headers + "/omp.h")) return;
  const clang::Parsed parsed = parse(command);
  CHECK(parsed.problems == Words());
  CHECK_FALSE(parsed.failed);

  const FrontEndCommand missing = test.translate("b.cpp", {"g++"}, "#include <no_such_header.h>\n");
  CHECK(parse(missing).failed);
  // The front end's stdatomic.h takes the next one if there is any: GCC's would not compile.
  const FrontEndCommand atomics = test.translate(
      "c.c", {"gcc"},
      "#include <stdatomic.h>\natomic_int a; int f(void) { return atomic_load(&a); }\n");
  CHECK(parse(atomics).problems == Words());
}

TEST_CASE("flags that only GCC knows are dropped and told, warnings silently") {
  Fixture test;
  const clang::Parsed parsed = parse(test.translate(
      "a.cpp",
      {"g++", "-fconserve-stack", "-fno-such-flag", "-Wno-such-warning", "-Wnosuch=3",
       "-fno-tree-vectorize", "-fabi-version=11", "--param", "max-inline-insns=3", "-Werror"},
      "int x;"));
  CHECK_FALSE(parsed.failed);
  CHECK(parsed.problems == Words{"the flag '-fconserve-stack' is ignored: unknown to clang",
                                 "the flag '-fno-such-flag' is ignored: unknown to clang",
                                 "the flag '-fabi-version=11' is ignored: unknown to clang"});
}

TEST_CASE("a flag that the front end cannot start with is dropped, a bad standard is not") {
  Fixture test;
  const clang::Parsed cpu =
      parse(test.translate("a.cpp", {"clang++-22", "-march=nosuchcpu"}, "int x;"));
  CAPTURE(cpu.problems);
  CHECK_FALSE(cpu.failed);
  REQUIRE(cpu.problems.size() == 1);
  CHECK_THAT(cpu.problems[0], Catch::Contains("-march=nosuchcpu"));
  const clang::Parsed bad = parse(test.translate("a.cpp", {"g++", "-std=c++99"}, "int x;"));
  CHECK(bad.failed);
  CHECK(bad.unit == nullptr);
  REQUIRE_FALSE(bad.problems.empty());
  CHECK_THAT(bad.problems.back(), Catch::Contains("-std=c++99"));
}

TEST_CASE("errors are told as places, and not without end") {
  Fixture test;
  std::string text;
  for (int line = 0; line < 100; ++line) text += "undeclared" + std::to_string(line) + " x;\n";
  const clang::Parsed parsed = parse(test.translate("a.cpp", {"g++", "-ferror-limit=0"}, text));
  CHECK(parsed.failed);
  REQUIRE(parsed.problems.size() == 21);
  CHECK_THAT(parsed.problems[0], Catch::StartsWith(test.folder.path("a.cpp") + ":1:1: "));
  CHECK(parsed.problems.back() == "80 more errors");
}

}  // namespace
}  // namespace snug::test
