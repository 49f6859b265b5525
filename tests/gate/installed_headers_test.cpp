#include "gate/installed_headers.hpp"

#include <catch2/catch.hpp>

#include <map>

namespace snug::test {
namespace {

class TextFiles final : public Files {
 public:
  explicit TextFiles(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override {
    const auto found = texts_.find(path);
    return found == texts_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::map<std::string, std::string> texts_;
};

using Paths = std::set<std::string>;

}  // namespace

TEST_CASE("the rules of CMake's install scripts name files and folders") {
  const auto script = read_install_script(
      "# file(INSTALL DESTINATION \"x\" TYPE FILE FILES \"/p/comment.h\")\n"
      "if(\"x${CMAKE_INSTALL_COMPONENT}x\" STREQUAL \"xUnspecifiedx\" OR NOT C)\n"
      "  file(INSTALL DESTINATION \"${CMAKE_INSTALL_PREFIX}/include/a\" TYPE FILE FILES\n"
      "    \"/p/a.h\"\n    \"/p/sub/../with \\\"quotes\\\".h\"\n    )\nendif()\n"
      "file(INSTALL DESTINATION \"${CMAKE_INSTALL_PREFIX}/include\" TYPE DIRECTORY FILES "
      "\"/p/include/\" FILES_MATCHING REGEX \"/[^/]*\\\\.h$\")\n"
      "file(INSTALL DESTINATION \"${CMAKE_INSTALL_PREFIX}/lib\" TYPE STATIC_LIBRARY FILES "
      "\"/b/libp.a\")\n"
      "include(\"/b/sub/cmake_install.cmake\")\n"
      "file(INSTALL DESTINATION \"x\" TYPE FILE RENAME \"new.h\" FILES \"${VARIABLE}/b.h\")\n");
  CHECK(script.installed.files == Paths{"/b/libp.a", "/p/a.h", "/p/with \"quotes\".h"});
  CHECK(script.installed.folders == Paths{"/p/include"});
  CHECK(script.includes == Paths{"/b/sub/cmake_install.cmake"});
}

TEST_CASE("a script that breaks off is read as far as it goes") {
  for (const char* text : {"file(INSTALL", "file(INSTALL DESTINATION \"", "include(\"/a", "\\",
                           "\"", "file(INSTALL TYPE FILE FILES \"/a.h", "))((", "#"}) {
    CAPTURE(text);
    (void)read_install_script(text);
  }
  CHECK(read_install_script("file(INSTALL TYPE FILE FILES \"/a.h").installed.files ==
        Paths{"/a.h"});
}

TEST_CASE("scripts are followed below the build folder, each once") {
  const TextFiles files({
      {"/b/cmake_install.cmake",
       "include(\"/b/x/cmake_install.cmake\")\ninclude(\"/etc/cmake_install.cmake\")\n"},
      {"/b/x/cmake_install.cmake",
       "include(\"/b/cmake_install.cmake\")\n"
       "file(INSTALL DESTINATION \"i\" TYPE FILE FILES \"/p/x.h\")\n"},
      {"/etc/cmake_install.cmake", "file(INSTALL DESTINATION \"i\" TYPE FILE FILES \"/p/no.h\")\n"},
      {"/b/meson-info/intro-installed.json",
       "{\"/p/m.h\": \"/usr/include/m.h\", \"rel.h\": \"x\"}"},
  });
  const InstalledFiles all = installed_files("/b", files);
  CHECK(all.files == Paths{"/p/m.h", "/p/x.h"});
  CHECK(all.contains("/p/x.h"));
  CHECK_FALSE(all.contains("/p/x.hpp"));
}

TEST_CASE("a build folder that installs nothing, or is broken, offers nothing") {
  CHECK(installed_files("/b", TextFiles(std::map<std::string, std::string>{})).files.empty());
  CHECK(installed_files("/b", TextFiles(std::map<std::string, std::string>{
                                  {"/b/meson-info/intro-installed.json", "[1"}}))
            .files.empty());
  InstalledFiles folder;
  folder.folders = {"/p/include"};
  CHECK(folder.contains("/p/include/a/b.h"));
  CHECK_FALSE(folder.contains("/p/includes/a.h"));
}

}  // namespace snug::test
