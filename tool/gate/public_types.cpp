#include "gate/public_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/glob.hpp"

namespace snug {
namespace {

/// Folders whose `include` is nobody else's.
bool is_private_folder(std::string_view name) {
  static constexpr std::string_view kNames[] = {"test",       "tests",   "testing", "benchmark",
                                                "benchmarks", "bench",   "example", "examples",
                                                "sample",     "samples", "fuzz",    "demo"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

/// True if one of the folders of a relative path is "include", and none before it is private.
bool lies_in_include(std::string_view path) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/')) {
    const std::string_view folder = path.substr(0, slash);
    if (folder == "include") return true;
    if (is_private_folder(folder)) return false;
    path.remove_prefix(slash + 1);
  }
  return false;
}

/// True for a file that others include, by its name.
bool is_header(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return true;
  static constexpr std::string_view endings[] = {".h",   ".hh",  ".hpp", ".hxx", ".h++", ".cuh",
                                                 ".inl", ".inc", ".ipp", ".tpp", ".txx", ".tcc"};
  return std::find(std::begin(endings), std::end(endings), name.substr(dot)) != std::end(endings);
}

constexpr std::string_view turn_off = "'public-headers = []' in .snug.toml turns this off";

/// Says of each record why others may know it.
class Publicity {
 public:
  Publicity(const Model& model, const Configuration& configuration, const OfferedHeaders& offered)
      : model_(model), configuration_(configuration), offered_(offered) {
    for (const Unit& unit : model.units) {
      if (!is_header(unit.file)) mains_.insert(unit.file);
    }
  }

  /// A sentence about the record; empty if nothing makes it public.
  [[nodiscard]] std::string reason(const std::string& id) const {
    const Record* const record = model_.find(id);
    if (record == nullptr || record->where.file.empty()) return "";
    const std::string& file = record->where.file;
    if (configuration_.public_headers) {
      const std::string header = matched(file);
      if (header.empty()) return "";
      return fmt::format("'{}' is declared in the public header {}", record->name, header);
    }
    if (mains_.contains(file)) return "";
    const std::string path = below(file, offered_.root);
    if (path.empty()) return "";
    // Of headers alone the root is their folder, or one below 'include'.
    const std::string above = last_folders(offered_.root);
    if (lies_in_include(path) || lies_in_include(above + "/" + path)) {
      return fmt::format(
          "'{}' is declared in {}, below a folder 'include', so code outside of the project may "
          "use it; {}",
          record->name, path, turn_off);
    }
    if (offered_.installed.contains(file)) {
      return fmt::format(
          "'{}' is declared in {}, which the build installs, so code outside of the project may "
          "use it; {}",
          record->name, path, turn_off);
    }
    const std::string rule = offered_.rules == nullptr ? "" : offered_.rules->offers(file);
    if (!rule.empty()) {
      return fmt::format(
          "'{}' is declared in {}, which {} offers to code outside of the project; {}",
          record->name, path, rule, turn_off);
    }
    return "";
  }

 private:
  /// The path of a file relative to a folder; empty if it lies elsewhere.
  static std::string below(const std::string& file, const std::string& folder) {
    if (folder.empty() || !file.starts_with(folder + "/")) return "";
    return file.substr(folder.size() + 1);
  }

  /// The last two folders of a path.
  static std::string last_folders(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos || slash == 0)
      return path.substr(std::min(slash + 1, path.size()));
    return path.substr(path.rfind('/', slash - 1) + 1);
  }

  [[nodiscard]] std::string matched(const std::string& file) const {
    const std::string path = below(file, configuration_.folder());
    const bool fits =
        !path.empty() &&
        std::any_of(configuration_.public_headers->begin(), configuration_.public_headers->end(),
                    [&](const std::string& glob) { return glob_matches(glob, path); });
    return fits ? path : "";
  }

