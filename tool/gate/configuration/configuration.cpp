#include "gate/configuration/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/spelling.hpp"
#include "gate/configuration/error_list.hpp"
#include "gate/configuration/read_known.hpp"
#include "gate/configuration/toml_table.hpp"

namespace snug {
namespace {

using configuration::joined;
using configuration::range_of;
using configuration::Table;

class Reader : private configuration::Values {
 public:
  Reader(std::string file, const std::vector<KnownCheck>& checks)
      : Values(std::move(file)), checks_(checks) {}

  Configuration read(const toml::table& root) {
    out_.file = file();
    Table(root, file(), "the configuration")
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
               for (std::string& name : strings(value, "thread-entries")) {
                 out_.known.functions.push_back(
                     {std::move(name), {Effect::HandsToPool, Effect::FirstCallable}});
               }
             })
        .key("known",
             [&](const toml::node& value, const SourceRange& where) {
               configuration::read_known(*this, value, where, out_.known);
             })
        .key("report",
             [&](const toml::node& value, const SourceRange&) {
               Table(table(value, "report"), file(), "[report]")
                   .key("bundled",
                        [&](const toml::node& globs, const SourceRange&) {
                          out_.bundled = strings(globs, "bundled");
                        })
                   .read();
             })
        .key("check", [&](const toml::node& value, const SourceRange&) { check_tables(value); })
        .key("budget",
             [&](const toml::node& value, const SourceRange& where) { budgets(value, where); })
        .read();
    return std::move(out_);
  }

 private:
  Level level(const toml::node& node, std::string_view key) const {
    return word(node, key, {"note", "warning"}) == "note" ? Level::Note : Level::Warning;
  }

  void checks(const toml::node& value, const SourceRange& where) {
    out_.checks = joined(strings(value, "checks"), ",");
    out_.checks_at = where;
  }

  void check_tables(const toml::node& node) {
    std::vector<std::string> ids;
    for (const KnownCheck& check : checks_) ids.push_back(check.id);
    configuration::ErrorList errors;
    for (const auto& entry : table(node, "check")) {
      errors.attempt([&] { named_table(entry.first, entry.second, ids); });
    }
    errors.raise();
  }

  void named_table(const toml::key& key, const toml::node& value,
                   const std::vector<std::string>& ids) {
    const std::string id(key.str());
    const auto known = std::find(ids.begin(), ids.end(), id);
    if (known == ids.end()) {
      throw Error(fmt::format("{}: there is no check '{}'{} ('snug explain --list' names them all)",
                              place_text(range_of(key.source(), file())), id,
                              did_you_mean(id, ids)));
    }
    check_table(checks_[static_cast<std::size_t>(known - ids.begin())],
                table(value, "check." + id));
  }

  void check_table(const KnownCheck& check, const toml::table& node) {
    Table keys(node, file(), fmt::format("[check.{}]", check.id));
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
    configuration::ErrorList errors;
    for (const toml::node& item : *node.as_array()) {
      errors.attempt([&] { budget(table(item, "budget")); });
    }
    errors.raise();
  }

  void budget(const toml::table& node) {
    BudgetEntry entry;
    entry.where = range_of(node.source(), file());
    const auto limit = [&](std::optional<Limit>& into, std::string name) {
      return [&into, name, this](const toml::node& value, const SourceRange& where) {
        into = Limit{number(value, name), where};
      };
    };
    Table(node, file(), "[[budget]]")
        .key("types", [&](const toml::node& value,
                          const SourceRange&) { entry.types = strings(value, "types"); })
        .key("max-size", limit(entry.max_size, "max-size"))
        .key("max-padding", limit(entry.max_padding, "max-padding"))
        .key("max-lines", limit(entry.max_lines, "max-lines"))
        .key("frozen",
             [&](const toml::node& value, const SourceRange& where) {
               if (truth(value, "frozen")) entry.frozen = where;
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
  try {
    return Reader(file, checks).read(root);
  } catch (const Error& error) {
    throw Error(configuration::errors_in_order(error.what(), file));
  }
}

}  // namespace snug
