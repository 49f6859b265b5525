#include "session/unit_status.hpp"

namespace snug {

bool units_analysed(const Model& model, bool keep_going) {
  std::size_t ok = 0, failed = 0;
  for (const Unit& unit : model.units) {
    ok += unit.status == UnitStatus::Ok ? 1 : 0;
    failed += unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped ? 1 : 0;
  }
  return ok != 0 && (failed == 0 || keep_going);
}

}  // namespace snug
