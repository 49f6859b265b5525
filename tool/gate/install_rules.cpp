// A build that was set up by hand (a Makefile, bear) leaves no list of what it installs; its rules
// do:
//
//   install -m 644 hiredis.h async.h $(INCLUDE)            recipe lines of a Makefile
//   include_HEADERS = event.h evdns.h                      Automake
//   install(FILES ${PUBLIC} DESTINATION include)           CMake, also PUBLIC_HEADER
//   install_headers('lmdb.h')                              Meson
//
// 1. A text is cut into words; what a variable is given is kept by its name.
// 2. Of each rule the words that end like a header are taken, those of variables put in their
// place.
// 3. A header is offered if a rule of a folder between it and the root ends its path, or a README
//    tells to include it.
#include "gate/install_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/glob.hpp"

namespace snug {
namespace {

using RuleWords = std::vector<std::string>;
using RuleVariables = std::map<std::string, RuleWords, std::less<>>;

constexpr std::size_t most_words = 20'000;  ///< Of one rule, with its variables.

bool ends_as_header(std::string_view word) {
  constexpr std::array<std::string_view, 5> ends = {".h", ".hh", ".hpp", ".hxx", ".h++"};
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return word.ends_with(end); });
}

bool is_between_words(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0 || c == '"' || c == '\'' || c == ';' ||
         c == ',' || c == '[' || c == ']' || c == '(' || c == ')';
}

/// The words of a text; `$(x)` and `${x}` stay whole.
RuleWords split_words(std::string_view text) {
  RuleWords words;
  std::string word;
  int depth = 0;  // of brackets behind a '$'
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool opens = (c == '(' || c == '{') && i > 0 && text[i - 1] == '$';
    if (opens) ++depth;
    if (depth == 0 && is_between_words(c)) {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
      continue;
    }
    word += c;
    if (!opens && depth > 0 && (c == ')' || c == '}')) --depth;
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

/// "x" of "$(x)", "${x}", "$(x:%=...)"; else empty.
std::string_view variable_in(std::string_view word) {
  const std::size_t at = word.find('$');
  if (at == std::string_view::npos || at + 2 >= word.size()) return {};
  if (word[at + 1] != '(' && word[at + 1] != '{') return {};
  const std::string_view name = word.substr(at + 2);
  return name.substr(0, name.find_first_of(":)}"));
}

/// Adds the headers among the words; a variable's words once.
void add_headers(const RuleWords& words, const RuleVariables& variables,
                 std::set<std::string>& headers) {
  std::set<std::string_view> seen;
  std::vector<const RuleWords*> open{&words};
  std::size_t looked = 0;
  while (!open.empty()) {
    const RuleWords& next = *open.back();
    open.pop_back();
    for (const std::string& word : next) {
      if (++looked > most_words) return;
      if (ends_as_header(word)) headers.insert(word.substr(word.find_last_of(")}") + 1));
      const std::string_view name = variable_in(word);
      constexpr std::string_view listed = "wildcard ";
      if (name.starts_with(listed)) {
        for (const std::string& one : split_words(name.substr(listed.size()))) {
          if (ends_as_header(one)) headers.insert(one);
        }
      }
      const auto known = name.empty() ? variables.end() : variables.find(name);
      if (known != variables.end() && seen.insert(known->first).second) {
        open.push_back(&known->second);
      }
    }
  }
}

std::string small_letters(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// Lines without their comments; those that end in a backslash are one with the next.
std::vector<std::string> whole_lines(std::string_view text) {
  std::vector<std::string> lines;
  bool joined = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find('#'));
    while (line.ends_with('\r')) line.remove_suffix(1);
    const bool goes_on = line.ends_with('\\');
    if (goes_on) line.remove_suffix(1);
    if (joined) {
      lines.back() += line;
    } else {
      lines.emplace_back(line);
    }
    joined = goes_on;
  }
  return lines;
}

bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The text from behind a bracket to the one that closes it; nothing if none does.
std::optional<std::string_view> inside_brackets(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if ((text[i] == ')' || text[i] == ']') && --depth == 0) {
      return text.substr(open + 1, i - open - 1);
    }
  }
  return std::nullopt;
}

