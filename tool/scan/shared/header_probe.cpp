#include "scan/shared/header_probe.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "base/disk.hpp"
#include "base/packed.hpp"
#include "known/std_headers.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/in_directory.hpp"
#include "scan/parse/parse.hpp"
#include "scan/shared/compiled_headers.hpp"
#include "scan/shared/record_of_text.hpp"

namespace snug {

HeaderProbe probe_headers(const FrontEndCommand& command, const Files& files,
                          const HeaderSet& headers, const std::string& folder,
                          const std::string& name) {
  const std::string path = fmt::format("{}/{}.hpp", folder, name);
  std::unordered_map<std::string, std::uint32_t> wanted;
  std::string text;
  for (std::uint32_t header = 0; header < standard_headers().size(); ++header) {
    if (!headers.test(header)) continue;
    const std::string_view spelled = standard_headers()[header];
    text += fmt::format("#if __has_include(<{0}>)\n#include <{0}>\n#endif\n", spelled);
    wanted.emplace(spelled, header);
  }
  RealDisk().write(path, text, 0600);
  const FrontEndCommand own = header_command(command, path);
  const InDirectory here(command.directory);
  const clang::Index index = clang::worker_index();
  const clang::Parsed parsed = clang::parse(
      index.get(), clang::without_warnings(own),
      CXTranslationUnit_SkipFunctionBodies | CXTranslationUnit_DetailedPreprocessingRecord, files);
  HeaderProbe probe;
  if (parsed.unit == nullptr) return probe;
  std::unordered_map<std::string, std::uint32_t> places;
  const auto place_of = [&](CXFile file) {
    const auto [place, added] =
        places.emplace(clang::path_of(file), static_cast<std::uint32_t>(places.size()));
    if (added) {
      std::size_t size = 0;
      (void)clang_getFileContents(parsed.unit.get(), file, &size);
      probe.sizes.push_back(size);
      probe.includes.emplace_back();
    }
    return place->second;
  };
  for (const RecordedDirective& directive : record_of_text(parsed.unit.get()).directives) {
    if (directive.kind != RecordedKind::Inclusion || directive.by == nullptr ||
        directive.file == nullptr) {
      continue;
    }
    const std::uint32_t file = place_of(directive.file);
    if (clang::path_of(directive.by) == path) {
      const auto header = wanted.find(clang::to_string(clang_getCursorSpelling(directive.cursor)));
      if (header != wanted.end()) probe.headers.emplace_back(header->second, file);
    } else {
      const std::uint32_t by = place_of(directive.by);
      probe.includes[by].push_back(file);
    }
  }
  return probe;
}

std::string probe_bytes(const HeaderProbe& probe) {
  Packer bytes;
  bytes.number(probe.headers.size());
  for (const auto& [header, file] : probe.headers) {
    bytes.number(header);
    bytes.number(file);
  }
  bytes.number(probe.sizes.size());
  for (std::size_t file = 0; file < probe.sizes.size(); ++file) {
    bytes.number(probe.sizes[file]);
    bytes.number(probe.includes[file].size());
    for (const std::uint32_t other : probe.includes[file]) bytes.number(other);
  }
  return bytes.bytes();
}

HeaderProbe probe_from_bytes(std::string_view bytes) {
  Unpacker rest(bytes);
  const auto next = [&] { return static_cast<std::uint32_t>(rest.number()); };
  HeaderProbe probe;
  for (std::uint64_t count = rest.number(); count != 0; --count) {
    const std::uint32_t header = next();
    probe.headers.emplace_back(header, next());
  }
  for (std::uint64_t count = rest.number(); count != 0; --count) {
    probe.sizes.push_back(rest.number());
    auto& includes = probe.includes.emplace_back();
    for (std::uint64_t others = rest.number(); others != 0; --others) includes.push_back(next());
  }
  return probe;
}

HeaderClosures::HeaderClosures(const HeaderProbe& probe) : sizes_(probe.sizes) {
  for (const auto& [header, file] : probe.headers) {
    FileSet reached(sizes_.size());
    std::vector<std::uint32_t> open{file};
    reached[file] = true;
    while (!open.empty()) {
      const std::uint32_t by = open.back();
      open.pop_back();
      for (const std::uint32_t other : probe.includes[by]) {
        if (reached[other]) continue;
        reached[other] = true;
        open.push_back(other);
      }
    }
    closures_.emplace_back(header, std::move(reached));
  }
}

HeaderSet HeaderClosures::all_of(const std::vector<std::uint32_t>& headers) const {
  HeaderSet wanted;
  for (const std::uint32_t header : headers) wanted.set(header);
  FileSet reached(sizes_.size());
  for (const auto& [header, files] : closures_) {
    if (!wanted.test(header)) continue;
    for (std::size_t file = 0; file < files.size(); ++file) {
      if (files[file]) reached[file] = true;
    }
  }
  HeaderSet result;
  for (const auto& [header, files] : closures_) {
    bool whole = true;
    for (std::size_t file = 0; file < files.size() && whole; ++file) {
      whole = !files[file] || reached[file];
    }
    if (whole) result.set(header);
  }
  return result;
}

std::uint64_t HeaderClosures::bytes_of(const HeaderSet& headers) const {
  FileSet reached(sizes_.size());
  for (const auto& [header, files] : closures_) {
    for (std::size_t file = 0; headers.test(header) && file < files.size(); ++file) {
      if (files[file]) reached[file] = true;
    }
  }
  std::uint64_t bytes = 0;
  for (std::size_t file = 0; file < reached.size(); ++file) {
    if (reached[file]) bytes += sizes_[file];
  }
  return bytes;
}

}  // namespace snug
