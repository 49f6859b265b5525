// A question is everything that a search looks at, as bytes. Every part of the problem is named
// here by a structured binding, so that one that is added does not compile until it is named too.
// An answer is checked as it is taken out: an order of all members, one size for each spec.
#include "analysis/orders/order_memory.hpp"

#include <vector>

#include "base/error.hpp"
#include "base/packed.hpp"

namespace snug {
namespace {

/// Records with fewer members are searched at once.
constexpr std::size_t few_members = 16;

enum class Question : std::uint8_t { Smallest, Any, FewestMoves };

void pack(Packer& out, const Abi& abi) {
  const auto& [target, pointer, line, microsoft] = abi;
  out.text(target);
  for (const std::uint32_t number : {pointer, line}) out.number(number);
  out.number(microsoft ? 1 : 0);
}

void pack(Packer& out, const std::vector<EmptyAt>& empties) {
  out.number(empties.size());
  for (const auto& [type, offset] : empties) {
    out.text(type);
    out.number(offset);
  }
}

void pack(Packer& out, const MemberSpec& member) {
  const auto& [size, type_align, explicit_align, data, width, named, packed, shares, empty,
               flexible, empties] = member;
  for (const std::uint64_t number : {size, type_align, explicit_align, data}) out.number(number);
  out.number(width ? std::uint64_t{*width} + 1 : 0);
  for (const bool flag : {named, packed, shares, empty, flexible}) out.number(flag ? 1 : 0);
  pack(out, empties);
}

void pack(Packer& out, const VirtualBaseSpec& base) {
  const auto& [type, nonvirtual, align, empty, size, empties] = base;
  out.text(type);
  for (const std::uint64_t number : {nonvirtual, align, size}) out.number(number);
  out.number(empty ? 1 : 0);
  pack(out, empties);
}

void pack(Packer& out, const RecordSpec& spec) {
  const auto& [is_union, cxx, gcc_rules, keeps_tail, packed, max_field_align, min_align, prefix,
               members, virtual_bases] = spec;
  for (const bool flag : {is_union, cxx, gcc_rules, keeps_tail, packed}) out.number(flag ? 1 : 0);
  out.number(max_field_align);
  out.number(min_align);
  const auto& [prefix_size, prefix_data, prefix_align, empties] = prefix;
  for (const std::uint64_t number : {prefix_size, prefix_data, prefix_align}) out.number(number);
  pack(out, empties);
  out.number(members.size());
  for (const MemberSpec& member : members) pack(out, member);
  out.number(virtual_bases.size());
  for (const VirtualBaseSpec& base : virtual_bases) pack(out, base);
}

std::string question_of(Question kind, const OrderProblem& problem,
                        std::span<const std::uint64_t> targets) {
  const auto& [specs, abi, groups, fixed, states] = problem;
  Packer out;
  out.number(static_cast<std::uint64_t>(kind));
  pack(out, abi);
  out.number(states);
  out.number(specs.size());
  for (const RecordSpec& spec : specs) pack(out, spec);
  for (const std::uint32_t group : groups) out.number(group);
  for (const bool one : fixed) out.number(one ? 1 : 0);
  for (const std::uint64_t target : targets) out.number(target);
  return out.bytes();
}

std::string answer_of(const std::optional<FoundOrder>& found) {
  Packer out;
  out.number(found ? 1 : 0);
  if (!found) return out.bytes();
  for (const std::uint32_t member : found->order) out.number(member);
  for (const std::uint64_t size : found->size_bits) out.number(size);
  out.number(found->moved);
  out.number(found->exact ? 1 : 0);
  return out.bytes();
}

/// Throws Error for bytes that are no answer to the problem.
std::optional<FoundOrder> found_in(std::string_view answer, const OrderProblem& problem) {
  Unpacker from(answer);
  std::optional<FoundOrder> found;
  if (from.number() != 0) {
    const std::size_t members = problem.specs.front().members.size();
    found.emplace();
    std::vector<bool> seen(members);
    for (std::size_t i = 0; i < members; ++i) {
      const std::uint64_t member = from.number();
      if (member >= members || seen[member]) throw Error("no order of the members");
      seen[member] = true;
      found->order.push_back(static_cast<std::uint32_t>(member));
    }
    for (std::size_t s = 0; s < problem.specs.size(); ++s) {
      found->size_bits.push_back(from.number());
    }
    found->moved = static_cast<std::uint32_t>(from.number());
    found->exact = from.number() != 0;
  }
  if (!from.done()) throw Error("more than an answer");
  return found;
}

template <class Search>
std::optional<FoundOrder> answered(OrderMemory* memory, Question kind, const OrderProblem& problem,
                                   std::span<const std::uint64_t> targets, const Search& search) {
  if (memory == nullptr || problem.specs.front().members.size() < few_members) return search();
  const std::string question = question_of(kind, problem, targets);
  if (const std::optional<std::string> answer = memory->answer_to(question)) {
    try {
      return found_in(*answer, problem);
    } catch (const Error&) {
      // Not one of ours: it is searched for.
    }
  }
  std::optional<FoundOrder> found = search();
  memory->keep_answer(question, answer_of(found));
  return found;
}

}  // namespace

std::optional<FoundOrder> OrderSearch::smallest(const OrderProblem& problem) const {
  return answered(memory_, Question::Smallest, problem, {},
                  [&] { return smallest_order(problem); });
}

std::optional<FoundOrder> OrderSearch::any(const OrderProblem& problem,
                                           std::span<const std::uint64_t> targets) const {
  return answered(memory_, Question::Any, problem, targets,
                  [&] { return any_order(problem, targets); });
}

std::optional<FoundOrder> OrderSearch::fewest_moves(const OrderProblem& problem,
                                                    std::span<const std::uint64_t> targets) const {
  return answered(memory_, Question::FewestMoves, problem, targets,
                  [&] { return snug::fewest_moves(problem, targets); });
}

}  // namespace snug
