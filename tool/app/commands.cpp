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
};

const Example cache_examples[] = {
    {"snug cache", "tells how much is kept, and how often it was of use"},
    {"snug cache --clear", "removes it"},
    {"snug check -p build --cache /var/cache/ci/snug", "keeps results for the next job of a CI"},
    {"snug check -p build --cache off", "parses everything, and keeps nothing"},
};

const Example lsp_examples[] = {
    {"snug lsp", "serves an editor, which starts it"},
    {"snug lsp -p out/debug", "with the database of that folder"},
    {"snug lsp --log /tmp/snug-lsp.log", "and tells what happens"},
};

const Example explain_examples[] = {
    {"snug explain --list", "names every check"},
    {"snug explain padding", "tells what the check means and when to ignore it"},
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
     "of snug, and always told.\n\n"
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
     "refused and the place is told. What may depend on the order of fields is listed in "
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
     "could not be applied (or --dry-run has something to show), 2 if the job could not be done.",
     fix_examples, run_fix},
    {"show", on_show, "TYPE... [FILES...] [-p DIR] [-- FLAGS...]", "draw the layout of types",
     "Prints each record as it lies in memory: offset, size, type and name of every part, padding "
     "and the borders of cache lines in place, and a bar with one letter for each byte. Where "
     "another order of the fields makes the record smaller, and the compiler has confirmed it, "
     "that order stands beside it.\n\n"
     "A TYPE is the end of a qualified name: Order finds market::Order, Vec<int> finds "
     "ns::Vec<int>, and Vec every instantiation of that template. When several records fit they "
     "are listed, with their sizes; ask again with more of the name. An argument that is an "
     "existing file, or ends like a source file, is one of FILES.",
     show_examples, run_show},
    {"list", on_list, "[FILES...] [-p DIR] [-- FLAGS...]", "rank records by size, padding or waste",
     "Prints a table of the records of the project. Padding is what lies between and behind the "
     "fields; waste is the part of it that another order of the fields saves, times the number of "
     "objects that are known from the code (arrays, members of other records), so that the first "
     "row is the first to fix. Code of others that the project bundles is marked (bundled), types "
     "of "
     "tests and benchmarks (test).\n\n"
     "Of a template those instantiations are listed that the code uses. Two kinds of records are "
     "not "
     "found, because libclang does not show them: one nested in a class template whose size only "
     "an "
     "alignas or an enumerator of the instantiation asks for, and a lambda in a constructor "
     "template that is reached through an inherited constructor alone.",
     list_examples, run_list},
    {"diff", on_diff, "OLD NEW", "tell what changed between two runs",
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
     "Reads units and writes what a check needs to know about them to a file. Several such files, "
     "for example from several machines with --shard, are merged by 'snug check', which then "
     "reports the same bytes as one run over everything. A part holds how each unit was compiled, "
     "and 'snug check' proves fixes with that: where the sources are there, unchanged. A unit that "
     "does not compile there proves nothing, and is told.",
     scan_examples, run_scan},
    {"cache", on_cache, "[--clear] [--cache DIR]", "tell about, or clear, results of earlier runs",
     "Every command that reads code keeps what the front end found in each unit, and what the "
     "compiler said to each fix. The next run uses it again if nothing has changed: not the "
     "versions of snug and libclang, not the flags of the unit, its folder, the answers of its "
     "compiler or the options that matter, not one byte of a file that it reads, and no file has "
     "appeared that an #include would now find first. Times of files do not count. A report is the "
     "same whatever is kept; --timings tells how much was used.\n\n"
     "Results are not kept for units that could not be analysed, that use __DATE__, __TIME__ or "
     "__TIMESTAMP__, that are compiled with modules, precompiled headers, plugins or "
     "-march=native, "
     "or whose compiler did not tell where its headers are; --verbose names them. Nor are they "
     "kept "
     "where the folder cannot be written to, or belongs to another user.\n\n"
     "The folder is snug in $XDG_CACHE_HOME, else in ~/.cache; --cache DIR names another one, and "
     "--cache off none. A .snug.toml cannot choose it, as it comes with the code. It holds at most "
     "1 GiB: those results are dropped that were not used for the longest time. Several runs may "
     "use "
     "it at once.",
     cache_examples, run_cache},
    {"lsp", on_lsp, "[-p DIR] [--log FILE]", "serve an editor: layouts, findings and proven fixes",
     lsp_description, lsp_examples, run_lsp},
    {"explain", on_explain, "CHECK | COMMAND | --list",
     "tell what a check means, why, and when to ignore it",
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
