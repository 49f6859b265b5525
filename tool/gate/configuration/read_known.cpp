// What a project says of its own types and functions, as rows of the same form as the tables of the
// libraries:
//
//   [[known.type]]
//   name = "app::SmallVector"     # with as many scopes as are told
//   role = "vector"               # or a list of roles
//   element = 0                   # the template argument that is held; of maps also key
//
//   [[known.function]]
//   name = "app::Pool::submit"
//   effect = "pool"
//   entry = 0                     # the argument that runs, counted from 0; default: the first that
//                                 # can be called
//   object = 1                    # the argument that is locked, joined ...
//   many = true                   # it runs on several threads at a time
//   waits = true                  # the call comes back when all has run
#include "gate/configuration/read_known.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/error.hpp"
#include "base/spelling.hpp"
#include "gate/configuration/configuration.hpp"
#include "gate/configuration/error_list.hpp"

namespace snug::configuration {
namespace {

/// Arguments are counted from 0; nobody has more.
constexpr std::uint64_t most_arguments = 100;

std::string words_of(const auto& table) {
  std::string text;
  for (const auto& one : table) text += (text.empty() ? "" : ", ") + std::string(one.word);
  return text;
}

/// The bits that the words stand for.
template <class Word, class Set>
Set bits_of(const Values& values, const toml::node& node, std::string_view key,
            const std::vector<Word>& table, Set Word::* bits) {
  Set all;
  for (const std::string& word : values.strings(node, key)) {
    const auto known =
        std::find_if(table.begin(), table.end(), [&](const Word& one) { return one.word == word; });
    if (known == table.end()) {
      std::vector<std::string> names;
      for (const Word& one : table) names.emplace_back(one.word);
      throw Error(fmt::format("{}: '{}' cannot be '{}': it is one of {}{}",
                              place_text(range_of(node.source(), values.file())), key, word,
                              words_of(table), did_you_mean(word, names)));
    }
    all |= (*known).*bits;
  }
  return all;
}

/// A name with its scopes, without template arguments and parentheses.
std::string name_of(const Values& values, const toml::node& node) {
  std::string name = values.string(node, "name");
  if (name.starts_with("::")) name.erase(0, 2);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':' || c == '~';
  });
  const bool ends = name.ends_with(':') || name.empty();
  if (!plain || ends) {
    throw Error(
        fmt::format("{}: 'name' has to be a name with its scopes like \"app::Pool\", without "
                    "arguments, not '{}'",
                    place_text(range_of(node.source(), values.file())), name));
  }
  return name;
}

std::int8_t argument(const Values& values, const toml::node& node, std::string_view key) {
  const std::uint64_t number = values.number(node, key);
  if (number > most_arguments) {
    throw Error(fmt::format("{}: '{}' is the number of an argument, counted from 0, not {}",
                            place_text(range_of(node.source(), values.file())), key, number));
  }
  return static_cast<std::int8_t>(number);
}

void needs(const Values& values, const toml::table& table, std::string_view name, bool given,
           std::string_view key, std::string_view example) {
  if (given) return;
  throw Error(fmt::format("{}: a {} needs '{}', like {}",
                          place_text(range_of(table.source(), values.file())), name, key, example));
}

OwnType read_type(const Values& values, const toml::table& table) {
  OwnType type;
  Table(table, values.file(), "[[known.type]]")
      .key("name",
           [&](const toml::node& value, const SourceRange&) { type.name = name_of(values, value); })
      .key("role",
           [&](const toml::node& value, const SourceRange&) {
             type.roles = bits_of(values, value, "role", role_words(), &RoleWord::roles);
           })
      .key("element",
           [&](const toml::node& value, const SourceRange&) {
             type.element = argument(values, value, "element");
           })
      .key("key", [&](const toml::node& value,
                      const SourceRange&) { type.key = argument(values, value, "key"); })
      .read();
  needs(values, table, "known type", !type.name.empty(), "name", "\"app::SmallVector\"");
  needs(values, table, "known type", !type.roles.empty(), "role", "\"vector\"");
  if (type.roles.has(TypeRole::Map)) {
    if (!table.contains("element")) type.element = 1;
    if (!table.contains("key")) type.key = 0;
  } else if (table.contains("key")) {
    throw Error(fmt::format("{}: only a map has a 'key'",
                            place_text(range_of(table.source(), values.file()))));
  }
  return type;
}

OwnFunction read_function(const Values& values, const toml::table& table) {
  OwnFunction function;
  Table(table, values.file(), "[[known.function]]")
      .key("name", [&](const toml::node& value,
                       const SourceRange&) { function.name = name_of(values, value); })
      .key("effect",
           [&](const toml::node& value, const SourceRange&) {
             function.effects =
                 bits_of(values, value, "effect", effect_words(), &EffectWord::effects);
           })
      .key("entry", [&](const toml::node& value,
                        const SourceRange&) { function.entry = argument(values, value, "entry"); })
      .key("object",
           [&](const toml::node& value, const SourceRange&) {
             function.object = argument(values, value, "object");
           })
      .key("many", [&](const toml::node& value,
                       const SourceRange&) { function.many = values.truth(value, "many"); })
      .key("waits", [&](const toml::node& value,
                        const SourceRange&) { function.waits = values.truth(value, "waits"); })
      .read();
  needs(values, table, "known function", !function.name.empty(), "name", "\"app::Pool::submit\"");
  needs(values, table, "known function", !function.effects.empty(), "effect", "\"pool\"");
  const bool runs = function.effects.has_any({Effect::StartsThread, Effect::HandsToPool});
  if (runs && function.entry < 0) function.effects |= Effect::FirstCallable;
  if (!runs && function.entry >= 0) {
    throw Error(fmt::format("{}: 'entry' is for functions that start a thread or hand to a pool",
                            place_text(range_of(table.source(), values.file()))));
  }
  return function;
}

}  // namespace

void read_known(const Values& values, const toml::node& node, const SourceRange& where,
                OwnRows& rows) {
  const auto each = [&](const toml::node& list, const SourceRange& at, std::string_view name,
                        const auto& take) {
    if (!list.is_array()) {
      throw Error(
          fmt::format("{}: a {} is written [[{}]], with two brackets", place_text(at), name, name));
    }
    ErrorList errors;
    for (const toml::node& item : *list.as_array()) {
      errors.attempt([&] { take(values.table(item, name)); });
    }
    errors.raise();
  };
  if (!node.is_table()) {
    throw Error(fmt::format("{}: what is known is written [[known.type]] or [[known.function]]",
                            place_text(where)));
  }
  Table(*node.as_table(), values.file(), "'known'")
      .key("type",
           [&](const toml::node& value, const SourceRange& at) {
             each(value, at, "known.type", [&](const toml::table& table) {
               rows.types.push_back(read_type(values, table));
             });
           })
      .key("function",
           [&](const toml::node& value, const SourceRange& at) {
             each(value, at, "known.function", [&](const toml::table& table) {
               rows.functions.push_back(read_function(values, table));
             });
           })
      .read();
}

}  // namespace snug::configuration
