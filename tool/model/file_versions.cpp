#include "model/file_versions.hpp"

#include <algorithm>
#include <set>

namespace snug {
namespace {

using Texts = std::vector<std::size_t>;

/// True if no file was read by both in different texts.
bool agree(const Texts& a, const Texts& b) {
  for (std::size_t file = 0; file < a.size(); ++file) {
    if (a[file] != 0 && b[file] != 0 && a[file] != b[file]) return false;
  }
  return true;
}

}  // namespace

void FileVersions::add(const std::string& path, const std::string& hash,
                       std::span<const std::uint32_t> units) {
  auto& versions = versions_[path];
  auto same = std::find_if(versions.begin(), versions.end(),
                           [&](const Version& version) { return version.first == hash; });
  if (same == versions.end()) same = versions.insert(same, {hash, {}});
  same->second.insert(same->second.end(), units.begin(), units.end());
}

bool FileVersions::is_changed(const std::vector<Version>& versions) {
  return versions.size() > 1 || versions.front().first.empty();
}

std::vector<std::string> FileVersions::changed() const {
  std::vector<std::string> paths;
  for (const auto& [path, versions] : versions_) {
    if (is_changed(versions)) paths.push_back(path);
  }
  return paths;
}

std::vector<FileVersions::Version> FileVersions::versions_of(const std::string& path) const {
  const auto known = versions_.find(path);
  if (known == versions_.end() || !is_changed(known->second)) return {};
  std::vector<Version> versions = known->second;
  for (auto& [hash, units] : versions) {
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
  }
  std::sort(versions.begin(), versions.end());
  return versions;
}

std::vector<std::size_t> FileVersions::texts_of(std::uint32_t unit) const {
  Texts texts;
  for (const auto& [path, versions] : versions_) {
    if (versions.size() < 2) continue;
    std::size_t text = 0;
    for (std::size_t i = 0; i < versions.size(); ++i) {
      const auto& units = versions[i].second;
      if (std::find(units.begin(), units.end(), unit) != units.end()) text = i + 1;
    }
    texts.push_back(text);
  }
  return texts;
}

bool FileVersions::disagree(std::span<const std::uint32_t> a,
                            std::span<const std::uint32_t> b) const {
  std::set<Texts> of_a;
  std::set<Texts> of_b;
  for (const auto unit : a) of_a.insert(texts_of(unit));
  for (const auto unit : b) of_b.insert(texts_of(unit));
  return std::none_of(of_a.begin(), of_a.end(), [&](const Texts& one) {
    return std::any_of(of_b.begin(), of_b.end(),
                       [&](const Texts& other) { return agree(one, other); });
  });
}

std::map<std::string, std::string> FileVersions::hashes() const {
  std::map<std::string, std::string> hashes;
  for (const auto& [path, versions] : versions_) {
    hashes.emplace(path, is_changed(versions) ? std::string() : versions.front().first);
  }
  return hashes;
}

}  // namespace snug
