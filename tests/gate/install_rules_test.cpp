#include "gate/install_rules.hpp"

#include <catch2/catch.hpp>

using namespace snug;

using Names = std::set<std::string>;

TEST_CASE("install rules: recipe lines of a Makefile") {
  CHECK(headers_of_makefile("INSTALL ?= cp -pPR\n"
                            "install: all\n"
                            "\t$(INSTALL) hiredis.h async.h $(DESTDIR)/include\n"
                            "\t$(INSTALL) libhiredis.a $(DESTDIR)/lib\n"
                            "read.o: read.c private.h\n"
                            "\t$(CC) -c read.c\n") == Names{"hiredis.h", "async.h"});
  CHECK(headers_of_makefile("IHDRS = lmdb.h\n"
                            "install: $(ILIBS) $(IHDRS)\n"
                            "\tfor f in $(IHDRS); do cp $$f $(DESTDIR)$(includedir); done\n") ==
        Names{"lmdb.h"});
  CHECK(headers_of_makefile("H = a.h \\\n  b.h\ninstall-headers:\n\tcp $(H) $(D)\n") ==
        Names{"a.h", "b.h"});
  CHECK(headers_of_makefile("H = $(H) a.h\ninstall:\n\tcp $(H) d\n") == Names{"a.h"});  // ends
  CHECK(headers_of_makefile("# install: a.h\nall: a.h\n\t$(CC) a.h\n").empty());
}

TEST_CASE("install rules: patterns count in the folder of their Makefile") {
  CHECK(headers_of_makefile("H := $(wildcard src/*.h)\ninstall:\n\tcp $(H) *.hpp $(D)\n") ==
        Names{"src/*.h", "*.hpp"});
  const MemoryFiles files({{"/p/Makefile", "install:\n\tcp $(wildcard src/*.h) *.hpp d\n"},
                           {"/p/cm/CMakeLists.txt", "install(DIRECTORY a PATTERN \"*.h\")"}});
  const InstallRules rules("/p", files);
  CHECK(rules.offers("/p/src/a.h") == "Makefile");
  CHECK(rules.offers("/p/b.hpp") == "Makefile");
  CHECK(rules.offers("/p/src/deep/a.h").empty());
  CHECK(rules.offers("/p/src/b.hpp").empty());
  CHECK(rules.offers("/p/cm/a.h").empty());
}

TEST_CASE("install rules: text with many open brackets is read once") {
  std::string open;
  for (int i = 0; i < 200'000; ++i) open += "install(x = [";
  CHECK(headers_of_cmake(open).empty());
  CHECK(headers_of_meson(open).empty());
  CHECK(headers_of_cmake(open + std::string(400'000, ')')).empty());
}

TEST_CASE("install rules: variables of Automake") {
  CHECK(headers_of_makefile("include_HEADERS = event.h $(MORE)\nMORE = evdns.h\n"
                            "noinst_HEADERS = inside.h\ncheck_HEADERS = t.h\n"
                            "nobase_include_HEADERS += event2/buffer.h\n") ==
        Names{"event.h", "evdns.h", "event2/buffer.h"});
}

TEST_CASE("install rules: CMake") {
  CHECK(headers_of_cmake("set(Hdrs a.h src/b.hpp)\nlist(APPEND Hdrs \"c.h\")\n"
                         "INSTALL(FILES ${Hdrs} ${CMAKE_CURRENT_SOURCE_DIR}/d.h\n"
                         "  DESTINATION include)\nset(OTHER e.h)\n") ==
        Names{"a.h", "src/b.hpp", "c.h", "/d.h"});
  CHECK(
      headers_of_cmake("set_target_properties(x PROPERTIES VERSION 1 PUBLIC_HEADER \"a.h;b.h\")") ==
      Names{"a.h", "b.h"});
  CHECK(headers_of_cmake("target_sources(x PUBLIC FILE_SET HEADERS FILES a.hpp)\n"
                         "target_sources(y PRIVATE b.cpp b.hpp)") == Names{"a.hpp"});
  CHECK(headers_of_cmake("add_library(x a.c a.h)").empty());
}

TEST_CASE("install rules: Meson") {
  CHECK(headers_of_meson("hdrs = files('a.h', 'b.h')\nhdrs += ['c.h']\nother = ['d.h']\n"
                         "install_headers(hdrs, subdir : 'x')\ninstall_headers('e.h')\n") ==
        Names{"a.h", "b.h", "c.h", "e.h"});
}

TEST_CASE("install rules: a README that tells what to include") {
  CHECK(headers_of_document("Use it:\n```c\n#include <stdio.h>\n#include \"rope.h\"\n```\n"
                            "<pre>#include &lt;net/x.h&gt;</pre> #include\n") ==
        Names{"stdio.h", "rope.h", "net/x.h"});
}

TEST_CASE("install rules: no text makes them fail") {
  for (const char* text :
       {"", "=", "\t", "$(", "install(", "set(", "install_headers((((", "#include", "x = (", "\\",
        "a_HEADERS = $(a_HEADERS", "install: ${", "PUBLIC_HEADER"}) {
    CHECK(headers_of_makefile(text).empty());
    CHECK(headers_of_cmake(text).empty());
    CHECK(headers_of_meson(text).empty());
    CHECK(headers_of_document(text).empty());
  }
}

TEST_CASE("install rules: a header is asked for in its folder and above, up to the root") {
  const MemoryFiles files({{"/p/Makefile", "install:\n\tcp src/a.h b.h d\n"},
                           {"/p/src/Makefile.am", "include_HEADERS = c.h\n"},
                           {"/CMakeLists.txt", "install(FILES x.h)"}});
  const InstallRules rules("/p", files);
  CHECK(rules.offers("/p/src/a.h") == "Makefile");
  CHECK(rules.offers("/p/src/c.h") == "src/Makefile.am");
  CHECK(rules.offers("/p/b.h") == "Makefile");
  CHECK(rules.offers("/p/a.h").empty());  // another one
  CHECK(rules.offers("/p/src/xb.h").empty());
  CHECK(rules.offers("/p/x.h").empty());  // above the root
  CHECK(rules.offers("/q/b.h").empty());
}
