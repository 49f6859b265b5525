#include "session/type_match.hpp"

#include <algorithm>
#include <cctype>

#include "base/spelling.hpp"

namespace snug {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Without blanks, except between words ("unsigned int"), and without struct, class, union, enum
/// and a leading "::".
std::string normalised(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (std::isspace(static_cast<unsigned char>(name[i])) == 0) {
      out += name[i];
    } else if (!out.empty() && is_word(out.back()) && i + 1 < name.size() && is_word(name[i + 1])) {
      out += ' ';
    }
  }
  for (const std::string_view keyword : {"struct ", "class ", "union ", "enum "}) {
    for (std::size_t at = out.find(keyword); at != std::string::npos; at = out.find(keyword, at)) {
      if (at == 0 || !is_word(out[at - 1])) {
        out.erase(at, keyword.size());
      } else {
        at += keyword.size();
      }
    }
  }
  return out.starts_with("::") ? out.substr(2) : out;
}

/// The name without its qualifiers: ns::Vec<a::B> -> Vec<a::B>.
std::string last_component(const std::string& name) {
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    depth += name[i] == '<' || name[i] == '(' ? 1 : 0;
    depth -= name[i] == '>' || name[i] == ')' ? 1 : 0;
    if (depth == 0 && name[i] == ':' && name[i + 1] == ':') {
      start = i + 2;
    }
  }
  return name.substr(start);
}

bool is_suffix(const std::string& type, const std::string& name) {
  if (type.empty() || !name.ends_with(type)) {
    return false;
  }
  const std::size_t at = name.size() - type.size();
  if (at == 0) {
    return true;
  }
  // The suffix has to begin at a component that is not inside template arguments.
  const std::string_view before = std::string_view(name).substr(0, at);
  return before.ends_with("::") && std::count(before.begin(), before.end(), '<') ==
                                       std::count(before.begin(), before.end(), '>');
}

using Records = std::vector<const Record*>;

template <class Predicate>
Records select(const Model& model, const Predicate& predicate) {
  Records all, reported;
  for (const Record& record : model.records) {
    if (predicate(record)) {
      all.push_back(&record);
      if (record.reported) {
        reported.push_back(&record);
      }
    }
  }
  return reported.empty() ? all : reported;
}

}  // namespace

bool names_record(std::string_view type, std::string_view qualified_name) {
  return is_suffix(normalised(type), normalised(qualified_name));
}

std::vector<const Record*> matching_records(const std::string& type, const Model& model) {
  const std::string wanted = normalised(type);
  Records records =
      select(model, [&](const Record& record) { return normalised(record.name) == wanted; });
  if (records.empty()) {
    records = select(
        model, [&](const Record& record) { return is_suffix(wanted, normalised(record.name)); });
  }
  if (records.empty()) {
    records = select(model, [&](const Record& record) {
      return is_suffix(wanted, normalised(record.template_name));
    });
  }
  return records;
}

std::string type_hint(const std::string& type, const Model& model) {
  std::vector<std::string> names;
  for (const Record& record : model.records) {
    if (record.reported) {
      names.push_back(record.name);
    }
  }
  if (const auto near = nearest_word(type, names)) {
    return "; did you mean '" + *near + "'?";
  }
  const std::string wanted = last_component(normalised(type));
  std::vector<std::string> last;
  for (const std::string& name : names) {
    last.push_back(last_component(name));
  }
  const auto near = nearest_word(wanted, last);
  if (!near) {
    return "";
  }
  const auto at = std::find(last.begin(), last.end(), *near) - last.begin();
  return "; did you mean '" + names[static_cast<std::size_t>(at)] + "'?";
}

}  // namespace snug
