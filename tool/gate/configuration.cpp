#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include "gate/configuration.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <functional>

#include "base/error.hpp"
#include "base/spelling.hpp"

namespace snug {
namespace {

SourceRange range_of(const toml::source_region& source, const std::string& file) {
  SourceRange range;
  range.file = file;
  range.line = source.begin.line;
  range.column = source.begin.column;
  range.end_line = source.end.line;
  range.end_column = source.end.column;
  return range;
}

/// One table of the file, with what may stand in it.
class Table {
 public:
  using Take = std::function<void(const toml::node& value, const SourceRange& where)>;

  Table(const toml::table& table, const std::string& file, std::string name)
      : table_(table), file_(file), name_(std::move(name)) {}

  Table& key(std::string name, Take take) {
    names_.push_back(std::move(name));
    takes_.push_back(std::move(take));
    return *this;
  }

  /// Hands every value to its taker. Throws Error for a key that nobody takes.
  void read() const {
    for (const auto& [key, value] : table_) {
      const auto known = std::find(names_.begin(), names_.end(), key.str());
      const SourceRange where = range_of(key.source(), file_);
      if (known == names_.end()) {
        throw Error(fmt::format("{}: there is no key '{}' in {}{} (its keys are {})",
                                place_text(where), key.str(), name_,
                                did_you_mean(key.str(), names_), fmt::join(names_, ", ")));
      }
      takes_[static_cast<std::size_t>(known - names_.begin())](value, where);
    }
  }

 private:
  const toml::table& table_;
  const std::string& file_;
  std::string name_;
  std::vector<std::string> names_;
  std::vector<Take> takes_;
};

std::string_view type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a point";
    case toml::node_type::boolean:
      return "a truth value";
    default:
      return "a date or time";
  }
}

class Reader {
 public:
  Reader(std::string file, const std::vector<KnownCheck>& checks)
      : file_(std::move(file)), checks_(checks) {}

  Configuration read(const toml::table& root) {
    out_.file = file_;
    Table(root, file_, "the configuration")
        .key("checks",
             [&](const toml::node& value, const SourceRange& where) { checks(value, where); })
        .key("level", [&](const toml::node& value,
                          const SourceRange&) { out_.level = level(value, "level"); })
        .key("fail-on",
             [&](const toml::node& value, const SourceRange&) {
               out_.fail_on = word(value, "fail-on", {"note", "warning", "never"});
             })
        .key("exclude", [&](const toml::node& value,
                            const SourceRange&) { out_.excludes = strings(value, "exclude"); })
        .key("public-headers",
             [&](const toml::node& value, const SourceRange&) {
               out_.public_headers = strings(value, "public-headers");
             })
        .key("thread-entries",
             [&](const toml::node& value, const SourceRange&) {
               out_.thread_entries = strings(value, "thread-entries");
             })
        .key("check", [&](const toml::node& value, const SourceRange&) { check_tables(value); })
        .key("budget",
             [&](const toml::node& value, const SourceRange& where) { budgets(value, where); })
        .read();
    return std::move(out_);
  }

 private:
  [[noreturn]] void wrong(const toml::node& node, std::string_view key,
                          std::string_view wanted) const {
    throw Error(fmt::format("{}: '{}' has to be {}, not {}",
                            place_text(range_of(node.source(), file_)), key, wanted,
                            type_name(node)));
  }

  const toml::table& table(const toml::node& node, std::string_view key) const {
    if (!node.is_table()) wrong(node, key, "a table");
    return *node.as_table();
  }

  std::string string(const toml::node& node, std::string_view key) const {
    const auto* text = node.as_string();
    if (text == nullptr) wrong(node, key, "a string");
    if (text->get().empty() || text->get().find('\0') != std::string::npos) {
      throw Error(fmt::format("{}: '{}' cannot be empty or hold a NUL",
                              place_text(range_of(node.source(), file_)), key));
    }
    return text->get();
  }

  /// A list of strings; one string stands for a list of one.
  std::vector<std::string> strings(const toml::node& node, std::string_view key) const {
    if (node.is_string()) return {string(node, key)};
    if (!node.is_array()) wrong(node, key, "a list of strings");
    std::vector<std::string> values;
    for (const toml::node& item : *node.as_array()) {
      values.push_back(string(item, fmt::format("each item of {}", key)));
    }
    return values;
  }

