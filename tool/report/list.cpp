#include "report/list.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <limits>
#include <ostream>

#include "base/visible_text.hpp"
#include "report/color.hpp"
#include "report/columns.hpp"
#include "report/formats/json_parts.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

std::string number(std::uint64_t value) {
  return value == 0 ? "-" : std::to_string(value);
}

Json json_of(const ListRow& row, const RecordList& list) {
  const Record& record = *row.record;
  return {{"id", record.id},
          {"name", record.name},
          {"location", json_of(record.where, list.root)},
          {"size", record.size},
          {"align", record.align},
          {"padding", row.padding},
          {"saved_each", row.saved_each},
          {"instances", row.instances == 0 ? Json(nullptr) : Json(row.instances)},
          {"waste", row.waste()},
          {"bundled", row.bundled.empty() ? Json(nullptr) : Json(row.bundled)},
          {"test", row.test}};
}

}  // namespace

std::uint64_t ListRow::waste() const {
  const std::uint64_t objects = std::max<std::uint64_t>(instances, 1);
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  return saved_each != 0 && objects > most / saved_each ? most : saved_each * objects;
}

void write_list_text(const RecordList& list, bool color, std::ostream& out) {
  const Palette paint{color};
  std::vector<std::vector<Cell>> cells;
  cells.push_back({Cell("size"), Cell("padding"), Cell("saved"), Cell("objects"), Cell("waste"),
                   Cell("record"), Cell("at")});
  const std::string& base = list.current_folder.empty() ? list.root : list.current_folder;
  for (const ListRow& row : list.rows) {
    const SourceRange& where = row.record->where;
    Cell name;
    name.add(paint.bold(), row.record->name, paint.reset());
    if (!row.bundled.empty()) name.add(paint.dim(), " (bundled)", paint.reset());
    if (row.bundled.empty() && row.test) name.add(paint.dim(), " (test)", paint.reset());
    cells.push_back(
        {Cell(std::to_string(row.record->size)), Cell(number(row.padding)),
         Cell(number(row.saved_each)), Cell(number(row.instances)), Cell(number(row.waste())),
         std::move(name),
         Cell(fmt::format("{}:{}", visible_text(relative_path(where.file, base)), where.line))});
  }
  const std::vector<Align> alignment = {Align::Right, Align::Right, Align::Right, Align::Right,
                                        Align::Right, Align::Left,  Align::Left};
  for (const Cell& line : in_columns(cells, alignment)) {
    out << line.text << '\n';
  }
  if (list.left_out != 0) {
    fmt::print(out, "{}... and {} more{}\n", paint.dim(), list.left_out, paint.reset());
  }
}

void write_list_json(const RecordList& list, std::ostream& out) {
  const Json tool = {
      {"name", "snug"}, {"version", list.tool.version}, {"libclang", list.tool.libclang}};
  out << "{\"schema\": \"snug-list/1\",\n \"tool\": " << dump(tool)
      << ",\n \"abi\": " << dump(json_of(list.model->abi)) << ",\n \"left_out\": " << list.left_out
      << ",\n \"records\": [";
  const char* separator = "\n  ";
  for (const ListRow& row : list.rows) {
    out << separator << dump(json_of(row, list));
    separator = ",\n  ";
  }
  out << "]}\n";
}

}  // namespace snug
