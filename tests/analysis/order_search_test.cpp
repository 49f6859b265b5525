// The search for orders against brute force: every allowed order, laid out one by one.
#include "analysis/orders/order_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <numeric>
#include <random>

#include "analysis/orders/order_units.hpp"
#include "support/random_records.hpp"

using namespace snug;

namespace {

Abi linux_abi() {
  Abi abi;
  abi.target = "x86_64-unknown-linux-gnu";
  return abi;
}

MemberSpec field(std::uint64_t size, std::uint64_t align) {
  MemberSpec member;
  member.size_bits = 8 * size;
  member.type_align_bits = 8 * align;
  return member;
}

OrderProblem problem_of(RecordSpec spec, const Abi& abi) {
  OrderProblem problem;
  problem.groups.assign(spec.members.size(), 0);
  problem.fixed.assign(spec.members.size(), false);
  problem.specs.push_back(std::move(spec));
  problem.abi = abi;
  return problem;
}

/// A unit of the brute force: neighbouring bit-fields stay together.
struct Piece {
  std::vector<std::uint32_t> members;
  bool run = false;
  bool fixed = false;
  std::uint32_t group = 0;
};

std::vector<Piece> pieces_of(const OrderProblem& problem) {
  const RecordSpec& spec = problem.specs.front();
  std::vector<Piece> pieces;
  for (std::uint32_t i = 0; i < spec.members.size(); ++i) {
    const bool bits = spec.members[i].bit_width.has_value();
    if (!bits || pieces.empty() || !pieces.back().run) {
      pieces.push_back({{}, bits, false, problem.groups[i]});
    }
    Piece& piece = pieces.back();
    piece.members.push_back(i);
    const bool overlapping = spec.members[i].no_unique_address && spec.members[i].is_empty;
    piece.fixed = piece.fixed || problem.fixed[i] || spec.members[i].flexible || overlapping ||
                  problem.groups[i] != piece.group;
  }
  return pieces;
}

struct Best {
  std::uint64_t size = 0;
  std::uint32_t moved = 0;
  std::uint64_t tried = 0;
};

/// Every order that the rules allow. One spec only.
Best brute_force(const OrderProblem& problem) {
  const RecordSpec& spec = problem.specs.front();
  const std::vector<Piece> pieces = pieces_of(problem);
  const Placement declared = lay_out(spec, problem.abi);
  Best best{declared.size_bits, 0, 0};
  std::vector<std::uint32_t> turn(pieces.size());
  std::iota(turn.begin(), turn.end(), 0U);
  do {
    std::vector<std::uint32_t> order;
    bool allowed = true;
    for (std::size_t p = 0; p < turn.size(); ++p) {
      const Piece& piece = pieces[turn[p]];
      allowed = allowed && piece.group == pieces[p].group;
      allowed = allowed && ((!piece.fixed && !pieces[p].fixed) || turn[p] == p);
      allowed = allowed && (p == 0 || !piece.run || !pieces[turn[p - 1]].run);
      order.insert(order.end(), piece.members.begin(), piece.members.end());
    }
    if (!allowed) continue;
    const Placement placement = lay_out(spec, problem.abi, order);
    for (const Piece& piece : pieces) {
      for (const std::uint32_t member : piece.members) {
        if (!piece.run) continue;
        const std::uint32_t first = piece.members.front();
        allowed = allowed && placement.offset_bits[member] - placement.offset_bits[first] ==
                                 declared.offset_bits[member] - declared.offset_bits[first];
      }
    }
    if (!allowed) continue;
    ++best.tried;
    const std::uint32_t moved = count_moved(order);
    if (placement.size_bits < best.size) {
      best.size = placement.size_bits;
      best.moved = moved;
    } else if (placement.size_bits == best.size) {
      best.moved = std::min(best.moved, moved);
    }
  } while (std::next_permutation(turn.begin(), turn.end()));
  return best;
}

/// Random members with sizes that are awkward on purpose, a random prefix and random constraints.
OrderProblem random_problem(std::mt19937& random, std::uint32_t members, const Abi& abi) {
  const auto below = [&](std::uint64_t n) { return random() % n; };
  RecordSpec spec;
  const std::uint64_t prefixes[] = {0, 0, 0, 64, 72, 96, 128, 8};
  spec.prefix.data_bits = spec.prefix.size_bits = prefixes[below(8)];
  spec.prefix.align_bits = spec.prefix.data_bits == 0 ? 8 : 64;
  if (below(8) == 0) spec.min_align_bits = 8ULL << below(6);
  std::vector<std::uint32_t> groups;
  std::vector<bool> fixed;
  std::uint32_t group = 0;
  for (std::uint32_t i = 0; i < members; ++i) {
    const std::uint64_t align = 1ULL << below(4);
    MemberSpec member = field(align * (1 + below(below(3) == 0 ? 5 : 1)), align);
    const std::uint64_t kind = below(10);
    if (kind == 0) member.explicit_align_bits = 8ULL << below(5);
    if (kind == 1 || kind == 2) {
      member = field(align, align);
      member.bit_width = static_cast<std::uint32_t>(1 + below(8 * align));
    }
    if (kind == 3) {
      member.no_unique_address = true;
      member.data_bits = member.size_bits - 8 * below(member.size_bits / 8);
    }
    spec.members.push_back(member);
    if (below(6) == 0) group = static_cast<std::uint32_t>(below(3));
    groups.push_back(group);
    fixed.push_back(below(20) == 0);
  }
  if (below(10) == 0) {
    VirtualBaseSpec base;
    base.nonvirtual_bits = 8 * (1 + below(20));
    base.nonvirtual_align_bits = 8ULL << below(4);
    spec.virtual_bases.push_back(base);
  }
  OrderProblem problem = problem_of(std::move(spec), abi);
  problem.groups = std::move(groups);
  problem.fixed = std::move(fixed);
  return problem;
}

std::string print(const OrderProblem& problem) {
  std::string out = fmt::format("prefix {}\n", problem.specs.front().prefix.data_bits);
  for (std::size_t i = 0; i < problem.groups.size(); ++i) {
    const MemberSpec& m = problem.specs.front().members[i];
    out +=
        fmt::format("size {} align {}/{} width {} data {} nua {} group {} fixed {}\n", m.size_bits,
                    m.type_align_bits, m.explicit_align_bits, m.bit_width.value_or(0), m.data_bits,
                    m.no_unique_address, problem.groups[i], bool{problem.fixed[i]});
  }
  return out;
}

void compare(const OrderProblem& problem) {
  const Best best = brute_force(problem);
  const std::uint64_t declared = lay_out(problem.specs.front(), problem.abi).size_bits;
  const auto found = smallest_order(problem);
  INFO(print(problem));
  if (best.size == declared) {
    REQUIRE_FALSE(found);
    return;
  }
  REQUIRE(found);
  INFO(fmt::format("order {}", fmt::join(found->order, " ")));
  REQUIRE(found->size_bits.front() == best.size);
  REQUIRE(lay_out(problem.specs.front(), problem.abi, found->order).size_bits == best.size);
  REQUIRE(found->moved == best.moved);
  REQUIRE(found->exact);
}

}  // namespace