  std::uint64_t number(const toml::node& node, std::string_view key) const {
    const auto* value = node.as_integer();
    if (value == nullptr) wrong(node, key, "a whole number");
    if (value->get() < 0) {
      throw Error(fmt::format("{}: '{}' cannot be negative",
                              place_text(range_of(node.source(), file_)), key));
    }
    return static_cast<std::uint64_t>(value->get());
  }

  std::string word(const toml::node& node, std::string_view key,
                   const std::vector<std::string>& words) const {
    std::string value = string(node, key);
    if (std::find(words.begin(), words.end(), value) != words.end()) return value;
    throw Error(fmt::format("{}: '{}' cannot be '{}': it is one of {}{}",
                            place_text(range_of(node.source(), file_)), key, value,
                            fmt::join(words, ", "), did_you_mean(value, words)));
  }

  Level level(const toml::node& node, std::string_view key) const {
    return word(node, key, {"note", "warning"}) == "note" ? Level::Note : Level::Warning;
  }

  void checks(const toml::node& value, const SourceRange& where) {
    out_.checks = fmt::format("{}", fmt::join(strings(value, "checks"), ","));
    out_.checks_at = where;
  }

  void check_tables(const toml::node& node) {
    std::vector<std::string> ids;
    for (const KnownCheck& check : checks_) ids.push_back(check.id);
    for (const auto& [key, value] : table(node, "check")) {
      const std::string id(key.str());
      const auto known = std::find(ids.begin(), ids.end(), id);
      if (known == ids.end()) {
        throw Error(
            fmt::format("{}: there is no check '{}'{} ('snug explain --list' names them all)",
                        place_text(range_of(key.source(), file_)), id, did_you_mean(id, ids)));
      }
      check_table(checks_[static_cast<std::size_t>(known - ids.begin())],
                  table(value, "check." + id));
    }
  }

  void check_table(const KnownCheck& check, const toml::table& node) {
    Table keys(node, file_, fmt::format("[check.{}]", check.id));
    keys.key("level", [&](const toml::node& value, const SourceRange&) {
      out_.levels[check.id] = level(value, "level");
    });
    for (const std::string& option : check.options) {
      keys.key(option, [&](const toml::node& value, const SourceRange&) {
        out_.options[check.id + "." + option] = number(value, option);
      });
    }
    keys.read();
  }

  void budgets(const toml::node& node, const SourceRange& where) {
    if (!node.is_array()) {
      throw Error(
          fmt::format("{}: a budget is written [[budget]], with two brackets", place_text(where)));
    }
    for (const toml::node& item : *node.as_array()) budget(table(item, "budget"));
  }

  void budget(const toml::table& node) {
    BudgetEntry entry;
    entry.where = range_of(node.source(), file_);
    const auto limit = [&](std::optional<Limit>& into, std::string name) {
      return [&into, name, this](const toml::node& value, const SourceRange& where) {
        into = Limit{number(value, name), where};
      };
    };
    Table(node, file_, "[[budget]]")
        .key("types", [&](const toml::node& value,
                          const SourceRange&) { entry.types = strings(value, "types"); })
        .key("max-size", limit(entry.max_size, "max-size"))
        .key("max-padding", limit(entry.max_padding, "max-padding"))
        .key("max-lines", limit(entry.max_lines, "max-lines"))
        .key("frozen",
             [&](const toml::node& value, const SourceRange& where) {
               const auto* on = value.as_boolean();
               if (on == nullptr) wrong(value, "frozen", "true or false");
               if (on->get()) entry.frozen = where;
             })
        .read();
    if (entry.types.empty()) {
      throw Error(fmt::format("{}: a budget needs 'types', a list of globs like \"market::Order\"",
                              place_text(entry.where)));
    }
    if (!node.contains("frozen") && !entry.max_size && !entry.max_padding && !entry.max_lines) {
      throw Error(
          fmt::format("{}: a budget needs a limit: max-size, max-padding, max-lines or frozen",
                      place_text(entry.where)));
    }
    out_.budgets.push_back(std::move(entry));
  }

  std::string file_;
  const std::vector<KnownCheck>& checks_;
  Configuration out_;
};

}  // namespace

std::string place_text(const SourceRange& where) {
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

std::string Configuration::folder() const {
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? std::string() : file.substr(0, slash);
}

Configuration read_configuration(std::string_view text, const std::string& file,
                                 const std::vector<KnownCheck>& checks) {
  toml::table root;
  try {
    root = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw Error(
        fmt::format("{}: {}", place_text(range_of(error.source(), file)), error.description()));
  }
  return Reader(file, checks).read(root);
}

}  // namespace snug