/// Calls of a function in a text, with what stands in their brackets; none inside another. O(text).
template <class Visit>
void for_calls(std::string_view text, std::string_view name, Visit&& visit) {
  std::size_t next = 0;
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, next)) {
    next = at + name.size();
    if (at > 0 && is_of_name(text[at - 1])) continue;
    std::size_t open = next;
    while (open < text.size() && text[open] == ' ') ++open;
    if (open >= text.size() || text[open] != '(') continue;
    const auto inside = inside_brackets(text, open);
    if (!inside) return;
    visit(at, *inside);
    next = open + inside->size();
  }
}

/// Of Meson: `x = files('a.h')` and `x = ['a.h']`.
RuleVariables variables_of_meson(std::string_view text) {
  RuleVariables variables;
  std::size_t next = 0;
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', next)) {
    next = at + 1;
    std::size_t end = at;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '+')) --end;
    std::size_t begin = end;
    while (begin > 0 && is_of_name(text[begin - 1])) --begin;
    const std::size_t open = text.find_first_of("([\n", at);
    if (begin == end || open == std::string_view::npos || text[open] == '\n') continue;
    const std::string name(text.substr(begin, end - begin));
    const auto inside = inside_brackets(text, open);
    if (!inside) break;
    for (std::string& word : split_words(*inside)) variables[name].push_back(std::move(word));
    next = open + inside->size();
  }
  return variables;
}

}  // namespace

std::set<std::string> headers_of_makefile(std::string_view text) {
  RuleVariables variables;
  std::vector<std::string> rules;
  bool installs = false;  // the lines of a target that does
  for (const std::string& line : whole_lines(text)) {
    const bool recipe = line.starts_with('\t');
    const std::size_t equals = line.find('=');
    std::size_t end = equals == std::string::npos ? 0 : equals;
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t' || line[end - 1] == '+' ||
                       line[end - 1] == ':' || line[end - 1] == '?')) {
      --end;
    }
    std::size_t begin = end;
    while (begin > 0 && is_of_name(line[begin - 1])) --begin;
    const bool assigns = !recipe && begin < end && line.find_first_not_of(" \t") == begin;
    if (assigns) {
      const std::string name = line.substr(begin, end - begin);
      for (std::string& word : split_words(std::string_view(line).substr(equals + 1))) {
        variables[name].push_back(std::move(word));
      }
      const bool offered =
          name.ends_with("_HEADERS") && !name.starts_with("noinst") && !name.starts_with("check");
      if (offered) rules.push_back("$(" + name + ")");
    } else if (recipe) {
      if (installs || small_letters(line).find("install") != std::string::npos)
        rules.push_back(line);
    } else if (const std::size_t colon = line.find(':'); colon != std::string::npos) {
      installs = small_letters(std::string_view(line).substr(0, colon)).find("install") !=
                 std::string::npos;
      if (installs) rules.push_back(line.substr(colon + 1));
    }
  }
  std::set<std::string> headers;
  for (const std::string& rule : rules) {
    add_headers(split_words(rule), variables, headers);
  }
  return headers;
}

std::set<std::string> headers_of_cmake(std::string_view text) {
  const std::string low = small_letters(text);  // names of commands have no case
  RuleVariables variables;
  const auto keep = [&](std::string_view inside, std::size_t skipped) {
    RuleWords words = split_words(inside);
    if (words.size() <= skipped) return;
    RuleWords& to = variables[words[skipped]];
    to.insert(to.end(), words.begin() + static_cast<std::ptrdiff_t>(skipped) + 1, words.end());
  };
  const auto original = [&](std::string_view inside) {
    return text.substr(static_cast<std::size_t>(inside.data() - low.data()), inside.size());
  };
  for_calls(low, "set", [&](std::size_t, std::string_view in) { keep(original(in), 0); });
  for_calls(low, "list", [&](std::size_t, std::string_view in) {
    if (in.starts_with("append")) keep(original(in), 1);
  });
  std::set<std::string> headers;
  for_calls(low, "install", [&](std::size_t, std::string_view in) {
    add_headers(split_words(original(in)), variables, headers);
  });
  for (const std::string_view name : {"set_target_properties", "set_property", "target_sources"}) {
    for_calls(low, name, [&](std::size_t, std::string_view in) {
      const bool offered = in.find("public_header") != std::string_view::npos ||
                           in.find("file_set") != std::string_view::npos;
      if (offered) add_headers(split_words(original(in)), variables, headers);
    });
  }
  return headers;
}