TEST_CASE("the smallest order is the one that brute force finds, with no more moves") {
  std::mt19937 random(20240);
  for (int i = 0; i < 1900; ++i) {
    compare(random_problem(random, 2 + static_cast<std::uint32_t>(random() % 5), linux_abi()));
  }
  for (int i = 0; i < 100; ++i) {
    compare(random_problem(random, 7 + static_cast<std::uint32_t>(random() % 2), linux_abi()));
  }
}

TEST_CASE("the smallest order is right by the rules of other ABIs") {
  Abi abi = linux_abi();
  abi.target = GENERATE(as<std::string>{}, "armv7-unknown-linux-gnueabihf",
                        "arm64-apple-macosx11.0.0", "x86_64-pc-windows-msvc");
  abi.microsoft = abi.target.find("msvc") != std::string::npos;
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    OrderProblem problem =
        random_problem(random, 2 + static_cast<std::uint32_t>(random() % 5), abi);
    if (abi.microsoft) problem.specs.front().virtual_bases.clear();
    compare(problem);
  }
}

TEST_CASE("the smallest order of up to 5 fields is the one that the compiler itself finds") {
  const Abi abi = linux_abi();
  test::RandomOptions options{.abi = abi};
  options.bases = false;
  options.odd = false;
  options.least_members = 2;
  options.most_members = 5;
  options.usable = 20;
  const auto records = test::random_records(99, 220, options);
  std::string source;
  std::vector<std::string> names;
  std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> tried;
  for (std::size_t r = 0; r < records.size(); ++r) source += records[r].source;
  for (std::size_t r = options.usable; r < records.size(); ++r) {
    const auto& members = records[r].facts.own.members;
    std::vector<std::uint32_t> order(members.size());
    std::iota(order.begin(), order.end(), 0U);
    do {
      // Runs of bit-fields are the business of the other tests: here they stay where they are.
      bool allowed = true;
      for (std::uint32_t i = 0; i < order.size(); ++i) {
        allowed = allowed && (!members[i].bit_width || order[i] == i);
      }
      if (!allowed) continue;
      const std::string name = fmt::format("{}_{}", records[r].name, names.size());
      std::string text = test::with_order(records[r].source, order);
      for (std::size_t at = 0; (at = text.find(records[r].name, at)) != std::string::npos;) {
        const bool whole =
            !std::isdigit(static_cast<unsigned char>(text[at + records[r].name.size()]));
        if (whole) text.replace(at, records[r].name.size(), name);
        at += name.size();
      }
      source += text;
      names.push_back(name);
      tried.emplace_back(r, order);
    } while (std::next_permutation(order.begin(), order.end()));
  }
  const std::string folder = std::string(SNUG_BINARY_DIR) + "/scratch";
  std::filesystem::create_directories(folder);
  const auto layouts =
      test::compiler_layouts(source, names, abi.target, folder + "/orders_by_compiler.cpp");

  std::map<std::size_t, std::uint64_t> smallest;
  std::map<std::size_t, std::uint32_t> moves;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    const auto [record, order] = tried[i];
    const std::uint32_t moved = count_moved(order);
    const auto [at, fresh] = smallest.try_emplace(record, layouts[i].size);
    if (fresh || layouts[i].size < at->second) {
      at->second = layouts[i].size;
      moves[record] = moved;
    } else if (layouts[i].size == at->second) {
      moves[record] = std::min(moves[record], moved);
    }
  }
  REQUIRE(smallest.size() == 200);
  for (const auto& [record, size] : smallest) {
    OrderProblem problem = problem_of(records[record].facts.own, abi);
    for (std::size_t i = 0; i < problem.fixed.size(); ++i) {
      problem.fixed[i] = problem.specs.front().members[i].bit_width.has_value();
    }
    INFO(records[record].source);
    const auto found = smallest_order(problem);
    const std::uint64_t declared = lay_out(problem.specs.front(), abi).size_bits;
    CHECK((found ? found->size_bits.front() : declared) == size);
    CHECK((found ? found->moved : 0) == moves[record]);
  }
}

