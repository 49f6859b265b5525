#include "session/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "base/error.hpp"
#include "base/files.hpp"
#include "model/merge.hpp"

namespace snug {
namespace {

bool holds(const std::string& folder, const std::string& path) {
  return folder == path || folder == "/" ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

std::string file_in(const std::string& folder, const std::string& name) {
  return folder == "/" ? folder + name : folder + "/" + name;
}

/// The facts of a part are in its first bytes.
PartFacts facts_of(const std::string& path) {
  constexpr std::streamsize enough = 1 << 16;
  std::string bytes(static_cast<std::size_t>(enough), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), enough);
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad() || (bytes.empty() && !file.is_open())) (void)read_file(path);  // says why
  return part_facts(bytes, path);
}

}  // namespace

std::string place_of(const PartFacts& part, const std::string& named, const std::string& current,
                     const Exists& exists) {
  const auto has_unit = [&](const std::string& folder) {
    return !part.unit.empty() && exists(file_in(folder, part.unit));
  };
  const bool there = part.unit.empty() || has_unit(part.root);
  if (!named.empty()) {
    const bool around = holds(named, part.root) || holds(part.root, named);
    return there && around ? part.root : named;
  }
  if (there) return part.root;
  for (std::string folder = current; folder.size() > 1; folder.resize(folder.rfind('/'))) {
    if (has_unit(folder)) return folder;
  }
  return part.root;
}

JoinedParts join_parts(const std::vector<std::string>& paths,
                       const std::function<std::string(const PartFacts&)>& place) {
  std::vector<std::string> problems;
  std::set<std::string> roots, knowledge;
  std::vector<std::string> root_of;
  for (const std::string& path : paths) {
    try {
      const PartFacts facts = facts_of(path);
      knowledge.insert(facts.known);
      root_of.push_back(place(facts));
      roots.insert(root_of.back());
    } catch (const Error& error) {
      problems.emplace_back(error.what());
    }
  }
  if (!problems.empty()) throw Error(fmt::format("{}", fmt::join(problems, "\n")));
  JoinedParts joined;
  joined.root = roots.size() == 1 ? *roots.begin() : std::string();
  joined.knowledge.assign(knowledge.begin(), knowledge.end());
  Merger merger(joined.root);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Part part = part_at(read_file(paths[i]), paths[i], root_of[i]);
    merger.add(std::move(part.model), part.origins);
  }
  joined.model = merger.finish(&joined.origins);
  return joined;
}

}  // namespace snug
