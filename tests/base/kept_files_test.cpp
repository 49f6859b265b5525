#include "base/kept_files.hpp"

#include <catch2/catch.hpp>

namespace snug::test {
namespace {

/// Counts what is read.
class CountedFiles final : public Files {
 public:
  std::optional<std::string> read(const std::string& path) const override {
    ++reads;
    return path == "/a" ? std::optional<std::string>("text " + std::to_string(reads))
                        : std::nullopt;
  }
  mutable int reads = 0;
};

TEST_CASE("each file is read once, whether it is there or not") {
  const CountedFiles files;
  const KeptFiles kept(files);
  for (int i = 0; i < 3; ++i) {
    CHECK(kept.read("/a") == "text 1");
    CHECK_FALSE(kept.read("/none"));
    CHECK(kept.text("/none") == nullptr);
  }
  CHECK(files.reads == 2);
  CHECK(kept.text("/a") == kept.text("/a"));
  CHECK(kept.text("/a")->hash() == sha256_hex("text 1"));
}

TEST_CASE("a text comes from where it is kept") {
  const CountedFiles files;
  const KeptFiles kept(files);
  CHECK(file_text(kept, "/a")->bytes() == "text 1");
  CHECK(file_text(kept, "/a")->bytes() == "text 1");
  CHECK(file_text(kept, "/none") == nullptr);
  CHECK(file_text(files, "/a")->bytes() == "text 3");
  CHECK(file_text(files, "/none") == nullptr);
}

}  // namespace
}  // namespace snug::test
