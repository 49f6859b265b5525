#include "app/help/known_text.hpp"

#include <fmt/format.h>

#include "known/known.hpp"

namespace snug {

namespace {

std::string words_of(const auto& table) {
  std::string text;
  for (const auto& one : table) {
    text += (text.empty() ? "" : ", ") + fmt::format("\"{}\"", one.word);
  }
  return text;
}

/// Each line with two blanks in front: the manual prints such lines as they are.
std::string indented(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c != '\n' && (lines.empty() || lines.back() == '\n')) lines += "  ";
    lines += c;
  }
  return lines;
}

}  // namespace

std::string_view known_example() {
  return "[[known.type]]\n"
         "name = \"app::SmallVector\"      # an array of the project\n"
         "role = \"vector\"\n"
         "\n"
         "[[known.type]]\n"
         "name = \"app::Ref\"              # an intrusive pointer\n"
         "role = \"shared-pointer\"\n"
         "\n"
         "[[known.type]]\n"
         "name = \"app::OneOf\"\n"
         "role = \"variant\"\n"
         "\n"
         "[[known.type]]\n"
         "name = \"app::Latch\"\n"
         "role = \"lock\"\n"
         "\n"
         "[[known.function]]\n"
         "name = \"app::Crew::submit\"     # its first argument that can be called runs\n"
         "effect = \"pool\"\n"
         "\n"
         "[[known.function]]\n"
         "name = \"app::Job::run\"         # virtual: what overrides it runs on threads\n"
         "effect = \"thread-entry\"\n"
         "many = true\n";
}

std::string known_text() {
  return "What libraries offer (containers, owners, locks, ways to start threads) is known from "
         "tables. A project adds its own types and functions in .snug.toml:\n\n" +
         indented(known_example()) +
         "\nA 'name' has as many scopes as make it unique, without template arguments. 'role' is a "
         "word or a list of words: " +
         words_of(role_words()) +
         ". 'element' is the template argument that is held or pointed to, counted from 0 "
         "(default: "
         "0, of a map 1); a map has also a 'key' (default: 0).\n\n"
         "'effect' is one of " +
         words_of(effect_words()) +
         ", or a list of them. 'entry' is the argument that runs, counted from 0; without it, the "
         "first that can be called. 'object' is the argument that is locked or joined. 'many' says "
         "that it runs on several threads at a time, 'waits' that the call comes back when all has "
         "run. A function with the effect \"pool\" runs its tasks beside each other. "
         "thread-entries "
         "is short for functions with that effect.\n\n"
         "Parts keep the answers of the tables that they were scanned with: scan again when the "
         "tables change.";
}

}  // namespace snug
