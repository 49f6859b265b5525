#include <rapidcheck.h>
#include <catch2/catch.hpp>

#define SNUG_TRACK 1
#include <snug/tracked_ptr.hpp>

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tracked_ptr_ops.hpp"

namespace market {

struct order {
  long price = 0;
  int quantity = 0;
  std::string venue;
};
struct limit_order : order {
  long limit = 0;
};
template <class T>
struct box_of {
  T inside{};
};

}  // namespace market

using market::order;
using snug::accesses;
using snug::accesses_of;
using on = snug::basic_tracked_ptr<order, true>;
using off = snug::basic_tracked_ptr<order, false>;

static_assert(std::is_same_v<snug::tracked_ptr<order>, on>, "SNUG_TRACK is 1 in this file");
static_assert(sizeof(on) == sizeof(void*) && sizeof(off) == sizeof(void*), "a pointer, on and off");
static_assert(std::is_trivially_copyable_v<on> && std::is_trivially_copyable_v<off>);
static_assert(sizeof(snug::basic_tracked<order, true>) == sizeof(order),
              "tracking adds nothing to the value");
static_assert(snug::detail::name_of_type<order>() == "market::order");
static_assert(snug::detail::name_of_type<int>() == "int");
static_assert(snug::detail::name_of_field<&order::quantity>() == "quantity");
static_assert(snug::detail::name_of_field<&market::box_of<int>::inside>() == "inside");
// Off, everything works in constant expressions: there is nothing but the access.
static_assert([] {
  struct pair {
    int a = 1, b = 2;
  } p;
  const snug::basic_tracked_ptr<pair, false> t = &p;
  t.write<&pair::a>(5);
  t.update<&pair::b>([](int& b) { b *= 10; });
  return t.read<&pair::a>() + t.read<&pair::b>() == 25;
}());

TEST_CASE("tracked_ptr: reads, writes and updates are counted for each field") {
  snug::reset_access_profile();
  order o;
  const on p = &o;
  p.write<&order::price>(7);
  CHECK(p.read<&order::price>() == 7);
  CHECK(p.read<&order::price>() == 7);
  CHECK(p.update<&order::quantity>([](int& q) { return q += 3; }) == 3);
  p.write<&order::venue>("X");
  CHECK(o.venue == "X");
  CHECK(accesses_of<&order::price>() == accesses{2, 1});
  CHECK(accesses_of<&order::quantity>() == accesses{1, 1});
  CHECK(accesses_of<&order::venue>() == accesses{0, 1});
  CHECK(accesses_of<&market::limit_order::limit>() == accesses{});
}

TEST_CASE("tracked_ptr: off, nothing is counted") {
  snug::reset_access_profile();
  order o;
  const off p = &o;
  p.write<&order::price>(7);
  p.update<&order::price>([](long& x) { ++x; });
  CHECK(p.read<&order::price>() == 8);
  CHECK(accesses_of<&order::price>() == accesses{});
}

TEST_CASE("tracked: a value counts as the pointer does, fields of a base class as the base's") {
  snug::reset_access_profile();
  snug::tracked<market::limit_order> value;
  value.write<&market::limit_order::limit>(4);
  value.write<&market::limit_order::price>(5);
  value.update<&order::quantity>([](int& q) { ++q; });
  CHECK(value.read<&market::limit_order::limit>() == 4);
  CHECK(value.get().price == 5);
  CHECK(value.ptr().get() == &value.get());
  CHECK(accesses_of<&market::limit_order::limit>() == accesses{1, 1});
  CHECK(accesses_of<&order::price>() == accesses{0, 1});
  const snug::tracked_ptr<const order> constant = value.ptr();
  CHECK(constant.read<&order::quantity>() == 1);
  CHECK(accesses_of<&order::quantity>() == accesses{2, 1});
}

TEST_CASE("tracked_ptr: the profile names types and fields, sorted") {
  snug::reset_access_profile();
  order o;
  on(&o).write<&order::quantity>(1);
  const std::string json = snug::access_profile();
  CHECK(json.find("{\"schema\":\"snug-profile/1\",\"types\":[{\"name\":\"market::") == 0);
  CHECK(json.find("{\"name\":\"market::order\",\"fields\":[") != std::string::npos);
  CHECK(json.find("{\"name\":\"price\",\"reads\":0,\"writes\":0},{\"name\":\"quantity\",\"reads\":"
                  "0,\"writes\":1}") != std::string::npos);
  CHECK(json.substr(json.size() - 6) == "}]}]}\n");
  const std::string path =
      (std::filesystem::temp_directory_path() / ("snug-profile-" + std::to_string(getpid())))
          .string();
  REQUIRE(snug::write_access_profile(path.c_str()));
  std::ifstream file(path);
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == json);
  std::remove(path.c_str());
  CHECK(!snug::write_access_profile("/no/such/folder/profile.json"));
}

namespace {
struct hidden {
  int depth = 0;
};
template <class...>
struct pack {
  int size = 0;
};
}  // namespace

