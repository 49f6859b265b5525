#include "session/root.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace snug;

namespace {

std::string root(const std::vector<std::string>& sources, const std::set<std::string>& there = {}) {
  return find_root({sources}, [&](const std::string& path) { return there.count(path) != 0; });
}

}  // namespace

TEST_CASE("the nearest folder with .git or .snug.toml above the sources is the root") {
  const std::set<std::string> there = {"/home/me/p/.git", "/home/me/p/sub/.snug.toml"};
  CHECK(root({"/home/me/p/src/a.cpp", "/home/me/p/test/b.cpp"}, there) == "/home/me/p");
  CHECK(root({"/home/me/p/sub/a.cpp"}, there) == "/home/me/p/sub");
}

TEST_CASE("without a mark the deepest folder that holds every source") {
  CHECK(root({"/home/me/p/src/a.cpp", "/home/me/p/test/b.cpp"}) == "/home/me/p");
  CHECK(root({"/home/me/p/src/a.cpp"}) == "/home/me/p/src");
  CHECK(root({"/tmp/a.cpp"}) == "/tmp");
}

TEST_CASE("never / or a system folder: then the folder of most sources") {
  CHECK(root({"/home/me/p/a.cpp", "/home/me/p/b.cpp", "/tmp/build/gen.cpp"}) == "/home/me/p");
  CHECK(root({"/home/me/p/a.cpp", "/usr/include/x.c"}) == "/home/me/p");
  CHECK(root({"/usr/include/x.c"}).empty());
  CHECK(root({"/x.cpp"}, {"/.git"}).empty());
  CHECK(root({}).empty());
}

TEST_CASE("system folders are known, folders below /usr/src are not among them") {
  CHECK(is_system_folder("/"));
  CHECK(is_system_folder("/usr/include/c++/12"));
  CHECK(is_system_folder("/home"));
  CHECK(!is_system_folder("/home/me"));
  CHECK(!is_system_folder("/usr/src/project"));
  CHECK(!is_system_folder("/library"));
}

TEST_CASE("the project's own include folders are below the root, those of others are not") {
  const Exists none = [](const std::string&) { return false; };
  const auto root_of = [&](const RootClues& clues) { return find_root(clues, none); };
  const std::vector<std::string> sources = {"/home/me/p/src/a.cpp"};
  CHECK(root_of({sources, {"/home/me/p/inc"}}) == "/home/me/p");
  CHECK(root_of({sources, {"/home/me/p/src/inc", "/usr/include/x"}}) == "/home/me/p/src");
  CHECK(root_of({{"/home/me/p/src/core/a.cpp"}, {"/home/me/p/include"}, "/home/me/p/build"}) ==
        "/home/me/p");
  CHECK(root_of({sources, {"/home/me/.deps/include"}, "/home/me/p/build"}) == "/home/me/p/src");
  CHECK(root_of({sources, {"/home/me/.deps/include"}, "/home/me/build-p"}) == "/home/me/p/src");
  CHECK(root_of({{"/home/me/a.cpp"}, {"/home/you/inc"}}) == "/home/me");
  CHECK(root_of({{"/tmp/a.cpp"}, {"/tmp/inc", "/inc"}}) == "/tmp");
}
