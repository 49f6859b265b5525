// One translation unit to one model: parse, one walk, records, uses and bodies.

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "base/files.hpp"
#include "scan/command/driver.hpp"
#include "scan/command/front_end_texts.hpp"
#include "scan/evidence/evidence.hpp"
#include "scan/ownership/ownership.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/in_directory.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/parse.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parse/sources.hpp"
#include "scan/parse/unit_inputs.hpp"
#include "scan/parse/walk.hpp"
#include "scan/records/classes.hpp"
#include "scan/records/enumerations.hpp"
#include "scan/records/records.hpp"
#include "scan/records/targets.hpp"
#include "scan/records/variants.hpp"
#include "scan/shared/compiled_headers.hpp"
#include "scan/shared/header_sharing.hpp"
#include "scan/shared/sharing_gate.hpp"
#include "scan/uses/uses.hpp"

namespace snug {

namespace {

bool contains(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

/// The size of a line that neighbours share: 128 bytes on Apple's arm64 and on 64-bit PowerPC,
/// 256 on SystemZ, 64 elsewhere.
std::uint32_t cache_line_of(const std::string& target) {
  const bool arm64 = target.starts_with("arm64") || target.starts_with("aarch64");
  if ((arm64 && contains(target, "-apple-")) || target.starts_with("powerpc64") ||
      target.starts_with("ppc64")) {
    return 128;
  }
  return target.starts_with("s390x") ? 256 : 64;
}

Abi abi_of(CXTranslationUnit unit, const ScanOptions& options) {
  Abi abi;
  const CXTargetInfo info = clang_getTranslationUnitTargetInfo(unit);
  abi.target = plain_target(clang::to_string(clang_TargetInfo_getTriple(info)));
  const int width = clang_TargetInfo_getPointerWidth(info);
  clang_TargetInfo_dispose(info);
  abi.pointer_bytes = width > 0 ? static_cast<std::uint32_t>(width) / 8 : 8;
  abi.cache_line_bytes = options.cache_line != 0 ? options.cache_line : cache_line_of(abi.target);
  abi.microsoft = contains(abi.target, "-windows-msvc") || contains(abi.target, "-win32") ||
                  contains(abi.target, "-uefi");
  return abi;
}

/// 98, 11, 14 ... of the last -std= flag; 0 for C. The front end's default is gnu++17.
unsigned standard_of(const FrontEndCommand& command) {
  if (!command.cxx) {
    return 0;
  }
  unsigned standard = 17;
  for (const std::string& argument : command.arguments) {
    const std::size_t at = argument.find("++");
    if (!(argument.starts_with("-std=") || argument.starts_with("--std=") ||
          argument.starts_with("/std:") || argument.starts_with("-std:")) ||
        at == std::string::npos) {
      continue;
    }
    const std::string word = argument.substr(at + 2);
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), standard);
    if (error != std::errc() || end != word.data() + word.size()) {
      standard = word.starts_with("0x")   ? 11
                 : word.starts_with("1y") ? 14
                 : word.starts_with("1z") ? 17
                 : word.starts_with("2a") ? 20
                 : word.starts_with("2b") ? 23
                                          : 26;
    }
    standard = standard == 3 ? 98 : standard;
  }
  return standard == 98 ? 3 : standard;  // in order of age
}

/// The driver keeps -fopenmp from the front end and says so with the macro: see driver_flags.cpp.
bool uses_openmp(const FrontEndCommand& command) {
  return std::any_of(
      command.arguments.begin(), command.arguments.end(),
      [](const std::string& argument) { return argument.starts_with("-D_OPENMP="); });
}

/// The hashes of all files of the project that the unit reads, and which those are; and the files
/// of which nothing is reported, though they are no system headers.
void add_files(const Sources& sources, Model& model, Unit& unit) {
  std::set<std::string> paths, outside, excluded;
  const auto add = [&](CXFile file) {
    const CXSourceLocation begin = clang_getLocationForOffset(sources.unit(), file, 0);
    if (!sources.may_be_project(file) || !sources.in_project(begin)) {
      if (clang_Location_isInSystemHeader(begin) == 0) {
        (sources.is_excluded(file) ? excluded : outside).insert(sources.path(file));
      }
      return;
    }
    const std::string& path = sources.path(file);
    paths.insert(path);
    const auto [hash, added] = model.file_hashes.try_emplace(path);
    if (added) hash->second = sha256_hex(sources.text(file));
  };
  for (const CXFile file : clang::included_files(sources.unit())) add(file);
  std::uint32_t place = 0;
  for (const auto& [path, hash] : model.file_hashes) {
    if (paths.contains(path)) unit.files.push_back(place);
    ++place;
  }
  model.left_out.outside.assign(outside.begin(), outside.end());
  model.left_out.excluded.assign(excluded.begin(), excluded.end());
}

/// Hashes of the files that the records and uses of the model point into, as they were parsed.
void add_hashes(CXTranslationUnit unit, const Sources& sources, Model& model) {
  const auto add = [&](const std::string& path) {
    if (path.empty() || model.file_hashes.contains(path)) {
      return;
    }
    const CXFile file = clang_getFile(unit, path.c_str());
    if (file != nullptr) {
      model.file_hashes[path] = sha256_hex(sources.text(file));
    }
  };
  for (const Record& record : model.records) {
    if (record.reported) {
      add(record.where.file);
      add(record.definition.file);
    }
  }
  for (const Function& function : model.functions) {
    add(function.where.file);
  }
  for (const Variable& variable : model.variables) {
    add(variable.where.file);
  }
  for (const InitializerList& list : model.initializers) {
    add(list.where.file);
  }
  for (const Enumeration& enumeration : model.enumerations) {
    add(enumeration.where.file);
  }
  for (const Variant& variant : model.variants) {
    add(variant.where.file);
  }
  for (const Use& use : model.uses) {
    add(use.where.file);
  }
  for (const ParameterDeclaration& declaration : model.ownership.declarations) {
    add(declaration.place.where.file);
  }
  for (const OwnerCopy& copy : model.ownership.copies) {
    add(copy.where.file);
  }
  for (const OwnerNew& made : model.ownership.news) {
    add(made.where.file);
  }
}

unsigned parse_flags(const ScanOptions& options) {
  return options.layout_only ? clang::layout_flags
                             : unsigned{CXTranslationUnit_VisitImplicitAttributes};
}

/// A unit that the front end read: one walk, and all that is collected on it.
void read_unit(CXTranslationUnit parsed, const FrontEndCommand& command, const ScanOptions& options,
               Model& model, Unit& unit) {
  // What is quoted and hashed is the files' own, whatever parse() makes of some.
  const OverlayFiles own_text(own_texts(command, options.files->texts()), *options.files);
  ScanOptions shown = options;
  shown.files = &own_text;
  const Sources sources(parsed, shown);
  Names names(sources);
  Classes classes(sources, model.abi, standard_of(command));
  RecordCollector records(sources, names, classes);
  UseScanner uses(sources, command.cxx);
  EnumScanner enumerations(sources, names, command.cxx);
  EvidenceScanner evidence(sources, names, uses_openmp(command));
  OwnershipScanner ownership(sources, names);
  VariantScanner variants(sources, names);
  walk(
      sources,
      [&](CXCursor cursor, std::span<const CXCursor> above) {
        uses.visit(cursor, above);
        enumerations.visit(cursor, above);
        ownership.visit(cursor, above);
        if (options.layout_only) return;
        evidence.visit(cursor, above);
        variants.visit(cursor);
      },
      [&](CXType type) {
        records.add(type);
        ownership.add_record(type);
        if (options.layout_only) return;
        evidence.add_record(type);
        variants.add_record(type);
      });
  records.finish(model, unit);
  if (!options.layout_only) uses.search_uncompiled();
  uses.finish(model);
  enumerations.finish(model);
  evidence.finish(model);
  ownership.finish(model);
  variants.finish(model);
  add_hashes(parsed, sources, model);
  add_files(sources, model, unit);
  const CXFile main = clang_getFile(parsed, command.file.c_str());
  unit.searched = !options.layout_only && main != nullptr &&
                  sources.in_project(clang_getLocationForOffset(parsed, main, 0));
}

/// The model of what the front end made of a unit.
Model model_of(const clang::Parsed& parsed, const FrontEndCommand& command,
               const ScanOptions& options) {
  Model model;
  Unit unit;
  unit.file = command.file;
  unit.flags_key = command.flags_key;
  unit.flags = command.layout_flags;
  unit.directory = command.directory;
  unit.arguments = command.arguments;
  unit.problems = parsed.problems;
  if (parsed.unit != nullptr) model.abi = abi_of(parsed.unit.get(), options);
  if (parsed.failed || parsed.unit == nullptr) {
    unit.status = UnitStatus::Failed;
  } else {
    read_unit(parsed.unit.get(), command, options, model, unit);
  }
  model.units.push_back(std::move(unit));
  return model;
}

}  // namespace

