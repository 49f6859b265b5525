#include "report/draw.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "report/layout_rows.hpp"
#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

DrawOptions plain() {
  DrawOptions options;
  options.width = 100;
  options.current_folder = "/project";
  return options;
}

std::string drawn(const Record& shown, const Model& model, const BetterOrder* better = nullptr,
                  const DrawOptions& options = plain()) {
  std::ostringstream out;
  draw_record(shown, model, better, options, out);
  return out.str();
}

Record order() {
  return record(
      "market::Order", 24,
      {field("live", "bool", 0, 1), field("price", "double", 8, 8), field("side", "Side", 16, 1)});
}

Slot bit_field(std::string name, std::uint64_t offset_bits, std::uint64_t size_bits) {
  Slot slot = field(std::move(name), "unsigned int", 0, 4);
  slot.kind = SlotKind::BitField;
  slot.extent = {offset_bits, size_bits};
  return slot;
}

}  // namespace

TEST_CASE("a layout is drawn with its holes in place") {
  const Model model = model_of({order()});
  CHECK(drawn(model.records[0], model) ==
        "struct market::Order  order.hpp:12:8\n"
        "24 bytes, align 8, 1 cache line of 64 bytes; 14 bytes of padding (7 in holes, 7 at the "
        "end)\n"
        "\n"
        "   offset  size  type    name\n"
        "a       0     1  bool    live\n"
        ".       1     7          7 bytes of padding\n"
        "b       8     8  double  price\n"
        "c      16     1  Side    side\n"
        ".      17     7          7 bytes of padding\n"
        "\n"
        "       0       8       16\n"
        "    0 |a.......bbbbbbbbc.......|\n");
}

TEST_CASE("the better order stands beside it, or below on a narrow terminal") {
  const Model model = model_of({order()});
  const Record compact = record(
      "market::Order", 16,
      {field("price", "double", 0, 8), field("live", "bool", 8, 1), field("side", "Side", 9, 1)});
  SuggestedFix fix;
  fix.title = "Reorder the fields of 'Order'";
  fix.safety = Safety::Safe;
  fix.proof = Proof{true, 1, 1, 24, 16, {}};
  const BetterOrder better{compact, &fix};
  const std::string wide = drawn(model.records[0], model, &better);
  CHECK(wide.find("current layout:") != std::string::npos);
  CHECK(wide.find("a       0     1  bool    live") != std::string::npos);
  CHECK(wide.find("suggested layout: 16 bytes (saves 8)\n") != std::string::npos);
  // A field keeps its letter in the better order.
  CHECK(wide.find("    b       0     8  double  price\n") != std::string::npos);
  CHECK(wide.find("    0 |bbbbbbbbac......|\n") != std::string::npos);
  CHECK(wide.find("verified in the only unit that uses it; fix is safe\n") != std::string::npos);

  DrawOptions narrow = plain();
  narrow.width = 40;
  const std::string stacked = drawn(model.records[0], model, &better, narrow);
  CHECK(stacked.find("\nsuggested layout: 16 bytes (saves 8)\n") != std::string::npos);
}

TEST_CASE("the borders of cache lines are marked, also inside a field") {
  const Record big =
      record("Big", 192,
             {field("head", "char[60]", 0, 60), field("lock", "Lock", 60, 40),
              field("rest", "char[28]", 100, 28), field("end", "char[64]", 128, 64)});
  const Model model = model_of({big});
  const std::string text = drawn(model.records[0], model);
  CHECK(text.find("b      60    40  Lock      lock\n"
                  "-- cache line 1 starts (byte 64) inside 'lock' --\n") != std::string::npos);
  CHECK(text.find("-- cache line 2 starts (byte 128) --\n"
                  "d     128    64  char[64]  end\n") != std::string::npos);
  CHECK(text.find("   64 |bbbb") != std::string::npos);
  CHECK(text.find("  128 |dddd") != std::string::npos);
}

