#include "gate/touched.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "gate/interfaces.hpp"

namespace snug {
namespace {

class Touched {
 public:
  Touched(const Model& model, const ChangedLines& changes) : model_(model), changes_(changes) {}

  bool operator()(const Finding& finding) {
    if (changes_.touch(finding.where)) return true;
    const bool evidence =
        std::any_of(finding.evidence.begin(), finding.evidence.end(),
                    [&](const Evidence& fact) { return changes_.touch(fact.where); });
    return evidence || (!finding.record_id.empty() && layout_changed(finding.record_id));
  }

 private:
  bool layout_changed(const std::string& id) {
    const auto [known, fresh] = answers_.try_emplace(id, false);
    if (fresh) {
      const std::vector<std::string> parts = parts_of(model_, {id});
      known->second = std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
        const Record* const record = model_.find(part);
        return record != nullptr &&
               (changes_.touch(record->where) || changes_.touch(record->definition));
      });
    }
    return known->second;
  }

  const Model& model_;
  const ChangedLines& changes_;
  std::map<std::string, bool> answers_;
};

}  // namespace

void keep_touched(const Model& model, const ChangedLines& changes, std::vector<Finding>& findings) {
  Touched touched(model, changes);
  std::erase_if(findings, [&](const Finding& finding) { return !touched(finding); });
}

}  // namespace snug