  const Model& model_;
  const Configuration& configuration_;
  const OfferedHeaders& offered_;
  std::set<std::string> mains_;  ///< Of units, without headers: what they declare is theirs.
};

/// The ids of the records whose layout the fix changes by itself or in others.
std::vector<std::string> changed_by(const Finding& finding, const SuggestedFix& fix) {
  std::vector<std::string> ids;
  // A fix that names its units changes code, and the layout of no record.
  if (fix.promise.units.empty()) ids.push_back(finding.record_id);
  for (const SizeChange& size : fix.promise.sizes) ids.push_back(size.record_id);
  if (fix.proof) {
    for (const SizeChange& size : fix.proof->knock_on) ids.push_back(size.record_id);
  }
  return ids;
}

bool same_fields(const Record& a, const Record& b) {
  const auto is_field = [](const Slot& slot) {
    return slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
  };
  const auto count = std::count_if(a.slots.begin(), a.slots.end(), is_field);
  return count > 1 && same_layout(a, b);
}

/// The records by their names; only those that have a text of their own.
using ByName = std::multimap<std::string_view, const Record*>;

ByName records_by_name(const Model& model) {
  ByName by_name;
  const auto add = [&](const Record& record) {
    if (record.traits.unnamed || record.traits.local || record.traits.lambda) return;
    if (!record.reported || !record.definition.known()) return;
    by_name.emplace(record.name, &record);
  };
  for (const Record& record : model.records) add(record);
  for (const LayoutConflict& conflict : model.conflicts) add(conflict.other);
  return by_name;
}

/// Files with the same text are one file under two names, or made from one another.
bool same_text(const Model& model, const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto one = model.file_hashes.find(a);
  const auto other = model.file_hashes.find(b);
  return one != model.file_hashes.end() && other != model.file_hashes.end() &&
         one->second == other->second;
}

/// A copy of the record in another file; null if there is none. What two units of C declare in the
/// same words may describe one object that both use; in C++ the types of such an object have one
/// name.
const Record* copy_of(const Record& record, const Model& model, const ByName& by_name,
                      const std::set<std::string_view>& mains) {
  const auto [begin, end] = by_name.equal_range(record.name);
  for (auto at = begin; at != end; ++at) {
    const Record& other = *at->second;
    if (same_text(model, record.where.file, other.where.file)) continue;
    const bool c = record.where.file.ends_with(".c") && other.where.file.ends_with(".c");
    const bool own = mains.contains(record.where.file) && mains.contains(other.where.file);
    if (own && !c && record.id != other.id) continue;
    if (same_fields(record, other)) return &other;
  }
  return nullptr;
}

}  // namespace

void respect_public_headers(const Model& model, const Configuration& configuration,
                            const OfferedHeaders& offered, std::vector<Finding>& findings) {
  if (configuration.public_headers && configuration.public_headers->empty()) return;
  const Publicity publicity(model, configuration, offered);
  for (Finding& finding : findings) {
    for (SuggestedFix& fix : finding.fixes) {
      if (fix.safety == Safety::Refused) continue;
      for (const std::string& id : changed_by(finding, fix)) {
        std::string reason = publicity.reason(id);
        if (reason.empty()) continue;
        fix.safety = std::max(fix.safety, Safety::Abi);
        fix.reasons.push_back(std::move(reason));
        break;
      }
    }
  }
}

void respect_copies(const Model& model, std::vector<Finding>& findings) {
  const ByName by_name = records_by_name(model);
  std::set<std::string_view> mains;
  for (const Unit& unit : model.units) mains.insert(unit.file);
  for (Finding& finding : findings) {
    const Record* const record = model.find(finding.record_id);
    if (record == nullptr) continue;
    const Record* const copy = copy_of(*record, model, by_name, mains);
    if (copy == nullptr) continue;
    for (SuggestedFix& fix : finding.fixes) {
      if (fix.safety == Safety::Refused || !fix.promise.units.empty()) continue;
      fix.safety = Safety::Refused;
      fix.reasons = {
          fmt::format("no edit: {}:{} declares the same record once more, and both have "
                      "to stay alike",
                      copy->where.file, copy->where.line)};
      fix.edits.clear();
      fix.by_hand.clear();
      fix.promise.order.clear();
      fix.proof.reset();
    }
  }
}

}  // namespace snug
