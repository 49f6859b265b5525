// A unit while it is edited: its worker keeps a compiled preamble, and no edit may see an old one.
#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <random>
#include <sstream>

#include <unistd.h>

#include "base/process.hpp"
#include "lsp/client.hpp"
#include "report/formats/uri.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;

namespace {

struct EditedProject : ScratchFolder {
  EditedProject() {
    write(".snug.toml", "");
    write("price.hpp", "#pragma once\nstruct Price { char side; double value; };\n");
    write("bid.cpp", "");
    write_database({"bid.cpp"});
  }
};

std::string hover_at(LspClient& client, const std::string& path, int line, int character) {
  const Json hover = client.result("textDocument/hover", at(path, line, character));
  return hover.is_null() ? "" : hover["contents"]["value"].get<std::string>();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<pid_t> workers_of(pid_t server) {
  const std::string id = std::to_string(server);
  const ProgramResult all = run_program({"/bin/cat", "/proc/" + id + "/task/" + id + "/children"});
  std::istringstream in(all.out);
  std::vector<pid_t> ids;
  for (pid_t one = 0; in >> one;) ids.push_back(one);
  return ids;
}

}  // namespace

TEST_CASE("edits behind, in and before the preamble are each read as they are") {
  const EditedProject project;
  const std::string path = project.path("bid.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  const std::string first = "#include \"price.hpp\"\nstruct Bid { char c; Price p; };\nBid b;\n";
  client.open(path, first);
  CHECK(has(hover_at(client, path, 1, 8), "24 bytes, align 8"));
  (void)client.diagnostics(path, 1);  // the preamble is compiled beside the checks
  int version = 1;
  const auto sized = [&](const std::string& text, int line, const std::string& size) {
    client.change(path, text, ++version);
    INFO(text);
    CHECK(has(hover_at(client, path, line, 8), size));
  };
  const std::string include = "#include \"price.hpp\"\n";
  sized(include + "struct Bid { Price p[2]; char c; };\nBid b;\n", 1, "40 bytes");
  sized("#define Price Other\n" + include + "struct Bid { Other p; char d; };\nBid b;\n", 2,
        "24 bytes");
  sized("struct Bid { float f; };\nBid b;\n" + include, 0, "4 bytes");
  sized(include + "struct Bid { Price p[3]; };\nBid b;\n", 1, "48 bytes");
  // The header changes, as text of the editor and on the disk.
  const std::string header = project.path("price.hpp");
  client.open(header, "#pragma once\nstruct Price { long double value; };\n");
  CHECK(has(hover_at(client, path, 1, 8), "48 bytes, align 16"));
  client.change(header, "#pragma once\nstruct Price { short value; };\n", 2);
  CHECK(has(hover_at(client, path, 1, 8), "6 bytes, align 2"));
  client.notify("textDocument/didClose", document_params(header));
  CHECK(has(hover_at(client, path, 1, 8), "48 bytes, align 8"));
  project.write("price.hpp", "#pragma once\nstruct Price { char value; };\n");
  client.notify("workspace/didChangeWatchedFiles",
                {{"changes", Json::array({{{"uri", file_uri(header)}, {"type", 2}}})}});
  CHECK(has(hover_at(client, path, 1, 8), "3 bytes, align 1"));
  CHECK(client.leave() == 0);
}

TEST_CASE("a file that is compiled in two ways is shown as the first that can be read sees it") {
  const EditedProject project;
  const std::string path = project.path("bid.cpp");
  Json commands = Json::array();
  for (const char* flag : {"@gone.rsp", "-DSTATIC", "-DSHARED"}) {
    commands.push_back({{"directory", project.path()},
                        {"file", "bid.cpp"},
                        {"arguments", {"c++", flag, "-c", "bid.cpp"}}});
  }
  project.write("compile_commands.json", commands.dump());
  LspClient client;
  (void)client.initialize(project.path());
  const std::string text =
      "#include \"price.hpp\"\n#ifdef SHARED\nstruct Bid { Price p[2]; };\n#else\n"
      "struct Bid { char c; Price p; };\n#endif\nBid b;\n";
  client.open(path, text);
  CHECK(has(hover_at(client, path, 4, 8), "24 bytes, align 8"));
  CHECK(hover_at(client, path, 2, 8).empty());
  (void)client.diagnostics(path, 1);
  client.change(path, text + "// edited\n", 2);
  CHECK(has(hover_at(client, path, 4, 8), "24 bytes, align 8"));
  CHECK(client.leave() == 0);
}

TEST_CASE("a unit that stops compiling and compiles again, in front and behind its includes") {
  const EditedProject project;
  const std::string path = project.path("bid.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  const std::string good = "#include \"price.hpp\"\nstruct Bid { char c; Price p; };\nBid b;\n";
  client.open(path, good);
  (void)client.diagnostics(path, 1);
  int version = 1;
  for (const char* broken : {"struct Broken {", "#include \"gone.hpp\"\n", "\"", "#error no\n"}) {
    client.change(path, good + broken, ++version);
    CHECK(has(hover_at(client, path, 1, 8), "stale"));
    client.change(path, broken + ("\n" + good), ++version);
    (void)client.request("textDocument/codeLens", document_params(path));
    client.change(path, good, ++version);
    const std::string fresh = hover_at(client, path, 1, 8);
    CHECK(has(fresh, "24 bytes"));
    CHECK(!has(fresh, "stale"));
  }
  CHECK(client.leave() == 0);
}

TEST_CASE("workers that are killed in any phase cost no answer that a later edit asks for") {
  const EditedProject project;
  const std::string path = project.path("bid.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  std::string text = "#include \"price.hpp\"\nstruct Bid { char c; Price p; };\nBid b;\n";
  client.open(path, text);
  std::mt19937 random(5);
  for (int version = 2; version < 8; ++version) {
    ::usleep(static_cast<unsigned>(random() % 400000));
    for (const pid_t id : workers_of(client.id())) ::kill(id, SIGKILL);
    text += "// more\n";
    client.change(path, text, version);
    CHECK(has(hover_at(client, path, 1, 8), "24 bytes"));
  }
  CHECK(client.diagnostics(path, 7).is_array());
  CHECK(client.leave() == 0);
}

TEST_CASE("a large document that is changed while it is read is read as it is last") {
  const EditedProject project;
  const std::string path = project.path("bid.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  std::string text = "#include \"price.hpp\"\nstruct Bid { char c; Price p; };\nBid b;\n/*";
  text += std::string(3U << 20U, 'x') + "*/\n";
  client.open(path, text);
  (void)client.diagnostics(path, 1);
  for (int version = 2; version < 8; ++version) {
    text += "struct S" + std::to_string(version) + " { char c; int i; };\n";
    client.change(path, text, version);
    ::usleep(version % 2 == 0 ? 50000 : 300000);
  }
  const Json layout = client.result("snug/layout", at(path, 9, 8));
  CHECK(layout["version"] == 7);
  CHECK(layout["record"]["name"] == "S7");
  CHECK(client.leave() == 0);
}

TEST_CASE("names of records and fields answer where code uses them, if that is wanted") {
  const EditedProject project;
  const std::string path = project.path("bid.cpp");
  const std::string text =
      "#include \"price.hpp\"\nstruct Bid { char c; Price p; };\n"
      "double sum(const Bid& bid) {\n  Price other = bid.p;\n  return other.value;\n}\n";
  LspClient client;
  (void)client.initialize(project.path(), full_capabilities(), {{"hover", "all"}});
  client.open(path, text);
  CHECK(has(hover_at(client, path, 2, 19), "24 bytes, align 8"));   // Bid
  CHECK(has(hover_at(client, path, 3, 3), "16 bytes, align 8"));    // Price
  CHECK(has(hover_at(client, path, 3, 20), "offset 8, 16 bytes"));  // .p
  CHECK(has(hover_at(client, path, 4, 18), "offset 8, 8 bytes"));   // .value, of the header
  CHECK(hover_at(client, path, 4, 3).empty());
  client.notify("workspace/didChangeConfiguration",
                {{"settings", {{"snug", {{"hover", "definitions"}}}}}});
  CHECK(hover_at(client, path, 3, 3).empty());
  CHECK(has(hover_at(client, path, 1, 8), "24 bytes"));
  client.notify("workspace/didChangeConfiguration", {{"settings", {{"snug", {{"hover", "off"}}}}}});
  CHECK(hover_at(client, path, 1, 8).empty());
  CHECK(client.leave() == 0);
}

TEST_CASE("two folders, each with its database, do not see each other's commands") {
  const EditedProject one, two;
  for (const EditedProject* project : {&one, &two}) {
    project->write("bid.cpp", "struct Bid { char c; TYPE t; };\nBid b;\n");
    project->write_database({"bid.cpp"}, {project == &one ? "-DTYPE=double" : "-DTYPE=short"});
  }
  LspClient client;
  (void)client.initialize(one.path());
  client.notify("workspace/didChangeWorkspaceFolders",
                {{"event",
                  {{"added", Json::array({{{"uri", file_uri(two.path())}, {"name", "two"}}})},
                   {"removed", Json::array()}}}});
  const std::string text = one.read("bid.cpp");
  client.open(one.path("bid.cpp"), text);
  client.open(two.path("bid.cpp"), text);
  CHECK(has(hover_at(client, one.path("bid.cpp"), 0, 8), "16 bytes"));
  CHECK(has(hover_at(client, two.path("bid.cpp"), 0, 8), "4 bytes"));
  client.change(one.path("bid.cpp"), text + "\n", 2);
  client.change(two.path("bid.cpp"), text + "\n", 2);
  CHECK(has(hover_at(client, two.path("bid.cpp"), 0, 8), "4 bytes"));
  CHECK(has(hover_at(client, one.path("bid.cpp"), 0, 8), "16 bytes"));
  CHECK(client.leave() == 0);
}
