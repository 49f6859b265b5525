// Options begin with '/' or '-', and a path of this machine with '/' too: a word that names a file
// is an input, as for clang-cl. The front end has a driver of its own for this syntax, so that
// nothing is translated here: words are taken apart only as far as their values are paths, name
// outputs, or choose language and target.
#include "scan/command/driver_cl.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/files.hpp"
#include "scan/command/compile_database.hpp"

namespace snug {
namespace {

enum class ClRole : std::uint8_t { Drop, Keep, Path, File, Source, Pass, Told };
enum class ClForm : std::uint8_t {
  Exact,     // /c
  Joined,    // /FoFILE
  Either,    // /I DIR, /IDIR
  Separate,  // -mllvm X
};

struct ClRow {
  std::string_view name;  // Without the '/' or '-'.
  ClForm form;
  ClRole role;
};

// Of names that begin alike the longest wins.
constexpr std::array cl_rows{
    ClRow{"D", ClForm::Either, ClRole::Keep},
    ClRow{"U", ClForm::Either, ClRole::Keep},
    ClRow{"I", ClForm::Either, ClRole::Path},
    ClRow{"imsvc", ClForm::Either, ClRole::Path},
    ClRow{"external:I", ClForm::Either, ClRole::Path},
    ClRow{"AI", ClForm::Either, ClRole::Path},
    ClRow{"vfsoverlay", ClForm::Either, ClRole::Path},
    ClRow{"winsysroot", ClForm::Either, ClRole::Path},
    ClRow{"winsdkdir", ClForm::Either, ClRole::Path},
    ClRow{"vctoolsdir", ClForm::Either, ClRole::Path},
    ClRow{"diasdkdir", ClForm::Either, ClRole::Path},
    ClRow{"winsdkversion", ClForm::Either, ClRole::Keep},
    ClRow{"vctoolsversion", ClForm::Either, ClRole::Keep},
    ClRow{"FI", ClForm::Either, ClRole::File},
    ClRow{"Tc", ClForm::Either, ClRole::Source},
    ClRow{"Tp", ClForm::Either, ClRole::Source},
    ClRow{"FU", ClForm::Either, ClRole::Told},
    ClRow{"reference", ClForm::Either, ClRole::Told},
    ClRow{"headerUnit", ClForm::Either, ClRole::Told},
    ClRow{"headerUnit:angle", ClForm::Either, ClRole::Told},
    ClRow{"headerUnit:quote", ClForm::Either, ClRole::Told},
    ClRow{"clr", ClForm::Joined, ClRole::Told},
    ClRow{"clr", ClForm::Exact, ClRole::Told},
    ClRow{"sourceDependencies", ClForm::Either, ClRole::Drop},
    ClRow{"sourceDependencies:directives", ClForm::Either, ClRole::Drop},
    ClRow{"o", ClForm::Either, ClRole::Drop},
    ClRow{"F", ClForm::Either, ClRole::Drop},
    ClRow{"FA", ClForm::Joined, ClRole::Drop},
    ClRow{"FA", ClForm::Exact, ClRole::Drop},
    ClRow{"FC", ClForm::Exact, ClRole::Drop},
    ClRow{"FS", ClForm::Exact, ClRole::Drop},
    ClRow{"FR", ClForm::Joined, ClRole::Drop},
    ClRow{"FR", ClForm::Exact, ClRole::Drop},
    ClRow{"Fr", ClForm::Joined, ClRole::Drop},
    ClRow{"Fr", ClForm::Exact, ClRole::Drop},
    ClRow{"Fa", ClForm::Joined, ClRole::Drop},
    ClRow{"Fa", ClForm::Exact, ClRole::Drop},
    ClRow{"Fd", ClForm::Joined, ClRole::Drop},
    ClRow{"Fd", ClForm::Exact, ClRole::Drop},
    ClRow{"Fm", ClForm::Joined, ClRole::Drop},
    ClRow{"Fm", ClForm::Exact, ClRole::Drop},
    ClRow{"Fx", ClForm::Exact, ClRole::Drop},
    ClRow{"Fo", ClForm::Joined, ClRole::Drop},
    ClRow{"Fo", ClForm::Exact, ClRole::Drop},
    ClRow{"Fo:", ClForm::Either, ClRole::Drop},
    ClRow{"Fe", ClForm::Joined, ClRole::Drop},
    ClRow{"Fe", ClForm::Exact, ClRole::Drop},
    ClRow{"Fe:", ClForm::Either, ClRole::Drop},
    ClRow{"Fi", ClForm::Joined, ClRole::Drop},
    ClRow{"Fi", ClForm::Exact, ClRole::Drop},
    ClRow{"Fi:", ClForm::Either, ClRole::Drop},
    ClRow{"Fp", ClForm::Joined, ClRole::Drop},
    ClRow{"Fp:", ClForm::Either, ClRole::Drop},
    ClRow{"Yc", ClForm::Joined, ClRole::Drop},
    ClRow{"Yc", ClForm::Exact, ClRole::Drop},
    ClRow{"Yu", ClForm::Joined, ClRole::Drop},
    ClRow{"Yu", ClForm::Exact, ClRole::Drop},
    ClRow{"Yd", ClForm::Exact, ClRole::Drop},
    ClRow{"Yl", ClForm::Joined, ClRole::Drop},
    ClRow{"Yl", ClForm::Exact, ClRole::Drop},
    ClRow{"Y-", ClForm::Exact, ClRole::Drop},
    ClRow{"c", ClForm::Exact, ClRole::Drop},
    ClRow{"E", ClForm::Exact, ClRole::Drop},
    ClRow{"EP", ClForm::Exact, ClRole::Drop},
    ClRow{"P", ClForm::Exact, ClRole::Drop},
    ClRow{"Zs", ClForm::Exact, ClRole::Drop},
    ClRow{"nologo", ClForm::Exact, ClRole::Drop},
    ClRow{"showIncludes", ClForm::Joined, ClRole::Drop},
    ClRow{"showIncludes", ClForm::Exact, ClRole::Drop},
    ClRow{"showFilenames", ClForm::Exact, ClRole::Drop},
    ClRow{"MP", ClForm::Joined, ClRole::Drop},
    ClRow{"MP", ClForm::Exact, ClRole::Drop},
    ClRow{"WX", ClForm::Joined, ClRole::Drop},
    ClRow{"WX", ClForm::Exact, ClRole::Drop},
    ClRow{"we", ClForm::Joined, ClRole::Drop},
    ClRow{"Werror", ClForm::Joined, ClRole::Drop},
    ClRow{"Werror", ClForm::Exact, ClRole::Drop},
    ClRow{"v", ClForm::Exact, ClRole::Drop},
    ClRow{"###", ClForm::Exact, ClRole::Drop},
    ClRow{"MD", ClForm::Exact, ClRole::Pass},
    ClRow{"Xlinker", ClForm::Separate, ClRole::Drop},
    ClRow{"Xcuda-ptxas", ClForm::Separate, ClRole::Drop},
    ClRow{"Xclangas", ClForm::Separate, ClRole::Drop},
    ClRow{"mllvm", ClForm::Separate, ClRole::Drop},
    ClRow{"mthread-model", ClForm::Separate, ClRole::Pass},
    ClRow{"meabi", ClForm::Separate, ClRole::Pass},
    ClRow{"G", ClForm::Separate, ClRole::Pass},
    ClRow{"darwin-target-variant", ClForm::Separate, ClRole::Drop},
    ClRow{"fmodule-implementation-of", ClForm::Separate, ClRole::Pass},
    ClRow{"fdebug-compilation-dir", ClForm::Separate, ClRole::Drop},
    ClRow{"gen-cdb-fragment-path", ClForm::Separate, ClRole::Drop},
    ClRow{"object-file-name", ClForm::Separate, ClRole::Drop},
    ClRow{"ccc-install-dir", ClForm::Separate, ClRole::Drop},
    ClRow{"resource-dir", ClForm::Separate, ClRole::Drop},
    ClRow{"resource-dir=", ClForm::Joined, ClRole::Drop},
    ClRow{"fplugin=", ClForm::Joined, ClRole::Told},
    ClRow{"fpass-plugin=", ClForm::Joined, ClRole::Drop},
};

const ClRow* cl_row(std::string_view option) {
  const ClRow* best = nullptr;
  for (const ClRow& row : cl_rows) {
    if (!option.starts_with(row.name)) continue;
    const bool whole = option.size() == row.name.size();
    const bool fits = whole ? row.form != ClForm::Joined
                            : row.form == ClForm::Joined || row.form == ClForm::Either;
    if (fits && (best == nullptr || row.name.size() > best->name.size())) best = &row;
  }
  return best;
}

class ClReader {
 public:
  ClReader(const std::string& directory, CommandFlags& flags)
      : directory_(directory), flags_(flags) {}