std::set<std::string> headers_of_meson(std::string_view text) {
  const RuleVariables given = variables_of_meson(text);
  RuleVariables variables;
  for (const auto& [name, words] : given) variables[name] = words;
  std::set<std::string> headers;
  for_calls(text, "install_headers", [&](std::size_t, std::string_view in) {
    RuleWords words = split_words(in);
    for (std::string& word : words) {
      if (variables.contains(word)) word = "${" + word + "}";
    }
    add_headers(words, variables, headers);
  });
  return headers;
}

std::set<std::string> headers_of_document(std::string_view text) {
  constexpr std::string_view word = "#include";
  std::set<std::string> headers;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + word.size())) {
    const std::size_t begin = text.find_first_not_of(" \t", at + word.size());
    if (begin == std::string_view::npos) break;
    // In HTML the brackets are written out.
    std::string_view rest = text.substr(begin, 200);
    if (rest.starts_with("&lt;")) rest.remove_prefix(3);
    if (rest.empty() || (rest[0] != '<' && rest[0] != '"' && rest[0] != ';')) continue;
    rest.remove_prefix(1);
    const std::string_view name = rest.substr(0, rest.find_first_of(">\"&\n"));
    if (!name.empty()) headers.emplace(name);
  }
  return headers;
}

const InstallRules::Folder& InstallRules::folder(const std::string& path) const {
  const auto [place, added] = known_.try_emplace(path);
  if (!added) return place->second;
  struct Kind {
    const char* file;
    std::set<std::string> (*read)(std::string_view);
  };
  static constexpr std::array<Kind, 9> kinds = {{{"Makefile", headers_of_makefile},
                                                 {"GNUmakefile", headers_of_makefile},
                                                 {"makefile", headers_of_makefile},
                                                 {"Makefile.am", headers_of_makefile},
                                                 {"Makefile.in", headers_of_makefile},
                                                 {"CMakeLists.txt", headers_of_cmake},
                                                 {"meson.build", headers_of_meson},
                                                 {"README.md", headers_of_document},
                                                 {"README", headers_of_document}}};
  for (const Kind& kind : kinds) {
    const auto text = files_.read(path + "/" + kind.file);
    if (!text) continue;
    std::set<std::string> headers = kind.read(*text);
    if (!headers.empty()) place->second.files.emplace_back(kind.file, std::move(headers));
  }
  return place->second;
}

std::string InstallRules::offers(const std::string& header) const {
  if (root_.empty() || !header.starts_with(root_ + "/")) return "";
  for (std::size_t slash = header.rfind('/'); slash != std::string::npos && slash >= root_.size();
       slash = header.rfind('/', slash - 1)) {
    const std::string path = header.substr(0, slash);
    for (const auto& [file, headers] : folder(path).files) {
      const bool named = std::any_of(headers.begin(), headers.end(), [&](std::string_view name) {
        while (name.starts_with("./") || name.starts_with("/"))
          name.remove_prefix(name[0] == '/' ? 1 : 2);
        // A pattern of CMake's FILES_MATCHING counts from a folder that is not looked up here.
        if (name.find('*') != std::string_view::npos) {
          return file != "CMakeLists.txt" && glob_matches(path + "/" + std::string(name), header);
        }
        return header.ends_with(name) && header[header.size() - name.size() - 1] == '/';
      });
      if (named) return (path + "/" + file).substr(root_.size() + 1);
    }
  }
  return "";
}

}  // namespace snug
