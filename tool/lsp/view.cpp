// Of a stale document the text that was scanned is compared with the text that is there: what
// stands before the first and behind the last difference is known, the rest is not shown.
#include "lsp/view.hpp"

#include <algorithm>
#include <map>

#include "lsp/json_reading.hpp"

namespace snug::lsp {

View::View(const OpenUnit& unit, const Document& document, Encoding encoding, bool stale)
    : unit_(unit),
      document_(document),
      encoding_(encoding),
      stale_(stale),
      path_(unit.layouts->model.file_hashes.contains(document.path()) ? document.path()
                                                                      : document.real_path()) {
  const std::string& text = document.text();
  same_until_ = text.size() + 1;
  same_from_ = same_until_;
  const auto scanned = unit.texts.find(document.path());
  const auto hash = unit.layouts->model.file_hashes.find(path_);
  const bool as_scanned =
      hash != unit.layouts->model.file_hashes.end() && hash->second == document.hash();
  if (!as_scanned && scanned == unit.texts.end()) {
    same_until_ = 0;
    same_from_ = std::uint64_t(-1);
  } else if (!as_scanned) {
    const std::string& old = scanned->second->text();
    const std::size_t shorter = std::min(old.size(), text.size());
    std::size_t front = 0, back = 0;
    while (front < shorter && old[front] == text[front]) ++front;
    while (back < shorter - front && old[old.size() - 1 - back] == text[text.size() - 1 - back]) {
      ++back;
    }
    same_until_ = front;
    same_from_ = old.size() - back;
    moved_ = static_cast<std::int64_t>(text.size()) - static_cast<std::int64_t>(old.size());
  }
  std::map<std::pair<std::uint64_t, std::uint64_t>, Declared> by_place;
  for (const Record& record : model().records) {
    if (record.where.file != path_ || !record.reported || !range(record.definition)) continue;
    by_place[{record.where.begin, record.where.end}].push_back(&record);
  }
  for (auto& [place, declared] : by_place) records_.push_back(std::move(declared));
}

std::optional<std::uint64_t> View::now(std::uint64_t offset) const {
  if (offset < same_until_) return offset;
  if (offset < same_from_) return std::nullopt;
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(offset) + moved_);
}

std::optional<Json> View::range(const SourceRange& where) const {
  if (where.file != path_) return std::nullopt;
  const bool front = where.end < same_until_;
  const bool back = where.begin >= same_from_;
  if (!front && !back) return std::nullopt;
  return range_json(*position(where.begin), *position(where.end));
}

std::optional<Position> View::position(std::uint64_t scanned_offset) const {
  const std::optional<std::uint64_t> offset = now(scanned_offset);
  if (!offset) return std::nullopt;
  return document_.lines().position(*offset, encoding_);
}

bool View::contains(const SourceRange& where, std::uint64_t offset) const {
  if (!range(where)) return false;
  return *now(where.begin) <= offset && offset <= *now(where.end);
}

const Declared* View::named_at(std::uint64_t offset) const {
  for (const Declared& declared : records_) {
    if (contains(declared.front()->where, offset)) return &declared;
  }
  return nullptr;
}

const Declared* View::around(std::uint64_t offset) const {
  const Declared* innermost = nullptr;
  std::uint64_t smallest = std::uint64_t(-1);
  for (const Declared& declared : records_) {
    const SourceRange& definition = declared.front()->definition;
    if (!contains(definition, offset) || definition.end - definition.begin >= smallest) continue;
    smallest = definition.end - definition.begin;
    innermost = &declared;
  }
  return innermost;
}

}  // namespace snug::lsp
