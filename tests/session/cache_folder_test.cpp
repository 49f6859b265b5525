// Entries on the disk; what runs do with them is tested in tests/app/cache_test.cpp.
#include "session/cache_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

#include "support/temp_folder.hpp"

using namespace snug;
namespace fs = std::filesystem;

TEST_CASE("times of entries only say which one is dropped first") {
  const test::TempFolder temp;
  const fs::path folder = temp.path("small");
  const CacheFolder small(folder, 1150);
  const std::string bytes(300, 'x');
  for (const char* name : {"a.unit", "b.unit", "c.proof"}) CHECK(small.write(name, bytes).empty());
  temp.write("small/other", std::string(5000, 'y'));  // not ours
  // The clock was ahead when b was used, and far behind when c was.
  fs::last_write_time(folder / "b.unit", fs::file_time_type::clock::now() + std::chrono::hours(99));
  fs::last_write_time(folder / "c.proof", fs::file_time_type::min() + std::chrono::hours(900000));
  small.shrink();
  CHECK(fs::exists(folder / "a.unit"));
  CHECK(small.write("d.unit", bytes).empty());
  small.shrink();
  CHECK_FALSE(fs::exists(folder / "c.proof"));
  CHECK(small.read("a.unit") == bytes);
  CHECK(small.read("b.unit") == bytes);
  CHECK(fs::exists(folder / "other"));
  CHECK(small.clear() == 3);
  CHECK(fs::exists(folder / "other"));
}