TEST_CASE("a record of many fields is searched exactly") {
  RecordSpec spec;
  for (int i = 0; i < 12; ++i) {
    spec.members.push_back(field(1, 1));
    spec.members.push_back(field(8, 8));
    spec.members.push_back(field(4, 4));
  }
  const auto found = smallest_order(problem_of(spec, linux_abi()));
  REQUIRE(found);
  CHECK(found->size_bits.front() == 8 * (12 + 96 + 48 + 4));
  CHECK(found->exact);
}

TEST_CASE("sizes that are all different end in time and never make a record larger") {
  std::mt19937 random(3);
  RecordSpec spec;
  for (std::uint64_t i = 0; i < 120; ++i) {
    const std::uint64_t align = 1ULL << random() % 4;
    spec.members.push_back(field(align * (1 + random() % 40), align));
  }
  const std::uint64_t declared = lay_out(spec, linux_abi()).size_bits;
  const auto found = smallest_order(problem_of(spec, linux_abi()));
  REQUIRE(found);
  CHECK(found->size_bits.front() < declared);
}

TEST_CASE("records too large to search still get the smallest size, with few moves") {
  const std::uint64_t sizes[] = {1, 8, 2, 4};
  for (const std::uint32_t fields : {40U, 500U, 5000U}) {
    RecordSpec spec;
    for (std::uint32_t i = 0; i < fields; ++i)
      spec.members.push_back(field(sizes[i % 4], sizes[i % 4]));
    const OrderProblem problem = problem_of(spec, linux_abi());
    const auto found = smallest_order(problem);
    REQUIRE(found);
    CHECK(found->size_bits.front() == (8 * 15 * (fields / 4) + 63) / 64 * 64);
    CHECK(lay_out(spec, linux_abi(), found->order).size_bits == found->size_bits.front());
    CHECK(found->moved == count_moved(found->order));
    // Sorted by alignment three of four would move.
    CHECK(found->moved <= fields * 2 / 5);
    const auto sorted = any_order(problem, found->size_bits);
    REQUIRE(sorted);
    CHECK(sorted->moved >= fields / 2);
  }
}

