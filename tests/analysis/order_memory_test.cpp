// Kept answers of the search for orders: they change no answer, and each part of a question counts.
#include "analysis/orders/order_memory.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace snug;

namespace {

struct Notes final : OrderMemory {
  std::map<std::string, std::string> answers;
  std::vector<std::string> questions;

  std::optional<std::string> answer_to(const std::string& question) override {
    questions.push_back(question);
    const auto known = answers.find(question);
    return known == answers.end() ? std::nullopt : std::optional(known->second);
  }
  void keep_answer(const std::string& question, std::string_view answer) override {
    answers[question] = answer;
  }
};

OrderProblem random_problem(std::uint32_t seed, std::size_t members) {
  std::mt19937 random(seed);
  OrderProblem problem;
  problem.abi.target = "x86_64-unknown-linux-gnu";
  RecordSpec& spec = problem.specs.emplace_back();
  for (std::size_t i = 0; i < members; ++i) {
    MemberSpec& member = spec.members.emplace_back();
    const std::uint64_t align = std::uint64_t{8} << random() % 4;
    member.type_align_bits = align;
    member.size_bits = align * (1 + random() % 3);
    member.data_bits = member.size_bits;
    problem.groups.push_back(random() % 8 == 0 ? 1 : 0);
    problem.fixed.push_back(random() % 10 == 0);
  }
  return problem;
}

void check_same(const std::optional<FoundOrder>& one, const std::optional<FoundOrder>& other) {
  REQUIRE(one.has_value() == other.has_value());
  if (!one) return;
  CHECK(one->order == other->order);
  CHECK(one->size_bits == other->size_bits);
  CHECK(one->moved == other->moved);
  CHECK(one->exact == other->exact);
}

}  // namespace

TEST_CASE("kept answers are those of the search") {
  Notes notes;
  const OrderSearch search(&notes);
  for (const bool again : {false, true}) {
    const std::size_t known = notes.answers.size();
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
      const OrderProblem problem = random_problem(seed, 16 + seed % 12);
      const auto smallest = smallest_order(problem);
      check_same(search.smallest(problem), smallest);
      const std::vector<std::uint64_t> targets =
          smallest ? smallest->size_bits
                   : std::vector<std::uint64_t>{lay_out(problem.specs[0], problem.abi).size_bits};
      check_same(search.any(problem, targets), any_order(problem, targets));
      check_same(search.fewest_moves(problem, targets), fewest_moves(problem, targets));
    }
    // Each question was another one, and the second time nothing is searched.
    CHECK(notes.answers.size() == (again ? known : 180));
  }
}

TEST_CASE("small records are not kept") {
  Notes notes;
  (void)OrderSearch(&notes).smallest(random_problem(1, 15));
  CHECK(notes.questions.empty());
}

TEST_CASE("an answer that is none is searched for again") {
  Notes notes;
  const OrderSearch search(&notes);
  const OrderProblem problem = random_problem(7, 20);
  const auto right = search.smallest(problem);
  REQUIRE(right);
  const std::string question = notes.questions.back();
  const std::string kept = notes.answers.at(question);
  const std::string twice_the_first = kept.substr(0, 16) + kept.substr(8, 8) + kept.substr(24);
  for (const std::string& damaged :
       {std::string(), kept.substr(0, kept.size() - 1), kept + "x", twice_the_first}) {
    notes.answers[question] = damaged;
    check_same(search.smallest(problem), right);
    CHECK(notes.answers[question] == kept);
  }
}

TEST_CASE("every part of a problem is part of the question") {
  using Change = std::function<void(OrderProblem&)>;
  const std::vector<Change> changes = {
      [](OrderProblem& p) { p.abi.target = "i386-unknown-linux-gnu"; },
      [](OrderProblem& p) { p.abi.pointer_bytes = 4; },
      [](OrderProblem& p) { p.abi.cache_line_bytes = 128; },
      [](OrderProblem& p) { p.abi.microsoft = true; },
      [](OrderProblem& p) { p.groups[3] = 7; },
      [](OrderProblem& p) { p.fixed[3] = !p.fixed[3]; },
      [](OrderProblem& p) { p.states = 10; },
      [](OrderProblem& p) { p.specs.push_back(p.specs.front()); },
      [](OrderProblem& p) { p.specs[0].cxx = false; },
      [](OrderProblem& p) { p.specs[0].gcc_rules = true; },
      [](OrderProblem& p) { p.specs[0].keeps_tail = true; },
      [](OrderProblem& p) { p.specs[0].packed = true; },
      [](OrderProblem& p) { p.specs[0].max_field_align_bits = 16; },
      [](OrderProblem& p) { p.specs[0].min_align_bits = 256; },
      [](OrderProblem& p) { p.specs[0].prefix.size_bits = 64; },
      [](OrderProblem& p) { p.specs[0].prefix.data_bits = 64; },
      [](OrderProblem& p) { p.specs[0].prefix.align_bits = 64; },
      [](OrderProblem& p) { p.specs[0].prefix.empties.push_back({"E", 0}); },
      [](OrderProblem& p) { p.specs[0].virtual_bases.emplace_back(); },
      [](OrderProblem& p) { p.specs[0].members[2].size_bits += 8; },
      [](OrderProblem& p) { p.specs[0].members[2].type_align_bits *= 2; },
      [](OrderProblem& p) { p.specs[0].members[2].explicit_align_bits = 64; },
      [](OrderProblem& p) { p.specs[0].members[2].data_bits += 8; },
      [](OrderProblem& p) { p.specs[0].members[2].bit_width = 0; },
      [](OrderProblem& p) { p.specs[0].members[2].bit_width = 3; },
      [](OrderProblem& p) { p.specs[0].members[2].named = false; },
      [](OrderProblem& p) { p.specs[0].members[2].packed = true; },
      [](OrderProblem& p) { p.specs[0].members[2].no_unique_address = true; },
      [](OrderProblem& p) { p.specs[0].members[2].is_empty = true; },
      [](OrderProblem& p) { p.specs[0].members[2].flexible = true; },
      [](OrderProblem& p) { p.specs[0].members[2].empties.push_back({"E", 8}); },
  };
  Notes notes;
  const OrderSearch search(&notes);
  (void)search.smallest(random_problem(3, 18));
  for (const Change& change : changes) {
    OrderProblem problem = random_problem(3, 18);
    change(problem);
    (void)search.smallest(problem);
  }
  (void)search.any(random_problem(3, 18), std::vector<std::uint64_t>{800});
  (void)search.any(random_problem(3, 18), std::vector<std::uint64_t>{864});
  (void)search.fewest_moves(random_problem(3, 18), std::vector<std::uint64_t>{864});
  const std::set<std::string> different(notes.questions.begin(), notes.questions.end());
  CHECK(different.size() == changes.size() + 4);
}