TEST_CASE("bit-fields have byte:bit offsets and sizes in bits") {
  Record flags =
      record("Flags", 4, {bit_field("a", 0, 3), bit_field("", 3, 2), bit_field("c", 11, 1)});
  const Model model = model_of({flags});
  const std::string text = drawn(model.records[0], model);
  CHECK(text.find("a       0   3 bits  unsigned int  a\n") != std::string::npos);
  CHECK(text.find("b     0:3   2 bits  unsigned int  (unnamed)\n") != std::string::npos);
  CHECK(text.find("c     1:3    1 bit  unsigned int  c\n") != std::string::npos);
  CHECK(text.find("of padding") != std::string::npos);
}

TEST_CASE("bases and anonymous members are unfolded") {
  Record base = record("Base", 16, {field("a", "long", 0, 8), field("b", "int", 8, 4)});
  Slot base_slot = field("Base", "Base", 0, 12);
  base_slot.kind = SlotKind::Base;
  base_slot.type_id = base.id;
  Slot anonymous = field("", "union (anonymous)", 16, 8);
  anonymous.members = {field("number", "long", 16, 8), field("text", "char[4]", 16, 4)};
  Record derived = record("Derived", 24, {base_slot, field("c", "int", 12, 4), anonymous});
  const Model model = model_of({base, derived});
  const auto rows = layout_rows(model.records[1], model);
  std::vector<std::string> names;
  for (const LayoutRow& row : rows) {
    names.push_back(std::string(2 * row.depth, ' ') + row.name);
  }
  CHECK(names ==
        std::vector<std::string>{"(base)", "  a", "  b", "c", "(anonymous)", "  number", "  text"});
  CHECK(rows[2].extent.offset_bits == 8 * bits);
  CHECK(drawn(model.records[1], model).find("    0 |aaaaaaaabbbbccccdddddddd|") !=
        std::string::npos);
}

TEST_CASE("a large record is scaled down, an empty one has no bar row") {
  const Record large = record("Large", 4096, {field("a", "char[4000]", 0, 4000)});
  const Record nothing = record("Nothing", 1, {});
  const Model model = model_of({large, nothing});
  const std::string text = drawn(model.records[0], model);
  CHECK(text.find("(1 character = 8 bytes)") != std::string::npos);
  CHECK(text.find("cache lines 1 to 62 start (byte 3968) inside 'a'") != std::string::npos);
  CHECK(drawn(model.records[1], model).find("    0 |.|\n") != std::string::npos);
}

TEST_CASE("targets stand side by side, a missing record is told") {
  Model wide = model_of({order()});
  Model narrow = model_of(
      {record("market::Order", 12, {field("live", "bool", 0, 1), field("price", "double", 4, 8)})});
  narrow.abi.target = "i686-unknown-linux-gnu";
  Model none = model_of({});
  none.abi.target = "x86_64-pc-windows-msvc";
  const TargetLayout layouts[] = {
      {&wide, &wide.records[0]}, {&narrow, &narrow.records[0]}, {&none, nullptr}};
  std::ostringstream out;
  draw_targets(layouts, plain(), out);
  const std::string text = out.str();
  CHECK(text.find("[1] x86_64-unknown-linux-gnu\n[2] i686-unknown-linux-gnu\n"
                  "[3] x86_64-pc-windows-msvc: no such record there\n") != std::string::npos);
  CHECK(text.find("live       bool             0     1    +7           0     1    +3           -  "
                  "   -\n") != std::string::npos);
  CHECK(text.find("price      double           8     8                 4     8                 -  "
                  "   -\n") != std::string::npos);
  CHECK(text.find("= size") != std::string::npos);
}

TEST_CASE("several matches are listed with size and place") {
  const Model model = model_of({order(), record("web::Order", 8, {field("id", "long", 0, 8)})});
  const Record* found[] = {&model.records[0], &model.records[1]};
  std::ostringstream out;
  draw_matches(found, plain(), out);
  CHECK(out.str() ==
        "size  align  padding  record         at\n"
        "  24      8       14  market::Order  order.hpp:12:8\n"
        "   8      8        0  web::Order     order.hpp:12:8\n");
}
