#include "app/commands.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/spelling.hpp"

namespace snug {
namespace {

const Example check_examples[] = {
    {"snug check -p build", "checks every unit of build/compile_commands.json"},
    {"snug check -p build src/order.hpp",
     "reports only what order.hpp declares, read through a unit that includes it"},
    {"snug check order.cpp -- -std=c++20 -Iinclude", "checks a file without a compile database"},
    {"snug check -p build --checks -odr-layout --level note",
     "all checks but one, and what lacks evidence too"},
    {"snug check -p build --format json -o report.json", "writes a report for other programs"},
    {"snug check -p build --format html -o report.html",
     "writes a page to look at, with every layout drawn"},
    {"snug check -p build --format sarif -o snug.sarif --fail-on never",
     "writes a log for code scanning and does not fail"},
    {"snug check -p build --write-baseline known.json",
     "remembers what is found now; later 'snug check -p build --baseline known.json' fails only on "
     "what is new"},
    {"snug check -p build --since origin/main...", "reports only what the current branch touches"},
    {"snug check --staged", "reports only what the next commit touches, for a hook of git"},
    {"snug check part1.snug part2.snug", "goes on from scans that were made elsewhere"},
};

const Example fix_examples[] = {
    {"snug fix -p build --dry-run", "shows what would change, as a diff"},
    {"snug fix -p build", "applies everything that is safe"},
    {"snug fix -p build --check padding --safety review src/order.hpp",
     "reorders what order.hpp declares, also where a person should look at the result"},
    {"snug fix -p build --dry-run | git apply", "applies the diff with git"},
};

const Example show_examples[] = {
    {"snug show Order -p build", "draws the layout of every record named ...::Order"},
    {"snug show 'Vec<int>' vec.cpp -- -std=c++20", "an instantiation that vec.cpp uses"},
    {"snug show Order -p build --targets x86_64-linux-gnu,i686-linux-gnu,arm64-apple-macos",
     "the same record on three targets"},
};

const Example list_examples[] = {
    {"snug list -p build --top 20", "the twenty records that waste most"},
    {"snug list -p build --sort size --format json", "all records by size, for other programs"},
};

const Example diff_examples[] = {
    {"snug diff old.json new.json", "what grew, shrank, appeared and vanished"},
    {"snug diff old.json new.json --fail-on growth,finding --format markdown -o comment.md",
     "a gate for pull requests, with the comment to post"},
    {"snug diff old.snug new.snug", "the same from scans, without findings"},
};

const Example scan_examples[] = {
    {"snug scan -p build -o all.snug", "reads the code once; 'snug check all.snug' goes on"},
    {"snug scan -p build --shard 1/4 -o part1.snug", "a quarter of the units"},
    {"snug scan part1.snug --format json", "what is in it, as a report without findings"},
};

const Example merge_examples[] = {
    {"snug merge part*.snug -o all.snug", "makes one part of many"},
    {"snug check all.snug --root ~/src/project", "checks it where the sources are"},
};

const Example prove_examples[] = {
    {"snug check part*.snug --plan proofs", "plans the proofs of all findings"},
    {"snug prove proofs --shard 2/8 -o answers2", "does an eighth of them"},
    {"snug check part*.snug --proofs answers1 --proofs answers2", "reports with their answers"},
};

const Example cc_examples[] = {
    {"make CC='snug cc gcc' CXX='snug cc g++'", "builds as always; then 'snug check'"},
    {"cmake -B build -DCMAKE_CXX_COMPILER_LAUNCHER='snug;cc'", "the same with CMake"},
    {"CXX='snug cc g++' meson setup build", "the same with Meson"},
};

const Example cache_examples[] = {
    {"snug cache", "shows how much is kept, and how often it was of use"},
    {"snug cache --clear", "removes it"},
    {"snug check -p build --cache /var/cache/ci/snug", "keeps results for the next job of a CI"},
    {"snug check -p build --cache off", "parses everything, and keeps nothing"},
    {"snug check -p build --cache redis://cache.example", "shares results with other machines"},
    {"snug check -p build --cache https://cache.example/snug --cache-read-only",
     "uses them and stores none: for changes that nobody has reviewed"},
};

const Example lsp_examples[] = {
    {"snug lsp", "serves an editor, which starts it"},
    {"snug lsp -p out/debug", "with the database of that folder"},
    {"snug lsp --log /tmp/snug-lsp.log", "and logs what happens"},
};

const Example explain_examples[] = {
    {"snug explain --list", "names every check"},
    {"snug explain padding", "explains what the check means and when to ignore it"},
    {"snug explain padding --man | man -l -", "the same as a manual page"},
};

const Command command_list[] = {
    {"check", on_check, "[FILES...] [-p DIR] [-- FLAGS...]",
     "find wasted memory and badly placed fields, and prove the fixes",
     "Reads the units of a compile database, runs the checks over every record of the project and "
     "prints what they find as compilers print their messages. Every suggested edit is applied in "
     "memory and compiled before it is printed. Where the compiler rejects it, the finding stays "
     "and says why there is no edit, so that --prove, -j and the order of the units change no "
     "finding. Only one whose computed size the compiler contradicts is left out; that is an error "
     "of snug, and always reported.\n\n"
     "FILES select units of the database. A header selects one unit that includes it, and then "
     "only what that header declares is reported. With flags after '--' the database is ignored "
     "and the files are compiled with those flags; with neither database nor flags they are "
     "compiled with the defaults of their language. Files that end in .snug are parts that 'snug "
     "scan' wrote; they are merged.\n\n"
     "What is reported are records and code below the project root, never system headers unless "
     "--system-headers asks for them. A finding is reported once for each declaration, however "
     "many units include it. A report is for one target; units for another one are named as "
     "skipped.",
     check_examples, run_check},
    {"fix", on_fix, "[FILES...] [-p DIR] [--safety S] [--dry-run] [-- FLAGS...]",
     "apply proven fixes to the sources",
     "Runs the checks and applies the fixes that the compiler confirms in every unit that sees the "
     "type. A reorder takes along what depends on the order and can be seen: initialiser lists of "
     "constructors, values in braces and parentheses, designators, structured bindings. Where code "
     "has to follow that cannot be rewritten with certainty (macros, #if, templates, arguments "
     "that pass through other code, values whose order of evaluation can be noticed), the fix is "
     "refused and the place is shown. What may depend on the order of fields is listed in "
     "'snug explain padding'.\n\n"
     "Before a byte is written, every unit that includes an edited file is compiled again with all "
     "edits together. The files are then replaced all or none: each is the old one or the new one "
     "at any time, and what a run that was cut off began, the next one ends. Permissions, line "
     "ends "
     "and symbolic links stay. Never changed are files outside of the project root, in the build "
     "folder, made by programs (as their first comment or #line directives say) or read-only, and "
     "files that changed since they were read.\n\n"
     "FILES choose what is fixed; all units of the database are read, since any may use it. "
     "Without a database only FILES are changed. A second run has nothing left to do. The exit "
     "status is 0 if everything that was asked for is done, 1 if a fix of the safety asked for "
     "could not be applied, also because code has to follow it by hand (or --dry-run has something "
     "to show), 2 if the job could not be done.",
     fix_examples, run_fix},
    {"show", on_show, "TYPE... [FILES...] [-p DIR] [-- FLAGS...]", "draw the layout of types",
     "Prints each record as it is in memory: offset, size, type and name of every part, padding "
     "and the borders of cache lines in place, and a bar with one letter for each byte. Where "
     "another order of the fields makes the record smaller, and the compiler has confirmed it, "
     "that order stands beside it.\n\n"
     "A TYPE is the end of a qualified name: Order finds market::Order, Vec<int> finds "
     "ns::Vec<int>, and Vec every instantiation of that template. When several records fit they "
     "are listed, with their sizes; ask again with more of the name. An argument that is an "
     "existing file, or ends like a source file, is one of FILES.",
     show_examples, run_show},
    {"list", on_list, "[FILES...] [-p DIR] [-- FLAGS...]", "rank records by size, padding or waste",
     "Prints a table of the records of the project. Padding is what is between and behind the "
     "fields; waste is the part of it that another order of the fields saves, times the number of "
     "objects that are known from the code (arrays, members of other records), so that the first "
     "row is the first to fix. Code of others that the project bundles is marked (bundled), types "
     "of "
     "tests and benchmarks (test).\n\n"
     "Of a template those instantiations are listed that the code uses. Three kinds of records are "
     "not found, because libclang does not show them: an instantiation that nothing but sizeof, "
     "alignof or a variable template names, one nested in a class template whose size only an "
     "alignas or an enumerator of the instantiation asks for, and a lambda in a constructor "
     "template that is reached through an inherited constructor alone.",
     list_examples, run_list},
    {"diff", on_diff, "OLD NEW", "report what changed between two runs",
     "Compares two JSON reports (snug check --format json), two scans (snug scan) or one of each, "
     "of one target: records that grew, shrank, appeared, vanished or changed at the same size, "
     "slot by slot, the bytes over all, and, between two reports, findings that are new and gone."
     "\n\n"
     "A record that moved to another file or namespace is recognised: by its id, else by its "
     "qualified name, else by its last name if the layouts agree or at least half of the fields "
     "do. Findings are recognised by their fingerprints. Reports for different targets are "
     "refused, because layouts differ from one to another.\n\n"
     "With --format json the output is one object whose key 'schema' is snug-diff/1; a JSON Schema "
     "is installed as share/snug/snug-diff-1.schema.json.",
     diff_examples, run_diff},
    {"scan", on_scan, "-o PART.snug [FILES...] [-p DIR] [--shard K/N] [-- FLAGS...]",
     "read the code now, for 'snug check' to go on later",
     "Reads units and writes what a check needs to know about them to a file, a part. Several, for "
     "example from several machines with --shard, are merged by 'snug check', which then reports "
     "the same bytes as one run over everything; 'snug merge' makes one part of them.\n\n"
     "A part may be checked on another machine and at another path: paths in it are relative to "
     "the project root. The sources are looked for where they were scanned, else in the folder of "
     "--root, else in the current folder and above it. A part holds how each unit was compiled, "
     "and 'snug check' proves fixes with that: where the sources are there, unchanged. A unit that "
     "does not compile there proves nothing, and is reported.",
     scan_examples, run_scan},
    {"merge", on_merge, "PARTS... -o PART.snug", "make one part of many",
     "Joins parts that 'snug scan' or 'snug merge' wrote. Records, functions and uses that several "
     "parts have are stored once. The result is the same, byte for byte, in whatever order and in "
     "however many steps parts are merged, and 'snug check' reports the same for it as for the "
     "parts. Nothing but the parts is read; the sources need not be there.\n\n"
     "Parts that are damaged, of another version of snug or for another target are all named, the "
     "exit status is 2, and nothing is written.",
     merge_examples, run_merge},
    {"prove", on_prove, "PLAN -o ANSWERS [--shard K/N] [--root DIR]",
     "compile planned fixes, for 'snug check --proofs'",
     "Compiles the fixes that 'snug check --plan' wrote down and writes what the compiler said. "
     "The "
     "sources are needed, at any path (see --root), and the headers of the machine that scanned; "
     "parts are not. With all answers 'snug check --proofs' reports the same bytes as without, and "
     "compiles only what followed from an answer that was not expected, or is missing: a lost "
     "machine costs time.\n\n"
     "A fix whose sources changed, or whose compilation did not end, has no answer; that is "
     "reported, "
     "and the exit status is 2.",
     prove_examples, run_prove},
    {"cc", on_cc, "[--] COMPILER ARGUMENTS...",
     "run a compiler, and remember how, for 'snug check'",
     "Runs the command unchanged: with the same streams, environment and signals, and its exit "
     "status. If it succeeds and has compiled C or C++, the command is kept, in place of an "
     "earlier "
     "one for the same file and output. 'snug check' and the other commands use what is kept where "
     "there is no compile_commands.json: projects that are built by make need nothing else. Files "
     "that are gone when the build has ended are passed over. If nothing can be kept, the build "
     "goes on all the same.\n\n"
     "Commands are kept in the nearest folder .snug above the folder where the compiler runs, else "
     "in a new one beside .git or .snug.toml, else in the outermost folder of the build files "
     "around. SNUG_CC_DIR names another folder; 'snug check -p DIR' then reads that. With "
     "SNUG_CC_VERBOSE=1 it reports why a command was not kept.",
     cc_examples, run_cc},
    {"cache", on_cache, "[--clear] [--cache DIR]", "show, or clear, results of earlier runs",
     "Every command that reads code keeps what the front end found in each unit, and what the "
     "compiler said to each fix. The next run uses it again if nothing has changed: not the "
     "versions of snug and libclang, not the flags of the unit, its folder, the answers of its "
     "compiler or the options that matter, not one byte of a file that it reads, and no file has "
     "appeared that an #include would now find first. Times of files do not count. A report is the "
     "same whatever is kept; --timings shows how much was used.\n\n"
     "Kept as well, on this machine alone, are the field orders that took a long search, and what "
     "all checks found: it is reported again while the code, the rules for it, the options of the "
     "checks and what is known about libraries are the same, if no profile is read.\n\n"
     "Results are not kept for units that could not be analysed, that use __DATE__, __TIME__ or "
     "__TIMESTAMP__, that are compiled with modules, precompiled headers, plugins or "
     "-march=native, "
     "or whose compiler did not report where its headers are; --verbose names them. Nor are they "
     "kept "
     "where the folder cannot be written to, or belongs to another user.\n\n"
     "The folder is snug in $XDG_CACHE_HOME, else in ~/.cache; --cache DIR names another one, and "
     "--cache off none. A .snug.toml cannot choose it, as it comes with the code. It holds at most "
     "1 GiB: those results are dropped that were not used for the longest time. Several runs may "
     "use it at once.\n\n"
     "--cache URL names a cache that machines share, beside the folder (--cache off --cache URL: "
     "without one). http://HOST/PATH and https:// are asked with GET and PUT for PATH/NAME, NAME "
     "being 64 hexadecimal digits, as remote caches of Bazel, WebDAV folders and gateways to "
     "object "
     "stores answer; $SNUG_CACHE_TOKEN is sent as a bearer token. "
     "redis://[USER:PASSWORD@]HOST[:PORT]"
     "[/DATABASE] and unix:///SOCKET are asked for snug:NAME. Each name has one result, the last "
     "that "
     "was stored, so let runs of the main branch store and others only read (--cache-read-only). A "
     "result counts if it is whole and all that it was made from is the same here. One that "
     "somebody "
     "made up looks like any other, so let only those write who may change the report; or set "
     "$SNUG_CACHE_SECRET to the same secret for all who may store, and results of others do not "
     "count. A cache that cannot be reached, is slow or makes no sense is given up with a message, "
     "and the run goes on without it.",
     cache_examples, run_cache},
    {"lsp", on_lsp, "[-p DIR] [--log FILE]", "serve an editor: layouts, findings and proven fixes",
     lsp_description, lsp_examples, run_lsp},
    {"explain", on_explain, "CHECK | COMMAND | --list",
     "explain what a check means, why, and when to ignore it",
     "Prints the text of a check's manual page, with its options and their defaults; a command "
     "works too.",
     explain_examples, run_explain},
};

}  // namespace

std::span<const Command> all_commands() {
  return command_list;
}

const Command& find_command(std::string_view name) {
  std::vector<std::string> names = {"help", "version"};
  for (const Command& command : all_commands()) {
    if (command.name == name) {
      return command;
    }
    names.emplace_back(command.name);
  }
  throw Error(fmt::format("there is no command '{}'{} ('snug help' names them all)", name,
                          did_you_mean(name, names)));
}

}  // namespace snug
