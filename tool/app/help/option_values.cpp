#include "app/help/option_values.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "report/formats/formats.hpp"
#include "session/shared/store.hpp"

namespace snug {

std::uint64_t number(std::string_view option, const std::string& value, std::uint64_t least,
                     std::uint64_t most) {
  std::uint64_t result = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, result);
  if (value.empty() || error != std::errc() || stop != end || result < least || result > most) {
    throw Error(
        fmt::format("{} needs a whole number from {} to {}, not '{}'", option, least, most, value));
  }
  return result;
}

std::string text(std::string_view option, const std::string& value) {
  if (value.empty()) {
    throw Error(fmt::format("{} needs a value, not an empty string", option));
  }
  return value;
}

Format report_format(const std::string& value) {
  std::vector<std::string> known;
  for (const FormatSpec& spec : report_formats()) {
    if (spec.name == value) return spec.format;
    known.emplace_back(spec.name);
  }
  throw Error(fmt::format("--format cannot be '{}': it is one of {}{}", value,
                          fmt::join(known, ", "), did_you_mean(value, known)));
}

/// "text (as compilers print), json (...) or html (...). Default: text."
std::string_view format_text() {
  static const std::string made = [] {
    std::string text;
    const auto specs = report_formats();
    for (const FormatSpec& spec : specs) {
      const bool last = &spec == &specs.back();
      text += fmt::format("{}{} ({})",
                          text.empty() ? ""
                          : last       ? " or "
                                       : ", ",
                          spec.name, spec.summary);
    }
    return text + ". Default: text.";
  }();
  return made;
}

std::string_view format_names() {
  static const std::string made = [] {
    std::vector<std::string_view> names;
    for (const FormatSpec& spec : report_formats()) names.push_back(spec.name);
    return fmt::format("{}", fmt::join(names, " "));
  }();
  return made;
}

namespace {

enum class DiffFail : std::uint8_t { Growth, Finding, Never };
constexpr std::array<std::pair<std::string_view, DiffFail>, 3> diff_fails = {
    {{"growth", DiffFail::Growth}, {"finding", DiffFail::Finding}, {"never", DiffFail::Never}}};

}  // namespace

void set_diff_fail(Options& options, const std::string& value) {
  options.failing.growth = options.failing.new_findings = false;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(',', begin), value.size());
    const DiffFail fail = word("--fail-on", value.substr(begin, end - begin), diff_fails);
    options.failing.growth = options.failing.growth || fail == DiffFail::Growth;
    options.failing.new_findings = options.failing.new_findings || fail == DiffFail::Finding;
    begin = end + 1;
  }
}

void set_cache(Options& options, const std::string& value) {
  if (names_store(value)) {
    (void)parse_store_place(value);
    options.shared_cache = value;
  } else {
    options.cache = text("--cache", value);
  }
}

void set_cache_line(Options& options, const std::string& value) {
  constexpr std::uint64_t largest = 4096;
  const std::uint64_t bytes = number("--cache-line", value, 1, largest);
  if ((bytes & (bytes - 1)) != 0) {
    throw Error(fmt::format("--cache-line needs a power of two, not {}", bytes));
  }
  options.project.meaning.cache_line = static_cast<std::uint32_t>(bytes);
}

void set_source_url(Options& options, const std::string& value) {
  const bool web = value.starts_with("https://") || value.starts_with("http://");
  if (!web || value.find("{file}") == std::string::npos) {
    throw Error(fmt::format(
        "--source-url needs an address of the web with {{file}} and {{line}} in it (for example "
        "https://git.example/project/blob/main/{{file}}#L{{line}}), not '{}'",
        value));
  }
  options.printing.source_url = value;
}

void set_targets(Options& options, const std::string& value) {
  options.targets.clear();
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(',', begin), value.size());
    options.targets.push_back(text("--targets", value.substr(begin, end - begin)));
    begin = end + 1;
  }
}

void set_prove(Options& options, const std::string& value) {
  options.proof.units =
      value == "all" ? all_units : static_cast<std::uint32_t>(number("--prove", value, 0, 1000000));
}

void set_check_option(Options& options, const std::string& value) {
  const std::size_t equals = value.find('='), dot = value.rfind('.', equals);
  if (equals == std::string::npos || dot == std::string::npos || dot == 0 || dot + 1 == equals) {
    throw Error(fmt::format(
        "--option needs CHECK.NAME=NUMBER (for example padding.min-bytes=16), not '{}'", value));
  }
  options.check.options[value.substr(0, equals)] =
      number(value.substr(0, equals), value.substr(equals + 1), 0,
             std::numeric_limits<std::int64_t>::max());
}

void set_shard(Options& options, const std::string& value) {
  const std::size_t slash = value.find('/');
  constexpr std::uint64_t most = 1000000;
  if (slash == std::string::npos) {
    throw Error(fmt::format("--shard needs K/N (for example 2/8), not '{}'", value));
  }
  const std::uint64_t count = number("N of --shard K/N", value.substr(slash + 1), 1, most);
  const std::uint64_t index = number("K of --shard K/N", value.substr(0, slash), 1, count);
  options.project.shard = {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(count)};
}

}  // namespace snug
