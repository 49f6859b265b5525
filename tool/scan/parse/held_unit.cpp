// What is held is a unit of the preamble alone: the text of the main file is cut off before its
// first token. The front end parses it again with the whole text, finds the compiled preamble to
// be that of the text (it compares the bytes, and the size and time of every included file) and
// goes on behind it; where it is another, it compiles it anew.
//
// Whether a preamble is current is asked before, so that the holder can compile a new one in time.
#include "scan/parse/held_unit.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "scan/command/front_end_texts.hpp"
#include "scan/parse/held_state.hpp"
#include "scan/parse/in_directory.hpp"
#include "scan/parse/lexer.hpp"
#include "scan/parse/parse.hpp"

namespace snug {
namespace {

/// Everything before the first token that is no directive.
std::string preamble_of(const std::string& text) {
  for (const Lexeme& token : lex(text, 0, text.size())) {
    if (token.kind != LexemeKind::Directive) return text.substr(0, token.begin);
  }
  return text;
}

/// What tells one state of a file from another: its text, or size and times on the disk.
std::string state_of_file(const std::string& path,
                          const std::map<std::string, std::string>& texts) {
  if (const auto text = texts.find(path); text != texts.end()) return sha256_hex(text->second);
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return "none";
  return std::to_string(facts.st_size) + " " + std::to_string(facts.st_mtim.tv_sec) + "." +
         std::to_string(facts.st_mtim.tv_nsec) + " " + std::to_string(facts.st_ino);
}

/// The files that are not as on the disk, without the main one.
std::vector<std::string> unsaved_names(const std::string& main,
                                       const std::map<std::string, std::string>& texts) {
  std::vector<std::string> names;
  for (const auto& [path, text] : texts) {
    if (path != main) names.push_back(path);
  }
  return names;
}

/// The one command that can be read, as a scan runs it.
std::optional<FrontEndCommand> only_command(const std::vector<FrontEndCommand>& commands) {
  if (commands.size() != 1) return std::nullopt;
  FrontEndCommand command = commands.front();
  if (!command.failure.empty() || !command.skipped.empty()) return std::nullopt;
  command.arguments.at(1) = "--target=" + command.target;
  return command;
}

std::optional<std::string> main_text(const FrontEndCommand& command, const ScanOptions& options) {
  const auto texts = front_end_texts(command, options.files->texts());
  const auto own = texts.find(command.file);
  return own != texts.end() ? own->second : options.files->read(command.file);
}

}  // namespace

HeldUnit::HeldUnit(std::unique_ptr<State> state) : state_(std::move(state)) {}
HeldUnit::~HeldUnit() = default;

std::unique_ptr<HeldUnit> hold_unit(const std::vector<FrontEndCommand>& commands,
                                    const ScanOptions& options) {
  const auto command = only_command(commands);
  if (!command) return nullptr;
  const auto text = main_text(*command, options);
  if (!text) return nullptr;
  auto state = std::make_unique<HeldUnit::State>();
  state->command = *command;
  state->preamble = preamble_of(*text);
  const OverlayFiles files({{command->file, state->preamble + ";\n"}}, *options.files);
  const InDirectory here(command->directory);
  state->index = clang::preamble_index();
  const unsigned flags = clang::layout_flags | CXTranslationUnit_PrecompiledPreamble |
                         CXTranslationUnit_CreatePreambleOnFirstParse;
  clang::Parsed parsed =
      clang::parse(state->index.get(), clang::without_warnings(*command), flags, files);
  if (parsed.unit == nullptr) return nullptr;
  state->unit = std::move(parsed.unit);
  const auto texts = options.files->texts();
  state->unsaved = unsaved_names(command->file, texts);
  for (const CXFile file : clang::included_files(state->unit.get())) {
    const std::string path = clang::path_of(file);
    if (path != command->file) state->files[path] = state_of_file(path, texts);
  }
  return std::make_unique<HeldUnit>(std::move(state));
}

bool is_current(const HeldUnit& held, const std::vector<FrontEndCommand>& commands,
                const ScanOptions& options) {
  const HeldUnit::State& state = held.state();
  const auto command = only_command(commands);
  if (!command || command->file != state.command.file ||
      command->directory != state.command.directory ||
      command->arguments != state.command.arguments) {
    return false;
  }
  const auto text = main_text(*command, options);
  if (!text || preamble_of(*text) != state.preamble) return false;
  const auto& texts = options.files->texts();
  if (unsaved_names(command->file, texts) != state.unsaved) return false;
  return std::all_of(state.files.begin(), state.files.end(), [&](const auto& file) {
    return state_of_file(file.first, texts) == file.second;
  });
}

}  // namespace snug
