#include "lsp/documents.hpp"

#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "lsp/json_reading.hpp"
#include "report/formats/uri.hpp"

using namespace snug;
using namespace snug::lsp;

namespace {

Json edit(std::uint64_t line, std::uint64_t from, std::uint64_t to, const std::string& text) {
  return {{"range", range_json({line, from}, {line, to})}, {"text", text}};
}

}  // namespace

TEST_CASE("URIs are read back as the paths that they were made of") {
  for (const std::string path : {"/a/b.cpp", "/a b/\xC3\xA4#?%.h", "/x:y/z.c", "/"}) {
    CHECK(path_of(file_uri(path)) == path);
  }
  CHECK(path_of("file:///a%20b") == "/a b");
  CHECK(path_of("file://localhost/a") == "/a");
  CHECK(path_of("file:///a/../b") == "/b");
  CHECK(path_of("file:///a%zz") == "/a%zz");
  CHECK_FALSE(path_of("file://host/a"));
  CHECK_FALSE(path_of("untitled:Untitled-1"));
  CHECK_FALSE(path_of("file:///a%00b"));
  CHECK_FALSE(path_of(""));
}

TEST_CASE("changes apply in order, each to the text that the one before left") {
  Document document("file:///a.cpp", 1, "int \xF0\x9F\x90\x98 x;\r\n");
  CHECK(document.change(Json::array({edit(0, 7, 8, "yy"), edit(0, 9, 9, "!")}), 2, Encoding::Utf16)
            .empty());
  CHECK(document.text() == "int \xF0\x9F\x90\x98 yy!;\r\n");
  CHECK(document.version() == 2);
  CHECK(document.hash() == sha256_hex(document.text()));
  CHECK(document.change(Json::array({{{"text", "all new"}}}), 3, Encoding::Utf16).empty());
  CHECK(document.text() == "all new");
}

TEST_CASE("a change that makes no sense changes nothing") {
  Document document("file:///a.cpp", 1, "abc");
  const Json bad[] = {
      Json::object(), Json::array({{{"text", 1}}}),
      Json::array({{{"range", range_json({0, 2}, {0, 1})}, {"text", "x"}}}),
      Json::array({{{"range", {{"start", {{"line", -1}, {"character", 0}}}}}, {"text", "x"}}}),
      Json::array({edit(0, 0, 1, "x"), {{"range", 7}, {"text", "x"}}})};
  for (const Json& changes : bad) {
    INFO(changes.dump());
    CHECK(!document.change(changes, 2, Encoding::Utf16).empty());
    CHECK(document.text() == "abc");
    CHECK(document.version() == 1);
  }
}