  void read(const std::vector<std::string>& words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      const std::string& word = words[at];
      if (word == "/link" || word == "-link") return;  // The linker's.
      if (word == "--") {
        for (++at; at < words.size(); ++at) take_input(words[at]);
        return;
      }
      if (!is_option(word)) {
        take_input(word);
        continue;
      }
      const std::string option = word.substr(1);
      if (option == "Xclang") {
        at = read_passed_on(words, at);
      } else if (const ClRow* row = cl_row(option)) {
        const bool next =
            option == row->name && (row->form == ClForm::Either || row->form == ClForm::Separate);
        if (next && at + 1 == words.size()) return;  // Without its value.
        take(*row, word, next ? words[++at] : option.substr(row->name.size()));
      } else {
        at = take_plain(words, at);
      }
    }
  }

 private:
  [[nodiscard]] bool is_option(const std::string& word) const {
    if (word.size() < 2 || (word[0] != '-' && word[0] != '/')) return false;
    if (word[0] == '-') return true;
    // "/home/me/a.cpp" is a file, "/DX" is not.
    std::error_code error;
    return word.find('/', 1) == std::string::npos || !std::filesystem::exists(word, error);
  }

  void take_input(const std::string& word) {
    const Language language = language_of(word);
    if (language != Language::C && language != Language::Cxx) return;
    flags_.sources.push_back(normal_path(word, directory_));
  }