TEST_CASE("tracked_ptr: fields of types whose names have signs in them") {
  snug::reset_access_profile();
  struct local {
    int count = 0;
  } here;
  hidden there;
  pack<hidden, int (*)(hidden)> both;
  snug::basic_tracked_ptr<local, true>(&here).write<&local::count>(1);
  snug::basic_tracked_ptr<hidden, true>(&there).write<&hidden::depth>(1);
  snug::basic_tracked_ptr<decltype(both), true>(&both).write<&decltype(both)::size>(1);
  const std::string json = snug::access_profile();
  for (const char* field : {"count", "depth", "size"}) {
    CAPTURE(json, field);
    CHECK(json.find("{\"name\":\"" + std::string(field) + "\",\"reads\":0,\"writes\":1}") !=
          std::string::npos);
  }
}

TEST_CASE("tracked_ptr: threads count for themselves, and their counts outlive them") {
  snug::reset_access_profile();
  std::array<order, 3> orders;
  std::vector<std::thread> threads;
  for (auto& o : orders)
    threads.emplace_back([&o] {
      const on p = &o;
      for (int i = 0; i < 1000; ++i) {
        p.write<&order::quantity>(i);
        p.read<&order::price>();
      }
    });
  // Asking meanwhile is allowed: some number on the way.
  CHECK(accesses_of<&order::quantity>().writes <= 3000);
  for (auto& thread : threads) thread.join();
  CHECK(accesses_of<&order::quantity>() == accesses{0, 3000});
  CHECK(accesses_of<&order::price>() == accesses{3000, 0});
}

TEST_CASE("tracked_ptr: random accesses do as a plain struct and a table of counts do") {
  CHECK(rc::check("model", [](const std::vector<std::pair<std::uint8_t, int>>& operations) {
    snug::reset_access_profile();
    order o, model;
    const on p = &o;
    accesses price, quantity;
    for (const auto& [what, value] : operations) {
      switch (what % 5) {
        case 0:
          p.write<&order::price>(value);
          model.price = value;
          ++price.writes;
          break;
        case 1:
          RC_ASSERT(p.read<&order::price>() == model.price);
          ++price.reads;
          break;
        case 2:
          p.write<&order::quantity>(value);
          model.quantity = value;
          ++quantity.writes;
          break;
        case 3:
          RC_ASSERT(p.read<&order::quantity>() == model.quantity);
          ++quantity.reads;
          break;
        case 4:
          p.update<&order::quantity>([](int& q) { q ^= 1; });
          model.quantity ^= 1;
          ++quantity.reads, ++quantity.writes;
          break;
      }
    }
    RC_ASSERT(accesses_of<&order::price>() == price);
    RC_ASSERT(accesses_of<&order::quantity>() == quantity);
  }));
}

namespace {
struct late_record {
  int first = 1;
  int second = 2;
} late_record_of_all;
// Touches a field for the first time in its thread when the thread's variables go.
struct touches_late {
  int seen = 0;
  ~touches_late() {
    for (int i = 0; i < 3; ++i) {
      const snug::basic_tracked_ptr<late_record, true> p = &late_record_of_all;
      seen = p.read<&late_record::second>();
      p.write<&late_record::first>(seen);
    }
  }
};
thread_local touches_late late;
}  // namespace

TEST_CASE("tracked_ptr: what a thread's last destructors touch is counted") {
  const auto before = snug::accesses_of<&late_record::first>();
  for (int round = 1; round <= 2; ++round) {
    std::thread([] {
      late.seen = 1;  // made before the thread's counts, and so destroyed after them
      const snug::basic_tracked_ptr<late_record, true> p = &late_record_of_all;
      (void)p.read<&late_record::first>();
    }).join();
    const auto times = static_cast<std::uint64_t>(round);
    CHECK(snug::accesses_of<&late_record::first>() ==
          snug::accesses{before.reads + times, before.writes + 3 * times});
    CHECK(snug::accesses_of<&late_record::second>() == snug::accesses{3 * times, 0});
  }
}

TEST_CASE("tracked_ptr: hashes and compares as the pointer") {
  late_record a, b;
  const snug::basic_tracked_ptr<late_record, true> p = &a, q = &b;
  CHECK(p != q);
  CHECK(p != nullptr);
  using hash = std::hash<snug::basic_tracked_ptr<late_record, true>>;
  CHECK(hash()(p) == std::hash<late_record*>()(&a));
  STATIC_REQUIRE(
      !std::is_default_constructible_v<snug::basic_tracked<std::reference_wrapper<int>, true>>);
}

TEST_CASE("negative control: accesses around the pointer are not counted") {
  snug::reset_access_profile();
  order o;
  on(&o).get()->price = 3;
  CHECK(accesses_of<&order::price>() == accesses{});
}

TEST_CASE("tracked_ptr: random accesses in threads that come and go are counted") {
  CHECK(rc::check([](const std::vector<std::uint8_t>& in) {
    snug_test::tracked_operations({in.data(), in.size()});
  }));
}
