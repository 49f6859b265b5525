#include "model/layout/layouts.hpp"

#include <utility>

namespace snug {

bool is_same_text(const Record& a, const Record& b) {
  return a.where.file == b.where.file || !a.reported || !b.reported;
}

void join_copies(std::vector<Layout>& layouts, const std::map<std::string, std::string>& hashes) {
  const auto hash_of = [&](const Layout& layout) {
    const auto known = hashes.find(layout.record.where.file);
    return known == hashes.end() ? std::string() : known->second;
  };
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    const std::string hash = layouts.size() == 1 ? "" : hash_of(layouts[i]);
    if (hash.empty()) continue;
    for (std::size_t j = layouts.size() - 1; j > i; --j) {
      const bool same = same_layout(layouts[i].record, layouts[j].record);
      if (!same || hash_of(layouts[j]) != hash) continue;
      if (layouts[j].record.where < layouts[i].record.where) std::swap(layouts[i], layouts[j]);
      const std::vector<std::uint32_t>& others = layouts[j].units;
      layouts[i].units.insert(layouts[i].units.end(), others.begin(), others.end());
      layouts.erase(layouts.begin() + static_cast<std::ptrdiff_t>(j));
    }
  }
}

}  // namespace snug