Model scan_unit(const FrontEndCommand& command, const ScanOptions& options) {
  return scan_unit(command, options, nullptr, nullptr);
}

Model scan_unit(const FrontEndCommand& command, const ScanOptions& options, UnitInputs* inputs,
                LeftStanding* standing) {
  const ParseStart start = start_parse();
  const InDirectory here(command.directory);
  const auto index = std::make_shared<const clang::Index>(clang::worker_index());
  const auto parsed = std::make_shared<const clang::Parsed>(
      clang::parse(index->get(), clang::without_warnings(command), parse_flags(options),
                   *options.files, options.layout_only ? options.held : nullptr));
  if (standing != nullptr) standing->insert(standing->end(), {index, parsed});
  Model model = model_of(*parsed, command, options);
  if (inputs != nullptr && model.units.front().status != UnitStatus::Failed) {
    collect_inputs(parsed->unit.get(), command, options, {}, start, *inputs);
  }
  return model;
}

std::optional<Model> scan_unit_behind(const HeaderFacts& headers, const FrontEndCommand& command,
                                      const ScanOptions& options, UnitInputs* inputs,
                                      LeftStanding* standing, std::string& refusal) {
  const ParseStart start = start_parse();
  const InDirectory here(command.directory);
  const auto index = std::make_shared<const clang::Index>(clang::shared_headers_index());
  FrontEndCommand behind = clang::without_warnings(command);
  behind.arguments.insert(behind.arguments.end(), {"-include-pch", headers.headers().compiled});
  const auto parsed = std::make_shared<const clang::Parsed>(clang::parse(
      index->get(), behind, parse_flags(options) | CXTranslationUnit_DetailedPreprocessingRecord,
      *options.files));
  if (standing != nullptr) standing->insert(standing->end(), {index, parsed});
  if (parsed->unit == nullptr || parsed->failed) {
    refusal = "the front end finds fault with it";
    return std::nullopt;
  }
  refusal = sharing_refusal(parsed->unit.get(), headers);
  if (!refusal.empty()) return std::nullopt;
  Model model = model_of(*parsed, command, options);
  if (inputs != nullptr) {
    *inputs = headers.headers().inputs;
    collect_inputs(parsed->unit.get(), command, options, {}, start, *inputs);
  }
  return model;
}

std::string front_end_version() {
  const std::string text = clang::to_string(clang_getClangVersion());
  const std::size_t begin = text.find_first_of("0123456789");
  const std::size_t end = text.find_first_not_of("0123456789.", begin);
  return begin == std::string::npos ? text : text.substr(begin, end - begin);
}

}  // namespace snug
