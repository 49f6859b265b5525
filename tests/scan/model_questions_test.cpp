// What a proof asks of the model: noted in full, and answered anew from another model.
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "scan/proof/model_questions.hpp"

using namespace snug;

namespace {

/// Few ids, places and templates, so that they meet.
Record random_record(int id) {
  Record record;
  record.id = "c:@S@R" + std::to_string(id);
  record.name = *rc::gen::element<std::string>("R", "R<int>", "R<char>");
  record.size = *rc::gen::element<std::uint64_t>(4, 8, 16);
  record.reported = *rc::gen::arbitrary<bool>();
  record.where.file = *rc::gen::element<std::string>("/p/a.hpp", "/p/b.hpp");
  record.where.begin = *rc::gen::element<std::uint64_t>(1, 7);
  record.template_id = *rc::gen::element<std::string>("", "c:@ST>1#T@R", "c:@ST>1#T@Q");
  if (*rc::gen::arbitrary<bool>()) record.units.push_back(0);
  if (*rc::gen::arbitrary<bool>()) record.units.push_back(1);
  return record;
}

Model random_model() {
  Model model;
  model.units.resize(2);
  for (int id = 0; id < 6; ++id) {
    if (*rc::gen::arbitrary<bool>()) continue;
    model.records.push_back(random_record(id));
    if (*rc::gen::arbitrary<bool>()) model.conflicts.push_back({random_record(id)});
  }
  return model;
}

/// One lookup, and all that a proof can see of what it finds.
struct ModelLookup {
  int kind = 0;
  std::string text;
  std::uint64_t offset = 0;
};

ModelLookup random_lookup() {
  const int kind = *rc::gen::inRange(0, 3);
  if (kind == 0) return {0, "c:@S@R" + std::to_string(*rc::gen::inRange(0, 7))};
  if (kind == 1) {
    return {1, *rc::gen::element<std::string>("/p/a.hpp", "/p/b.hpp", "/p/c.hpp"),
            *rc::gen::element<std::uint64_t>(1, 7, 8)};
  }
  return {2, *rc::gen::element<std::string>("c:@ST>1#T@R", "c:@ST>1#T@Q", "c:@ST>1#T@P")};
}

std::string seen(ModelQuestions& model, const ModelLookup& lookup) {
  std::vector<const Record*> found;
  if (lookup.kind == 0) {
    if (const Record* record = model.find(lookup.text)) found.push_back(record);
  } else if (lookup.kind == 1) {
    const auto there = model.at_place(lookup.text, lookup.offset);
    found.assign(there.begin(), there.end());
  } else {
    const auto made = model.of_template(lookup.text);
    found.assign(made.begin(), made.end());
  }
  std::string text;
  for (const Record* record : found) {
    const auto size = model.size_in_unit(*record);
    text += record->id + "|" + record->name + "|" + std::to_string(record->reported) + "|" +
            (size ? std::to_string(*size) : "none") + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("questions: another model fits exactly if a proof can see no difference") {
  CHECK(rc::check("says_the_same", [] {
    const Model before = random_model();
    Model after = before;
    // Often nearly the same.
    if (*rc::gen::arbitrary<bool>()) {
      after = random_model();
    } else if (!after.records.empty() && *rc::gen::arbitrary<bool>()) {
      const auto i = *rc::gen::inRange<std::size_t>(0, after.records.size());
      const std::string id = after.records[i].id;
      after.records[i] = random_record(0);
      after.records[i].id = id;
    }
    const std::uint32_t unit = *rc::gen::element<std::uint32_t>(0, 1);
    const RecordIndex old_records(before), new_records(after);
    ModelQuestions asked(old_records, unit), again(new_records, unit);
    bool same = true;
    for (int left = *rc::gen::inRange(0, 6); left > 0; --left) {
      const ModelLookup lookup = random_lookup();
      same = (seen(asked, lookup) == seen(again, lookup)) && same;
    }
    RC_ASSERT(says_the_same(asked.bytes(), new_records, unit) == same);
    RC_ASSERT(says_the_same(asked.bytes(), old_records, unit));
  }));
}

TEST_CASE("questions: bytes of another form are an error") {
  Model model;
  model.units.resize(1);
  const RecordIndex records(model);
  ModelQuestions questions(records, 0);
  (void)questions.find("c:@S@A");
  (void)questions.at_place("/p/a.hpp", 3);
  const std::string whole = questions.bytes();
  REQUIRE(says_the_same(whole, records, 0));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK_THROWS_AS(says_the_same(std::string_view(whole).substr(0, size), records, 0), Error);
  }
  CHECK_FALSE(says_the_same(whole + "x", records, 0));
  std::string other = whole;
  other[16] = 'q';  // the kind of the first question
  CHECK_THROWS_AS(says_the_same(other, records, 0), Error);
}
