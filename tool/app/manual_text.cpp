#include "app/manual_text.hpp"

namespace snug {

const std::string_view overview_text =
    "snug reads C and C++ code as the compiler does and knows the layout of every record in it: "
    "fields, bit-fields, bases, pointers to virtual tables, and the padding between them. Its "
    "checks find bytes that need not be there and fields that lie badly on cache lines.\n\n"
    "An order of fields that snug suggests has been compiled: the edit was applied in memory, the "
    "units that use the type were parsed again, and the record was as small as promised. Records "
    "that derive from it or contain it are told with their new sizes. Code that depends on the "
    "order of the fields (initialisation by position, bytes written to files, destructors that "
    "use other members) is shown as evidence and makes the fix one for review.\n\n"
    "The usual start is a build folder with compile_commands.json:\n\n"
    "  cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON\n"
    "  snug list -p build --top 20\n"
    "  snug check -p build\n\n"
    "Commands of GCC, Clang, cl and clang-cl are read as their drivers read them, behind launchers "
    "(ccache, distcc, env, nice), with response files. A flag that clang does not know is named as "
    "a problem of the unit. A precompiled header is read as the text that it was made of. Modules "
    "are imported where their compiled interfaces exist and the same version of clang built them. "
    "An entry of the database that cannot be used is a failed unit, named with its number and "
    "line; the others are read.\n";

const std::string_view messages_text =
    "Messages have the form that compilers use, so that editors and CI systems read them:\n\n"
    "  file:line:column: warning: what, in bytes [check]\n\n"
    "Notes behind a message are its evidence and its fix. The safety of a fix is 'safe' (proven by "
    "the compiler, and no use was seen that depends on the order), 'review' (proven, but such a "
    "use exists or cannot be excluded) or 'abi' (the type is known to other binaries or to stored "
    "bytes). Where no edit can be made with certainty the reasons are told instead.";

const std::string_view formats_text =
    "'snug check --format' chooses the form of the report. text is described above and json "
    "below.\n\n"
    "sarif is a SARIF 2.1.0 log: the checks are its rules, evidence with a place is a related "
    "location, edits are fixes, and 'partialFingerprints' hold the fingerprint of the JSON report. "
    "Columns and offsets count UTF-16 code units there, and paths are URIs relative to %SRCROOT%. "
    "A "
    "file that changed since it was scanned gets no fix, one that cannot be read no columns.\n\n"
    "github writes workflow commands: warnings, notices and, for units that could not be analysed, "
    "errors. The service shows ten of a kind from one step, so the ten that save most become "
    "annotations and the others lines of the log.\n\n"
    "markdown is a summary for a job or a comment; it holds the 100 findings that save most and "
    "stays below a mebibyte. html is one page with a ranked table, search and drawings. It needs "
    "no "
    "network, and nothing in it runs but its own script. Names of the code are escaped in both.\n\n"
    "In every format, and in messages on standard error, control characters, bidirectional "
    "controls and invisible characters of names, paths, comments and diagnostics are printed as "
    "\\uXXXX, and bytes that are not UTF-8 as \\xXX. Only a patch of 'snug fix --dry-run' that "
    "goes to a file or a pipe has them as they are.";

const std::string_view configuration_text =
    "The configuration of a project, read from the nearest folder at or above its sources; the "
    "command line wins over it. Every key is optional:\n\n"
    "  checks = [\"-odr-layout\"]              # as --checks\n"
    "  level = \"note\"                        # as --level\n"
    "  fail-on = \"warning\"                   # as --fail-on\n"
    "  exclude = [\"third_party/**\"]          # not reported\n"
    "  public-headers = [\"api/**\"]           # fixes there are 'abi'; []: none\n"
    "  thread-entries = [\"app::Pool::post\"]  # run what they get on a thread\n"
    "  [check.padding]\n"
    "  level = \"note\"                        # of all its findings\n"
    "  min-bytes = 16                        # an option of the check\n"
    "  [[budget]]                            # see snug-budget(7)\n"
    "  types = [\"market::Order\", \"net::*\"]\n"
    "  max-size = 64\n\n"
    "Without public-headers, types are known to others (their fixes are 'abi') that a header below a "
    "folder 'include' declares, or one that the build installs (as cmake_install.cmake or Meson's "
    "intro-installed.json beside the compile database says). A list replaces that; an empty one, for "
    "a program whose headers nobody else includes, turns it off. What is declared inside "
    "'extern \"C\"', also under #ifdef __cplusplus, or exported by an attribute is 'abi' in any "
    "case.\n\n"
    "Globs of files are relative to the folder of the configuration. Marks in the source say more "
    "about single declarations: see snug-source-mark(7).";

const std::string_view json_text =
    "With --format json the report is one object whose key 'schema' is snug-report/1; a JSON "
    "Schema "
    "is installed as share/snug/snug-report-1.schema.json. It holds 'tool', 'abi', 'summary', "
    "'units' (what became of each), 'records' (with 'slots' that together cover every bit) and "
    "'findings' (with 'evidence' and 'fixes').\n\n"
    "Sizes are bytes unless the name says bits. Lines and columns count from 1, columns in bytes. "
    "'padding' counts whole bytes; left-over bits are in 'bit_holes'. 'begin' and 'end' of an edit "
    "are byte offsets into the file whose SHA-256 is 'sha256'; a text that is no UTF-8 stands in "
    "'text_base64' too. Paths are relative to the project root where they lie below it; bytes of a "
    "path that are no UTF-8 are percent-encoded. A 'location' is null where no place is known. A "
    "'fingerprint' stays the same when code moves. With --profile, findings about records that it "
    "names come first, most accesses before fewer, and have the counts in 'observed'. The same "
    "input gives the same bytes, whatever "
    "-j; times appear only with --timings.";

}  // namespace snug
