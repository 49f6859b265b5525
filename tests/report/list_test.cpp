#include "report/list.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

TEST_CASE("the list names size, padding and what a better order saves") {
  const Model model = model_of({record("Order", 24, {field("id", "long", 0, 8)})});
  RecordList list;
  list.root = "/project";
  list.model = &model;
  list.rows.push_back({&model.records[0], 16, 8, 100});
  list.rows.push_back({&model.records[0], 0, 0, 0});
  list.rows[0].bundled = "third_party";
  list.rows[1].test = true;
  list.left_out = 3;
  std::ostringstream text, json;
  write_list_text(list, false, text);
  CHECK(text.str() ==
        "size  padding  saved  objects  waste  record           at\n"
        "  24       16      8      100    800  Order (bundled)  order.hpp:12\n"
        "  24        -      -        -      -  Order (test)     order.hpp:12\n"
        "... and 3 more\n");
  write_list_json(list, json);
  const auto parsed = nlohmann::json::parse(json.str());
  CHECK(parsed["schema"] == "snug-list/1");
  CHECK(parsed["records"][0]["waste"] == 800);
  CHECK(parsed["records"][1]["instances"].is_null());
  CHECK(parsed["left_out"] == 3);
  CHECK(parsed["records"][0]["bundled"] == "third_party");
  CHECK(parsed["records"][1]["bundled"].is_null());
  CHECK(parsed["records"][1]["test"] == true);
}

TEST_CASE("waste saturates instead of wrapping around") {
  CHECK(ListRow{nullptr, 0, 8, 0}.waste() == 8);
  CHECK(ListRow{nullptr, 0, 1ULL << 40U, 1ULL << 40U}.waste() == ~0ULL);
}