  /// Of `-Xclang -include -Xclang FILE` all four words; a wrapped precompiled header is left out.
  std::size_t read_passed_on(const std::vector<std::string>& words, std::size_t at) {
    if (at + 1 == words.size()) return at;
    const std::string& passed = words[at + 1];
    const bool more = at + 3 < words.size() && words[at + 2] == words[at];
    if (passed == "-include-pch" || passed == "-load" || passed == "-plugin") {
      if (passed != "-include-pch") {
        flags_.notes.push_back(fmt::format("a compiler plugin ({}) is ignored", passed));
      }
      return more ? at + 3 : at + 1;
    }
    flags_.kept.insert(flags_.kept.end(), {"-Xclang", passed});
    return at + 1;
  }

  void take(const ClRow& row, const std::string& word, const std::string& value) {
    switch (row.role) {
      case ClRole::Drop:
        return;
      case ClRole::Told:
        flags_.notes.push_back(
            fmt::format("the flag '/{}{}' is ignored: unknown to clang", row.name, value));
        return;
      case ClRole::Keep:
        flags_.kept.push_back(fmt::format("/{}{}", row.name, value));
        return;
      case ClRole::Path:
        flags_.kept.push_back(fmt::format("/{}{}", row.name, normal_path(value, directory_)));
        return;
      case ClRole::File: {
        const std::string path = normal_path(value, directory_);
        std::error_code error;
        const bool there = std::filesystem::is_regular_file(path, error);
        flags_.kept.insert(flags_.kept.end(),
                           {"-Xclang", "-include", "-Xclang", there ? path : value});
        return;
      }
      case ClRole::Source:
        flags_.language = row.name == "Tc" ? "c" : "c++";
        return;
      case ClRole::Pass:
        flags_.kept.push_back(word);
        if (row.form == ClForm::Separate) flags_.kept.push_back(value);
        return;
    }
  }

  std::size_t take_plain(const std::vector<std::string>& words, std::size_t at) {
    const std::string& word = words[at];
    const std::string option = word.substr(1);
    const bool next = at + 1 < words.size();
    if (option == "TC" || option == "TP") {
      flags_.language = option == "TC" ? "c" : "c++";
    } else if (word == "-x" && next) {
      flags_.language = words[++at] == "none" ? "" : words[at];
    } else if (word.starts_with("-x") && word.size() > 2) {
      flags_.language = word.substr(2);
    } else if ((word == "-target" || word == "--target") && next) {
      flags_.target = words[++at];
    } else if (word.starts_with("--target=")) {
      flags_.target = word.size() > 9 ? word.substr(9) : "unknown";
    } else if (option == "X") {
      flags_.no_standard_includes = true;
      flags_.kept.push_back(word);
    } else if (option == "m32" || option == "m64") {
      flags_.kept.push_back(word);
    } else if (option == "openmp" || option.starts_with("openmp:")) {
      flags_.kept.emplace_back("/D_OPENMP=200203");
    } else if (!word.starts_with("--driver-mode=") && !word.starts_with("--rsp-quoting=")) {
      if (option.starts_with("std:")) flags_.standard = option.substr(4);
      flags_.kept.push_back(word);
    }
    return at;
  }

  const std::string& directory_;
  CommandFlags& flags_;
};

}  // namespace

void read_cl(const std::vector<std::string>& words, const std::string& directory,
             CommandFlags& flags) {
  ClReader(directory, flags).read(words);
}

}  // namespace snug