TEST_CASE("the way of few moves finds the fewest where the search can tell") {
  std::mt19937 random(11);
  std::uint32_t more = 0;
  std::uint32_t fewest = 0;
  for (int i = 0; i < 60; ++i) {
    OrderProblem problem = random_problem(random, 10, linux_abi());
    const auto exact = smallest_order(problem);
    if (!exact) continue;
    problem.states = 1;
    const auto few = smallest_order(problem);
    INFO(print(problem));
    REQUIRE(exact->exact);
    if (!few) continue;  // the size itself was searched for
    CHECK(few->size_bits.front() >= exact->size_bits.front());
    if (few->size_bits != exact->size_bits) continue;
    CHECK(few->moved >= exact->moved);
    more += few->moved - exact->moved;
    fewest += exact->moved;
  }
  CHECK(fewest > 50);
  CHECK(10 * more < fewest);
}

TEST_CASE("fields that differ by whole alignments are of one class") {
  RecordSpec spec;
  for (const std::uint64_t bytes : {8U, 1U, 24U, 2U, 32U, 1U, 48U, 4U, 8U, 2U, 16U, 1U}) {
    spec.members.push_back(field(bytes, std::min<std::uint64_t>(bytes, 8)));
  }
  const OrderProblem problem = problem_of(spec, linux_abi());
  const OrderBoard board = make_board(problem);
  CHECK(board.classes == 4);
  CHECK(board.frames.front().whole == 8 * (8 + 24 + 32 + 48 + 8 + 16));
}

TEST_CASE("members out of place are counted as by the long way") {
  std::mt19937 random(5);
  for (int i = 0; i < 200; ++i) {
    std::vector<std::uint32_t> order(1 + random() % 12);
    std::iota(order.begin(), order.end(), 0U);
    std::shuffle(order.begin(), order.end(), random);
    std::vector<std::uint32_t> longest(order.size(), 1);
    for (std::size_t a = 0; a < order.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        if (order[b] < order[a]) longest[a] = std::max(longest[a], longest[b] + 1);
      }
    }
    CHECK(count_moved(order) == order.size() - *std::max_element(longest.begin(), longest.end()));
  }
}

TEST_CASE("an order for several layouts helps one and harms none") {
  OrderProblem problem;
  problem.abi = linux_abi();
  RecordSpec narrow;
  narrow.members = {field(1, 1), field(1, 1), field(4, 4)};
  RecordSpec wide;
  wide.members = {field(1, 1), field(8, 8), field(4, 4)};
  problem.specs = {narrow, wide};
  problem.groups = {0, 0, 0};
  problem.fixed = {false, false, false};
  const auto found = smallest_order(problem);
  REQUIRE(found);
  CHECK(found->size_bits == std::vector<std::uint64_t>{64, 128});
  CHECK(found->moved == 1);
}

TEST_CASE("empty subobjects that may meet are tried in every order") {
  OrderProblem problem;
  RecordSpec spec;
  spec.prefix.empties = {{"E", 0}};
  spec.prefix.size_bits = 8;
  MemberSpec empty = field(1, 1);
  empty.is_empty = true;
  empty.empties = {{"E", 0}};
  spec.members = {empty, field(1, 1), field(8, 8), field(4, 4)};
  REQUIRE(empties_may_meet(spec));
  problem = problem_of(spec, linux_abi());
  const Best best = brute_force(problem);
  const auto found = smallest_order(problem);
  const std::uint64_t declared = lay_out(spec, linux_abi()).size_bits;
  CHECK((found ? found->size_bits.front() : declared) == best.size);
  if (found) CHECK(found->moved == best.moved);
}
