#include "app/help/option_table.hpp"

#include <array>
#include <utility>

#include "app/help/option_values.hpp"

namespace snug {
namespace {

constexpr unsigned on_units = on_check | on_show | on_list | on_scan | on_fix;
constexpr unsigned on_reading = on_units | on_lsp;  // What says how code is read.

constexpr std::array<std::pair<std::string_view, Safety>, 3> safeties = {
    {{"safe", Safety::Safe}, {"review", Safety::Review}, {"abi", Safety::Abi}}};
using Whens = std::array<std::pair<std::string_view, When>, 3>;
constexpr Whens whens = {{{"auto", When::Auto}, {"always", When::Always}, {"never", When::Never}}};
constexpr std::array<std::pair<std::string_view, Level>, 2> levels = {
    {{"note", Level::Note}, {"warning", Level::Warning}}};
constexpr std::array<std::pair<std::string_view, FailOn>, 3> fail_ons = {
    {{"note", FailOn::Note}, {"warning", FailOn::Warning}, {"never", FailOn::Never}}};
constexpr std::array<std::pair<std::string_view, Format>, 2> formats = {
    {{"text", Format::Text}, {"json", Format::Json}}};
constexpr std::array<std::pair<std::string_view, Format>, 2> scan_formats = {
    {{"part", Format::Text}, {"json", Format::Json}}};
constexpr std::array<std::pair<std::string_view, SortKey>, 4> sort_keys = {
    {{"size", SortKey::Size},
     {"padding", SortKey::Padding},
     {"waste", SortKey::Waste},
     {"name", SortKey::Name}}};
constexpr std::array<std::pair<std::string_view, FindingOrder>, 2> finding_orders = {
    {{"value", FindingOrder::Value}, {"place", FindingOrder::Place}}};

constexpr std::array<std::pair<std::string_view, DiffFormat>, 3> diff_formats = {
    {{"text", DiffFormat::Text}, {"json", DiffFormat::Json}, {"markdown", DiffFormat::Markdown}}};

constexpr std::uint64_t most_jobs = 4096, most_seconds = 1000000, most_megabytes = 1U << 30U;

const OptionSpec table[] = {
    {"-p,--build", "DIR", on_reading,
     "Folder with compile_commands.json. Without it, the file is searched upwards from the first "
     "of the FILES (else the current folder), at each step also in build*/.",
     [](Options& o, const std::string& v) { o.project.build = text("--build", v); }},
    {"--checks", "LIST", on_check | on_lsp,
     "Checks to run: names and globs, separated by commas, applied from left to right; a '-' in "
     "front takes away, a '+' adds. A list that begins with a plain name starts from nothing, one "
     "that begins with '-' or '+' from all checks.",
     [](Options& o, const std::string& v) { o.check.checks = text("--checks", v); }},
    {"--check,--checks", "LIST", on_fix,
     "Checks whose fixes are applied: names and globs, as for --checks of 'snug check'. Default: "
     "all.",
     [](Options& o, const std::string& v) { o.check.checks = text("--check", v); }},
    {"--safety", "S", on_fix,
     "The most that is applied: safe (no use was seen that a new layout could change, or all of "
     "them are brought into line), review (a person should look) or abi (other binaries or stored "
     "bytes may know the type). Default: safe.",
     [](Options& o, const std::string& v) { o.safety = word("--safety", v, safeties); },
     "safe review abi"},
    {"--dry-run", "", on_fix,
     "Print a diff that 'git apply' accepts instead of changing files. The exit status is 1 if "
     "there is something to change.",
     [](Options& o, const std::string&) { o.writing.dry_run = true; }},
    {"--export-replacements", "FILE", on_fix,
     "Write the edits to this file, in the form that clang-apply-replacements reads, instead of "
     "changing the sources.",
     [](Options& o, const std::string& v) {
       o.writing.replacements = text("--export-replacements", v);
     }},
    {"--option", "CHECK.NAME=N", on_check | on_show | on_list | on_fix | on_lsp,
     "Sets an option of a check, for example padding.min-bytes=16. May be given several times; "
     "'snug explain CHECK' lists the options.",
     set_check_option},
    {"--config", "FILE", on_reading,
     "Configuration to read. Default: the nearest .snug.toml in the folder of the sources or above "
     "it. The command line wins over it.",
     [](Options& o, const std::string& v) { o.project.config = text("--config", v); }},
    {"--baseline", "FILE", on_check,
     "Findings that this file knows are not printed and fail no run; what it knows and nobody "
     "finds any more is reported. A frozen record whose layout differs from the one in the file is "
     "a "
     "finding.",
     [](Options& o, const std::string& v) { o.check.baseline = text("--baseline", v); }},
    {"--write-baseline", "FILE", on_check,
     "Write the findings of this run, and the layouts of frozen records, as a baseline. The exit "
     "status is 0 unless the job could not be done.",
     [](Options& o, const std::string& v) { o.writing.baseline = text("--write-baseline", v); }},
    {"--profile", "FILE", on_check,
     "Counts of a run of the program, as snug::write_access_profile writes them. Findings of "
     "padding, false-sharing, hot-cold and soa-candidate about a record come first where most "
     "accesses were counted; hot-cold and soa-candidate go by the counts instead of the loops of "
     "the code, and warn about records that the program touches often.",
     [](Options& o, const std::string& v) { o.check.profile = text("--profile", v); }},
    {"--since", "REV", on_check,
     "Report only what the lines that changed since a git revision touch: findings on such a line "
     "or with evidence there, and those about a record if a line of its definition changed, or of "
     "the definition of a record that it consists of. REV... means since the branch left REV. "
     "Files that git does not know count as changed.",
     [](Options& o, const std::string& v) { o.check.since = text("--since", v); }},
    {"--staged", "", on_check,
     "Check what the next commit of git will hold: of files that differ on the disk the staged "
     "text "
     "is read, and only what the staged lines touch is reported, as with --since.",
     [](Options& o, const std::string&) { o.check.staged = true; }},
    {"--level", "LEVEL", on_check | on_fix,
     "Lowest level that is reported, in every format, or fixed: note or warning. 'snug fix' "
     "applies the fixes of what 'snug check' reports at the same level. Default: warning.",
     [](Options& o, const std::string& v) { o.check.level = word("--level", v, levels); },
     "note warning"},
    {"--fail-on", "LEVEL", on_check,
     "Findings of this level or above make the exit status 1: note, warning or never. Default: "
     "warning. 'note' implies --level note.",
     [](Options& o, const std::string& v) { o.check.fail_on = word("--fail-on", v, fail_ons); },
     "note warning never"},
    {"--fail-on", "WHAT", on_diff,
     "What makes the exit status 1: growth (a record that both runs have grew), finding (one that "
     "the old run does not have) or never; several are separated by commas. Default: never.",
     set_diff_fail, "growth finding never"},
    {"--prove", "0|N|all", on_check | on_show,
     "Number of units in which each suggested fix is compiled before it is printed, of those that "
     "see the type. With 0 nothing is compiled again, and no edit is printed. The findings are the "
     "same for every number. Default: 1.",
     set_prove},
    {"--plan", "FILE", on_check,
     "Write the fixes to compile to a file, for 'snug prove', instead of compiling and reporting.",
     [](Options& o, const std::string& v) { o.writing.proof_plan = text("--plan", v); }},
    {"--proofs", "FILE", on_check,
     "Answers of 'snug prove', not compiled again. May be given several times.",
     [](Options& o, const std::string& v) { o.proof.answers.push_back(text("--proofs", v)); }},
    {"--sort", "KEY", on_list,
     "Order of the table: size, padding, waste (bytes that a better order of fields saves, times "
     "the objects known from the code) or name. Default: waste.",
     [](Options& o, const std::string& v) { o.printing.sort = word("--sort", v, sort_keys); },
     "size padding waste name"},
    {"--sort", "KEY", on_check,
     "Order of the findings: value (warnings first, many objects before few, then by the bytes "
     "saved times the objects known, then by the cache lines saved) or place (file and line). "
     "Default: value.",
     [](Options& o, const std::string& v) { o.printing.order = word("--sort", v, finding_orders); },
     "value place"},
    {"--top", "N", on_check,
     "Report only the first N findings, in the order of --sort; the summary counts the rest, and "
     "the exit status is that of all.",
     [](Options& o, const std::string& v) { o.printing.top = number("--top", v, 1, 1000000000); }},
    {"--bundled", "", on_check | on_fix,
     "Report (or fix) bundled code too: what is in third_party, vendor, external, deps and the "
     "like, or in a folder with a licence or a repository of its own. Naming one of its FILES does "
     "the same.",
     [](Options& o, const std::string&) { o.check.bundled = true; }},
    {"--top", "N", on_list, "Print only the first N records.",
     [](Options& o, const std::string& v) { o.printing.top = number("--top", v, 1, 1000000000); }},
    {"--targets", "A,B,C", on_show,
     "Lay the types out for several targets (clang's triples) and print them side by side.",
     set_targets},
    {"--target", "TRIPLE", on_reading,
     "Lay everything out for this target instead of the one that each command asks for.",
     [](Options& o, const std::string& v) { o.project.meaning.target = text("--target", v); }},
    {"--cache-line", "N", on_reading,
     "Bytes of a cache line. Default: the target's, 64 nearly everywhere.", set_cache_line},
    {"--layout-only", "", on_units & ~on_fix,
     "Skip the bodies of functions: faster, but uses of a type's field order inside them are not "
     "seen, and checks that need them do not run.",
     [](Options& o, const std::string&) { o.project.meaning.layout_only = true; }},
    {"--root", "DIR", on_reading | on_prove,
     "Project root: records and code below it are reported. Default: the nearest folder above the "
     "sources with .snug.toml or .git, else the deepest folder that holds every source and the "
     "project's own include folders. FILES are reported wherever they are. Parts (*.snug) whose "
     "sources are no longer where they were scanned are read here.",
     [](Options& o, const std::string& v) { o.project.meaning.root = text("--root", v); }},
    {"--exclude", "GLOB", on_reading,
     "Do not report what is in files that match, relative to the root. May be given several "
     "times.",
     [](Options& o, const std::string& v) {
       o.project.meaning.excludes.push_back(text("--exclude", v));
     }},
    {"--system-headers", "", on_reading, "Report records of system headers too.",
     [](Options& o, const std::string&) { o.project.meaning.system_headers = true; }},
    {"--query-driver", "GLOB", on_reading,
     "Compilers of the database that may be run to learn their include paths. Default: ordinary "
     "names (cc, gcc-*, clang++-*, ...) in system folders. May be given several times.",
     [](Options& o, const std::string& v) {
       o.project.meaning.query_drivers.push_back(text("--query-driver", v));
     }},
    {"-j,--jobs", "N", on_reading | on_prove, "Worker processes. Default: one for each core.",
     [](Options& o, const std::string& v) {
       o.project.limits.jobs = static_cast<unsigned>(number("--jobs", v, 1, most_jobs));
     }},
    {"--timeout", "SECONDS", on_reading | on_prove,
     "Abandon a unit after this time. Default: never.",
     [](Options& o, const std::string& v) {
       o.project.limits.timeout = std::chrono::seconds(number("--timeout", v, 1, most_seconds));
     }},
    {"--memory-limit", "MB", on_reading | on_prove,
     "Abandon a unit when its worker takes more memory. Default: three quarters of the machine's "
     "memory shared among the workers, but at least 4096 each.",
     [](Options& o, const std::string& v) {
       o.project.limits.memory_limit_mb = number("--memory-limit", v, 1, most_megabytes);
     }},
    {"--cache", "DIR|URL|off", on_reading | on_cache,
     "Where results of the front end outlive a run, so that a unit is parsed, and a fix compiled, "
     "only if something that it reads has changed: a folder, or a cache that machines share at "
     "http://, https:// or redis://. Default: snug in $XDG_CACHE_HOME, else in ~/.cache. The "
     "report is the same with 'off'. See 'snug help cache'.",
     set_cache},
    {"--cache-read-only", "", on_reading,
     "Use the results of the named cache and store none in it.",
     [](Options& o, const std::string&) { o.cache_read_only = true; }},
    {"--no-preamble", "", on_reading,
     "Parse the standard headers in every unit anew. Without it units with the same flags share a "
     "compiled form of them where that changes nothing; --timings shows for how many.",
     [](Options& o, const std::string&) { o.project.limits.share_headers = false; }},
    {"--clear", "", on_cache, "Remove all results.",
     [](Options& o, const std::string&) { o.clear_cache = true; }},
    {"--keep-going", "", on_units,
     "Do not let units that could not be analysed make the exit status 2, unless there is no other "
     "unit.",
     [](Options& o, const std::string&) { o.failing.keep_going = true; }},
    {"--depfile", "FILE", on_scan,
     "Write the files of the project that were read as a rule of a Makefile, for build systems. "
     "Units that could not be analysed are then no failure of the scan: the part names them, "
     "'snug check' reports them, and the rule asks for another scan in the next build.",
     [](Options& o, const std::string& v) { o.writing.depfile = text("--depfile", v); }},
    {"--shard", "K/N", on_scan | on_prove,
     "Only the K-th of N equal parts of the units, or proofs: for several machines.", set_shard},
    {"--format", "FORMAT", on_check, format_text(),
     [](Options& o, const std::string& v) { o.printing.format = report_format(v); },
     format_names()},
    {"--source-url", "TEMPLATE", on_check,
     "Where the source is on the web, for links in the HTML report: {file} and {line} are put in, "
     "for "
     "example 'https://git.example/project/blob/main/{file}#L{line}'.",
     set_source_url},
    {"--no-diff", "", on_check, "Leave the edits of fixes out of the text format.",
     [](Options& o, const std::string&) { o.printing.diffs = false; }},
    {"--format", "FORMAT", on_show | on_list, "text or json. Default: text.",
     [](Options& o, const std::string& v) { o.printing.format = word("--format", v, formats); },
     "text json"},
    {"--format", "FORMAT", on_scan,
     "part (for other commands of snug, with -o) or json: the records as a report without "
     "findings, to "
     "be read by people and programs. Default: part.",
     [](Options& o, const std::string& v) {
       o.printing.format = word("--format", v, scan_formats);
     },
     "part json"},
    {"--format", "FORMAT", on_diff,
     "text, json (snug-diff/1) or markdown (tables for the comment of a pull request). Default: "
     "text.",
     [](Options& o, const std::string& v) {
       o.printing.diff_format = word("--format", v, diff_formats);
     },
     "text json markdown"},
    {"-o,--output", "FILE", on_units | on_diff | on_merge | on_prove,
     "Write to this file instead of standard output. The file is replaced only when all of it is "
     "there.",
     [](Options& o, const std::string& v) { o.printing.output = text("--output", v); }},
    {"--color", "WHEN", on_units | on_diff,
     "auto, always or never. Default: auto, that is on a terminal unless NO_COLOR is set.",
     [](Options& o, const std::string& v) { o.printing.color = word("--color", v, whens); },
     "auto always never"},
    {"--progress", "WHEN", on_units,
     "A progress line on standard error: auto, always or never. Default: auto, that is on a "
     "terminal.",
     [](Options& o, const std::string& v) { o.printing.progress = word("--progress", v, whens); },
     "auto always never"},
    {"--verbose", "", on_units,
     "Report on standard error which root, database and units are used, and which suggestions the "
     "compiler rejected and why.",
     [](Options& o, const std::string&) { o.printing.verbose = true; }},
    {"--timings", "", on_units,
     "Report how long each step and each check took, how many proofs were made and how much came "
     "from the cache, on standard error; the times in JSON reports too.",
     [](Options& o, const std::string&) { o.printing.timings = true; }},
    {"--log", "FILE", on_lsp, "Append what happens to this file, a line each.",
     [](Options& o, const std::string& v) { o.writing.log = text("--log", v); }},
    {"--stdio", "", on_lsp, "Speak on standard input and output, as it always does.",
     [](Options&, const std::string&) {}},
    {"--list", "", on_explain, "List everything that can be explained.",
     [](Options& o, const std::string&) { o.list_topics = true; }},
    {"--man", "", on_explain, "Print the manual page in roff instead of plain text.",
     [](Options& o, const std::string&) { o.man_page = true; }},
    {"-h,--help", "", on_reading | on_diff | on_explain | on_cache | on_merge | on_cc | on_prove,
     "Print this help.", [](Options& o, const std::string&) { o.help = true; }},
};

}  // namespace

std::span<const OptionSpec> option_table() {
  return table;
}

}  // namespace snug
