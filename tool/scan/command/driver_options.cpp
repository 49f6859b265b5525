// Both drivers take the longest of their options that an argument begins with. An option whose
// value is a word of its own swallows that word whatever it looks like (-serialize-diagnostics
// -DX=1), so that the table has to name all of them: those of Clang's Options.td, and of GCC what
// its driver misses a value of. tests/input/driver_options.py holds the table against the drivers
// of the machine.
#include "scan/command/driver_options.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace snug {
namespace {

constexpr auto gcc_only = Known::Gcc;
constexpr auto clang_only = Known::Clang;
constexpr auto both = Known::All;

constexpr std::array option_rows{
    // Macros, include folders, forced includes.
    OptionRow{"-D", Form::Either, Role::Keep},
    OptionRow{"--define-macro", Form::Separate, Role::Keep, both, 1, "-D"},
    OptionRow{"--define-macro=", Form::Joined, Role::Keep, both, 1, "-D"},
    OptionRow{"-U", Form::Either, Role::Keep},
    OptionRow{"--undefine-macro", Form::Separate, Role::Keep, both, 1, "-U"},
    OptionRow{"--undefine-macro=", Form::Joined, Role::Keep, both, 1, "-U"},
    OptionRow{"-A", Form::Either, Role::Drop},
    OptionRow{"--assert", Form::Separate, Role::Drop},
    OptionRow{"--assert=", Form::Joined, Role::Drop},
    OptionRow{"-I", Form::Either, Role::Path},
    OptionRow{"--include-directory", Form::Separate, Role::Path, both, 1, "-I"},
    OptionRow{"--include-directory=", Form::Joined, Role::Path, both, 1, "-I"},
    OptionRow{"-F", Form::Either, Role::Path},
    OptionRow{"-iquote", Form::Either, Role::Path},
    OptionRow{"-isystem", Form::Either, Role::Path},
    OptionRow{"-isystem-after", Form::Either, Role::Path, clang_only},
    OptionRow{"-idirafter", Form::Either, Role::Path},
    OptionRow{"--include-directory-after", Form::Separate, Role::Path, both, 1, "-idirafter"},
    OptionRow{"--include-directory-after=", Form::Joined, Role::Path, both, 1, "-idirafter"},
    OptionRow{"-iframework", Form::Either, Role::Path},
    OptionRow{"-iframeworkwithsysroot", Form::Either, Role::Keep, clang_only},
    OptionRow{"-cxx-isystem", Form::Either, Role::Path, clang_only},
    OptionRow{"-stdlib++-isystem", Form::Either, Role::Path, clang_only},
    OptionRow{"-iwithsysroot", Form::Either, Role::Keep, clang_only},
    OptionRow{"-iprefix", Form::Either, Role::Prefix},
    OptionRow{"--include-prefix", Form::Separate, Role::Prefix, both, 1, "-iprefix"},
    OptionRow{"--include-prefix=", Form::Joined, Role::Prefix, both, 1, "-iprefix"},
    OptionRow{"-iwithprefix", Form::Either, Role::Keep},
    OptionRow{"--include-with-prefix", Form::Separate, Role::Keep, both, 1, "-iwithprefix"},
    OptionRow{"--include-with-prefix=", Form::Joined, Role::Keep, both, 1, "-iwithprefix"},
    OptionRow{"--include-with-prefix-after", Form::Separate, Role::Keep, both, 1, "-iwithprefix"},
    OptionRow{"--include-with-prefix-after=", Form::Joined, Role::Keep, both, 1, "-iwithprefix"},
    OptionRow{"-iwithprefixbefore", Form::Either, Role::Keep},
    OptionRow{"--include-with-prefix-before", Form::Separate, Role::Keep, both, 1,
              "-iwithprefixbefore"},
    OptionRow{"--include-with-prefix-before=", Form::Joined, Role::Keep, both, 1,
              "-iwithprefixbefore"},
    OptionRow{"-include", Form::Either, Role::ForcedFile},
    OptionRow{"--include", Form::Either, Role::ForcedFile, both, 1, "-include"},
    OptionRow{"--include=", Form::Joined, Role::ForcedFile, both, 1, "-include"},
    OptionRow{"-imacros", Form::Either, Role::ForcedFile},
    OptionRow{"--imacros", Form::Either, Role::ForcedFile, both, 1, "-imacros"},
    OptionRow{"--imacros=", Form::Joined, Role::ForcedFile, both, 1, "-imacros"},
    OptionRow{"-include-pch", Form::Separate, Role::Precompiled, clang_only},
    OptionRow{"-ivfsoverlay", Form::Either, Role::Path, clang_only},
    OptionRow{"-vfsoverlay", Form::Either, Role::Path, clang_only},
    OptionRow{"--vfsoverlay", Form::Either, Role::Path, clang_only, 1, "-vfsoverlay"},
    OptionRow{"-iapinotes-modules", Form::Either, Role::Path, clang_only},
    OptionRow{"--embed-dir=", Form::Joined, Role::Path},
    OptionRow{"--embed-dir", Form::Separate, Role::Path, gcc_only, 1, "--embed-dir="},
    OptionRow{"-imultiarch", Form::Separate, Role::Told, gcc_only},
    OptionRow{"-imultilib", Form::Separate, Role::Told},
    OptionRow{"-iplugindir=", Form::Joined, Role::Drop, gcc_only},
    OptionRow{"-fmodule-file=", Form::Joined, Role::Pass, clang_only},
    OptionRow{"-fprebuilt-module-path=", Form::Joined, Role::Path, clang_only},

    // What the compiler is asked for.
    OptionRow{"-isysroot", Form::Either, Role::Query},
    OptionRow{"--sysroot", Form::Separate, Role::Query, both, 1, "--sysroot="},
    OptionRow{"--sysroot=", Form::Joined, Role::Query},
    OptionRow{"--gcc-toolchain=", Form::Joined, Role::Query, clang_only},
    OptionRow{"-gcc-toolchain", Form::Separate, Role::Query, clang_only, 1, "--gcc-toolchain="},
    OptionRow{"--gcc-install-dir=", Form::Joined, Role::Query, clang_only},
    OptionRow{"--stdlib", Form::Separate, Role::Query, clang_only, 1, "-stdlib="},
    OptionRow{"--stdlib=", Form::Joined, Role::Query, clang_only, 1, "-stdlib="},
    OptionRow{"-arch", Form::Separate, Role::Query},
    OptionRow{"-B", Form::Either, Role::Unsafe},
    OptionRow{"--prefix", Form::Separate, Role::Unsafe, both, 1, "-B"},
    OptionRow{"--prefix=", Form::Joined, Role::Unsafe, both, 1, "-B"},
    OptionRow{"-specs", Form::Separate, Role::Unsafe, both, 1, "-specs="},
    OptionRow{"-specs=", Form::Joined, Role::Unsafe},
    OptionRow{"--specs", Form::Separate, Role::Unsafe, both, 1, "-specs="},
    OptionRow{"--specs=", Form::Joined, Role::Unsafe, both, 1, "-specs="},
    OptionRow{"-x", Form::Either, Role::Language},
    OptionRow{"--language", Form::Separate, Role::Language},
    OptionRow{"--language=", Form::Joined, Role::Language},
    OptionRow{"-target", Form::Separate, Role::Target},
    OptionRow{"--target", Form::Separate, Role::Target},
    OptionRow{"--target=", Form::Joined, Role::Target},
    OptionRow{"-std=", Form::Joined, Role::Standard},
    OptionRow{"--std=", Form::Joined, Role::Standard},
    OptionRow{"--std", Form::Separate, Role::Standard},

    // Outputs and what is said about them.
    OptionRow{"-o", Form::Either, Role::Drop},
    OptionRow{"--output", Form::Separate, Role::Drop},
    OptionRow{"--output=", Form::Joined, Role::Drop},
    OptionRow{"--output-pch=", Form::Joined, Role::Drop, gcc_only},
    OptionRow{"-MF", Form::Either, Role::Drop},
    OptionRow{"-MT", Form::Either, Role::Drop},
    OptionRow{"-MQ", Form::Either, Role::Drop},
    OptionRow{"-MJ", Form::Either, Role::Drop, clang_only},
    OptionRow{"-dumpbase", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"-dumpbase-ext", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"-dumpdir", Form::Separate, Role::Drop},
    OptionRow{"--dumpbase", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"--dumpbase-ext", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"--dumpdir", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"--dump", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"--dump=", Form::Joined, Role::Drop, gcc_only},
    OptionRow{"-aux-info", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"-aux-info=", Form::Joined, Role::Drop, gcc_only},
    OptionRow{"-wrapper", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"-Hd", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-Hf", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-Xf", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-J", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-gnatO", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"-fintrinsic-modules-path", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-serialize-diagnostics", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--serialize-diagnostics", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-index-store-path", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-index-unit-output-path", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-dependency-file", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-dependency-dot", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-module-dependency-dir", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-gen-cdb-fragment-path", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-object-file-name", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-object-file-name=", Form::Joined, Role::Drop, clang_only},
    OptionRow{"-dsym-dir", Form::Either, Role::Drop, clang_only},
    OptionRow{"-interface-stub-version=", Form::Both, Role::Drop, clang_only},
    OptionRow{"--analyzer-output", Form::Either, Role::Drop, clang_only},
    OptionRow{"-fdebug-compilation-dir", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--print-file-name", Form::Separate, Role::Drop},
    OptionRow{"--print-prog-name", Form::Separate, Role::Drop},

    // Code generation, plugins, the driver itself.
    OptionRow{"-mllvm", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-mmlir", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--param", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--param=", Form::Joined, Role::Drop, clang_only},
    OptionRow{"--param", Form::Separate, Role::Parameter, gcc_only},
    OptionRow{"--param=", Form::Joined, Role::Parameter, gcc_only},
    OptionRow{"-G", Form::Either, Role::Drop},
    OptionRow{"-ftrapv-handler", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-fnew-alignment", Form::Separate, Role::Keep, clang_only, 1, "-fnew-alignment="},
    OptionRow{"-mthread-model", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-meabi", Form::Separate, Role::Pass, clang_only},
    OptionRow{"--mhwdiv", Form::Separate, Role::Pass, clang_only},
    OptionRow{"--rtlib", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--system-header-prefix", Form::Separate, Role::Keep, clang_only, 1,
              "--system-header-prefix="},
    OptionRow{"--no-system-header-prefix", Form::Separate, Role::Keep, clang_only, 1,
              "--no-system-header-prefix="},
    OptionRow{"-fexperimental-openacc-macro-override", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-fmodule-implementation-of", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-fmodules-user-build-path", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-darwin-target-variant", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-darwin-target-variant-triple", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-hlsl-entry", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-validator-version", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-resource-dir", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-resource-dir=", Form::Joined, Role::Drop, clang_only},
    OptionRow{"-working-directory", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-working-directory=", Form::Joined, Role::Drop, clang_only},
    OptionRow{"-fplugin=", Form::Joined, Role::Told},
    OptionRow{"-fplugin-arg-", Form::Joined, Role::Drop},
    OptionRow{"-fpass-plugin=", Form::Joined, Role::Drop},
    OptionRow{"--config", Form::Separate, Role::Told, clang_only},
    OptionRow{"--config=", Form::Joined, Role::Told, clang_only},
    OptionRow{"-ccc-gcc-name", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-ccc-install-dir", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--dyld-prefix", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-Xanalyzer", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-Xclangas", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-Xcuda-fatbinary", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-Xcuda-ptxas", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-Xarch_", Form::Both, Role::Pass, clang_only},
    OptionRow{"-Xopenmp-target", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-Xopenmp-target=", Form::Both, Role::Pass, clang_only},
    OptionRow{"-Xmicrosoft-visualc-tools-root", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-Xmicrosoft-visualc-tools-version", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-Xmicrosoft-windows-sdk-root", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-Xmicrosoft-windows-sdk-version", Form::Separate, Role::Pass, clang_only},
    OptionRow{"-Xmicrosoft-windows-sys-root", Form::Separate, Role::Pass, clang_only},

    // Assembling and linking.
    OptionRow{"-Wa,", Form::Joined, Role::Drop},
    OptionRow{"-Wl,", Form::Joined, Role::Drop},
    OptionRow{"-Xassembler", Form::Separate, Role::Drop},
    OptionRow{"--for-assembler", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"--for-assembler=", Form::Joined, Role::Drop, gcc_only},
    OptionRow{"-Xlinker", Form::Separate, Role::Drop},
    OptionRow{"--for-linker", Form::Separate, Role::Drop},
    OptionRow{"--for-linker=", Form::Joined, Role::Drop},
    OptionRow{"-Xoffload-linker", Form::Both, Role::Drop, clang_only},
    OptionRow{"-Zlinker-input", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-L", Form::Either, Role::Drop},
    OptionRow{"--library-directory", Form::Separate, Role::Drop},
    OptionRow{"--library-directory=", Form::Joined, Role::Drop},
    OptionRow{"-l", Form::Either, Role::Drop},
    OptionRow{"-T", Form::Either, Role::Drop},
    OptionRow{"-Tbss", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-Tdata", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-Ttext", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-u", Form::Either, Role::Drop},
    OptionRow{"--force-link", Form::Separate, Role::Drop},
    OptionRow{"--force-link=", Form::Joined, Role::Drop},
    OptionRow{"-z", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-z", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-e", Form::Separate, Role::Drop, clang_only},
    OptionRow{"-e", Form::Either, Role::Drop, gcc_only},
    OptionRow{"--entry", Form::Separate, Role::Drop, gcc_only},
    OptionRow{"--entry=", Form::Joined, Role::Drop, gcc_only},
    OptionRow{"-h", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-R", Form::Either, Role::Drop, gcc_only},
    OptionRow{"-b", Form::Either, Role::Drop, clang_only},
    OptionRow{"-V", Form::Either, Role::Drop, clang_only},
    OptionRow{"-rpath", Form::Separate, Role::Drop},
    OptionRow{"-framework", Form::Separate, Role::Drop},
    OptionRow{"-alias_list", Form::Separate, Role::Drop},
    OptionRow{"-allowable_client", Form::Separate, Role::Drop},
    OptionRow{"-bundle_loader", Form::Separate, Role::Drop},
    OptionRow{"-client_name", Form::Either, Role::Drop},
    OptionRow{"-compatibility_version", Form::Either, Role::Drop},
    OptionRow{"-current_version", Form::Either, Role::Drop},
    OptionRow{"-dylib_file", Form::Separate, Role::Drop},
    OptionRow{"-dylinker_install_name", Form::Either, Role::Drop},
    OptionRow{"-exported_symbols_list", Form::Separate, Role::Drop},
    OptionRow{"-filelist", Form::Separate, Role::Drop},
    OptionRow{"-force_load", Form::Separate, Role::Drop},
    OptionRow{"-image_base", Form::Separate, Role::Drop},
    OptionRow{"-init", Form::Separate, Role::Drop},
    OptionRow{"-install_name", Form::Separate, Role::Drop},
    OptionRow{"-lazy_framework", Form::Separate, Role::Drop},
    OptionRow{"-lazy_library", Form::Separate, Role::Drop},
    OptionRow{"-multiply_defined", Form::Separate, Role::Drop},
    OptionRow{"-multiply_defined_unused", Form::Separate, Role::Drop},
    OptionRow{"-pagezero_size", Form::Either, Role::Drop},
    OptionRow{"-read_only_relocs", Form::Separate, Role::Drop},
    OptionRow{"-reexport_framework", Form::Separate, Role::Drop},
    OptionRow{"-reexport_library", Form::Either, Role::Drop},
    OptionRow{"-sectalign", Form::Separate, Role::Drop, both, 3},
    OptionRow{"-sectcreate", Form::Separate, Role::Drop, both, 3},
    OptionRow{"-sectobjectsymbols", Form::Separate, Role::Drop, both, 2},
    OptionRow{"-sectorder", Form::Separate, Role::Drop, both, 3},
    OptionRow{"-seg1addr", Form::Either, Role::Drop},
    OptionRow{"-seg_addr_table", Form::Separate, Role::Drop},
    OptionRow{"-seg_addr_table_filename", Form::Separate, Role::Drop},
    OptionRow{"-segaddr", Form::Separate, Role::Drop, both, 2},
    OptionRow{"-segcreate", Form::Separate, Role::Drop, both, 3},
    OptionRow{"-segprot", Form::Separate, Role::Drop, both, 3},
    OptionRow{"-segs_read_only_addr", Form::Separate, Role::Drop},
    OptionRow{"-segs_read_write_addr", Form::Separate, Role::Drop},
    OptionRow{"-sub_library", Form::Either, Role::Drop},
    OptionRow{"-sub_umbrella", Form::Either, Role::Drop},
    OptionRow{"-umbrella", Form::Separate, Role::Drop},
    OptionRow{"-undefined", Form::Either, Role::Drop},
    OptionRow{"-unexported_symbols_list", Form::Separate, Role::Drop},
    OptionRow{"-weak_framework", Form::Separate, Role::Drop},
    OptionRow{"-weak_library", Form::Separate, Role::Drop},
    OptionRow{"-weak_reference_mismatches", Form::Separate, Role::Drop},
    OptionRow{"-arch_only", Form::Separate, Role::Drop},

    // Of languages that the drivers know too.
    OptionRow{"--bootclasspath", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--CLASSPATH", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--classpath", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--encoding", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--extdirs", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--output-class-directory", Form::Separate, Role::Drop, clang_only},
    OptionRow{"--resource", Form::Separate, Role::Drop, clang_only},
};

// Options without a value that begin like one whose value is joined.
constexpr auto plain_options = std::to_array<std::string_view>(
    {"-undef", "-I-", "-bind_at_load", "-bundle", "-object", "-use-spirv-backend"});

// Flags that end the work early, write files, only link, or turn warnings into errors.
constexpr std::string_view useless[] = {"-c",
                                        "-S",
                                        "-E",
                                        "-M",
                                        "-MM",
                                        "-MD",
                                        "-MMD",
                                        "-MP",
                                        "-MG",
                                        "-MV",
                                        "-pipe",
                                        "-v",
                                        "-###",
                                        "-shared",
                                        "-static",
                                        "-rdynamic",
                                        "-s",
                                        "-r",
                                        "-pie",
                                        "-no-pie",
                                        "-nostdlib",
                                        "-nodefaultlibs",
                                        "-nostartfiles",
                                        "-static-libgcc",
                                        "-static-libstdc++",
                                        "-shared-libgcc",
                                        "-Wfatal-errors",
                                        "-fsyntax-only",
                                        "-emit-llvm",
                                        "-P",
                                        "-H",
                                        "-Q",
                                        "-time",
                                        "-dM",
                                        "-dD",
                                        "-dI",
                                        "-fmax-errors",
                                        "-no-canonical-prefixes",
                                        "-Winvalid-pch",
                                        "-save-temps",
                                        "-fmodule-output",
                                        "--precompile",
                                        "-fmodules-reduced-bmi",
                                        "--compile",
                                        "--assemble",
                                        "--preprocess",
                                        "--dependencies",
                                        "--user-dependencies",
                                        "--write-dependencies",
                                        "--write-user-dependencies",
                                        "--print-missing-file-dependencies",
                                        "--save-temps",
                                        "--verbose",
                                        "--static",
                                        "--shared",
                                        "--pipe",
                                        "--no-standard-libraries",
                                        "--trace-includes"};

constexpr std::string_view useless_prefixes[] = {
    "-Werror", "-save-temps=", "-fdiagnostics",       "-fmax-errors=",    "-g",
    "-fdump-", "-MMD=",        "-fcolor-diagnostics", "-fmodule-output=", "--save-temps="};

bool knows(const OptionRow& row, CompilerKind kind) {
  const Known wanted = kind == CompilerKind::Gcc ? Known::Gcc : Known::Clang;
  return (static_cast<unsigned>(row.known) & static_cast<unsigned>(wanted)) != 0;
}

}  // namespace

bool value_follows(const OptionRow& row, std::string_view argument) {
  return row.form == Form::Both || (row.form != Form::Joined && argument == row.name);
}

const OptionRow* option_row(std::string_view argument, CompilerKind kind) {
  if (std::find(plain_options.begin(), plain_options.end(), argument) != plain_options.end())
    return nullptr;
  const OptionRow* best = nullptr;
  for (const OptionRow& row : option_rows) {
    if (!argument.starts_with(row.name) || !knows(row, kind)) continue;
    const bool whole = argument.size() == row.name.size();
    const bool fits =
        whole ? row.form != Form::Joined || row.name.ends_with('=') : row.form != Form::Separate;
    if (fits && (best == nullptr || row.name.size() > best->name.size())) best = &row;
  }
  return best;
}

bool is_useless(std::string_view argument) {
  return std::find(std::begin(useless), std::end(useless), argument) != std::end(useless) ||
         std::any_of(std::begin(useless_prefixes), std::end(useless_prefixes),
                     [&](std::string_view prefix) { return argument.starts_with(prefix); });
}

bool swallows_next(std::string_view argument) {
  const OptionRow* row = option_row(argument, CompilerKind::Clang);
  return row != nullptr && value_follows(*row, argument);
}

}  // namespace snug
