// The layout rules against the compiler: random records, their offsets and sizes, on six targets.
#include "layout/lay_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <numeric>
#include <random>

#include "layout/class_layout.hpp"
#include "support/random_records.hpp"

using namespace snug;
using snug::test::CompilerLayout;
using snug::test::RandomRecord;

namespace {

Abi abi_of(const std::string& target) {
  Abi abi;
  abi.target = target;
  abi.pointer_bytes = target.starts_with("i686") || target.starts_with("armv7") ? 4 : 8;
  abi.microsoft = target.find("msvc") != std::string::npos;
  return abi;
}

/// A file in the build tree for the compiler to read.
std::string scratch_file(const std::string& name) {
  const std::string folder = std::string(SNUG_BINARY_DIR) + "/scratch";
  std::filesystem::create_directories(folder);
  return folder + "/" + name + ".cpp";
}

std::vector<std::string> names_of(const std::vector<RandomRecord>& records) {
  std::vector<std::string> names;
  for (const RandomRecord& record : records) names.push_back(record.name);
  return names;
}

CompilerLayout ours(const ClassLayout& layout) {
  CompilerLayout out;
  out.size = layout.placement.size_bits;
  out.data_size = layout.placement.data_bits;
  out.align = layout.placement.align_bits;
  out.fields = layout.placement.offset_bits;
  for (const BaseInfo& base : layout.bases) {
    if (!base.is_virtual) out.bases.push_back(static_cast<std::uint64_t>(base.offset_bits));
  }
  for (const VirtualBaseInfo& base : layout.virtual_bases) {
    out.virtual_bases.push_back(base.offset_bits);
  }
  return out;
}

std::string print(const CompilerLayout& layout) {
  return fmt::format("size {} data {} align {} bases [{}] virtual [{}] fields [{}]", layout.size,
                     layout.data_size, layout.align, fmt::join(layout.bases, ","),
                     fmt::join(layout.virtual_bases, ","), fmt::join(layout.fields, ","));
}

/// Lays the records out class by class and compares; the number of records that differ.
std::size_t differences(const std::vector<RandomRecord>& records, const Abi& abi,
                        const std::string& scratch) {
  std::string source;
  for (const RandomRecord& record : records) source += record.source;
  const auto theirs = test::compiler_layouts(source, names_of(records), abi.target, scratch);
  std::map<std::string, ClassLayout, std::less<>> done;
  const KnownLayouts known = [&](std::string_view id) -> const ClassLayout* {
    const auto found = done.find(id);
    return found == done.end() ? nullptr : &found->second;
  };
  std::size_t different = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    ClassLayout layout;
    if (abi.microsoft) {
      layout.facts = records[i].facts;
      layout.placement = lay_out(records[i].facts.own, abi);
      layout.placement.data_bits = theirs[i].data_size;
    } else {
      layout = lay_out_class(records[i].facts, abi, known).value();
    }
    const std::string mine = print(ours(layout));
    done.emplace(records[i].name, std::move(layout));
    if (mine == print(theirs[i])) continue;
    ++different;
    if (different <= 3) {
      UNSCOPED_INFO(records[i].source << "\ncompiler " << print(theirs[i]) << "\nours     "
                                      << mine);
    }
  }
  return different;
}

}  // namespace

TEST_CASE("5,000 random records lie where the compiler puts them") {
  const Abi abi = abi_of("x86_64-unknown-linux-gnu");
  std::size_t different = 0;
  for (std::uint32_t batch = 0; batch < 10; ++batch) {
    test::RandomOptions options{.abi = abi};
    const auto records = test::random_records(1000 + batch, 500, options);
    different += differences(records, abi, scratch_file("lay_out_x86_64"));
  }
  CHECK(different == 0);
}

TEST_CASE("random records lie where the compiler puts them on other targets") {
  const auto target =
      GENERATE(as<std::string>{}, "i686-unknown-linux-gnu", "aarch64-unknown-linux-gnu",
               "armv7-unknown-linux-gnueabihf", "arm64-apple-macosx11.0.0",
               "x86_64-pc-windows-msvc", "i686-pc-windows-msvc");
  const Abi abi = abi_of(target);
  test::RandomOptions options{.abi = abi};
  options.bases = !abi.microsoft;
  const auto records = test::random_records(77, 500, options);
  INFO(target);
  CHECK(differences(records, abi, scratch_file("lay_out_" + target)) == 0);
}

TEST_CASE("5,000 random orders lie where the compiler puts them") {
  const Abi abi = abi_of("x86_64-unknown-linux-gnu");
  std::mt19937 random(4242);
  std::size_t different = 0;
  std::size_t shuffled = 0;
  for (std::uint32_t batch = 0; batch < 12; ++batch) {
    test::RandomOptions options{.abi = abi};
    options.bases = false;
    options.usable = 60;
    options.least_members = 2;
    options.most_members = 10;
    auto records = test::random_records(500 + batch, 500, options);
    std::vector<RecordSpec> specs;
    std::vector<std::vector<std::uint32_t>> orders;
    std::string source;
    for (RandomRecord& record : records) {
      specs.push_back(record.facts.own);
      std::vector<std::uint32_t> order(record.facts.own.members.size());
      std::iota(order.begin(), order.end(), 0U);
      // A new order of those that others use would change the specs of the others.
      if (orders.size() >= options.usable) {
        std::shuffle(order.begin(), order.end(), random);
        ++shuffled;
      }
      source += test::with_order(record.source, order);
      orders.push_back(std::move(order));
    }
    const auto theirs = test::compiler_layouts(source, names_of(records), abi.target,
                                               scratch_file("lay_out_orders"));
    for (std::size_t i = 0; i < records.size(); ++i) {
      const Placement placement = lay_out(specs[i], abi, orders[i]);
      std::vector<std::uint64_t> fields;
      for (const std::uint32_t index : orders[i]) fields.push_back(placement.offset_bits[index]);
      if (placement.size_bits == theirs[i].size && fields == theirs[i].fields) continue;
      ++different;
      if (different <= 3)
        UNSCOPED_INFO(records[i].source << fmt::format("{}", fmt::join(orders[i], ",")));
    }
  }
  CHECK(shuffled >= 5000);
  CHECK(different == 0);
}
