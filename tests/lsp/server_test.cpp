// The server as an editor sees it: one process, two pipes.
#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>

#include <unistd.h>

#include "base/files.hpp"
#include "base/process.hpp"
#include "lsp/client.hpp"
#include "report/formats/uri.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Clock = std::chrono::steady_clock;

namespace {

/// An order of 32 bytes that needs 24, behind a character that is two units long.
const std::string order_text =
    "#include <cstdint>\n"
    "struct Order {\n"
    "  bool live;\n"
    "  /* \xF0\x9F\x90\x98 */ double price;\n"
    "  bool hidden;\n"
    "  double amount;\n"
    "};\n"
    "Order orders[64];\n";

struct Project : ScratchFolder {
  Project() {
    write(".snug.toml", "");
    write("order.cpp", order_text);
    write_database({"order.cpp"});
  }
};

std::string hover_text(const Json& hover) {
  return hover.is_null() ? "" : hover["contents"]["value"].get<std::string>();
}

Json whole_range() {
  return {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 999}, {"character", 0}}}};
}

Json hints_of(LspClient& client, const std::string& path) {
  Json params = document_params(path);
  params["range"] = whole_range();
  return client.result("textDocument/inlayHint", params);
}

Json actions_of(LspClient& client, const std::string& path, int line) {
  Json params = document_params(path);
  params["range"] = {{"start", {{"line", line}, {"character", 0}}},
                     {"end", {{"line", line}, {"character", 0}}}};
  params["context"] = {{"diagnostics", Json::array()}};
  return client.result("textDocument/codeAction", params);
}

Json action_titled(const Json& actions, const std::string& part) {
  for (const Json& action : actions) {
    if (action["title"].get<std::string>().find(part) != std::string::npos) return action;
  }
  FAIL("no action has '" << part << "': " << actions.dump());
  return {};
}

}  // namespace

TEST_CASE("requests before initialize, unknown methods and what follows shutdown are refused") {
  LspClient client;
  CHECK(client.request("textDocument/hover", {})["error"]["code"] == -32002);
  const Project project;
  const Json can = client.initialize(project.path());
  CHECK(can["positionEncoding"] == "utf-16");
  CHECK(can["textDocumentSync"]["change"] == 2);
  CHECK(can["hoverProvider"] == true);
  const Json watched =
      client.wait_for("client/registerCapability", [](const Json&) { return true; });
  CHECK(watched["registrations"][0]["registerOptions"]["watchers"].size() == 3);
  CHECK(client.request("initialize", {})["error"]["code"] == -32600);
  CHECK(client.request("textDocument/definition", {})["error"]["code"] == -32601);
  CHECK(client.request("textDocument/hover", at("/not/open.cpp", 0, 0))["error"]["code"] == -32602);
  client.notify("$/whatever", {});
  client.notify("textDocument/didChange", {{"textDocument", 7}});
  client.notify("textDocument/didClose", {});
  client.raw(lsp::framed("not json"));
  client.raw(lsp::framed("[1, 2]"));
  client.raw(lsp::framed(R"({"jsonrpc":"2.0","id":{},"method":"x"})"));
  client.raw("Nonsense\r\n\r\n");
  const std::string deep(100000, '[');
  client.raw(lsp::framed(R"({"jsonrpc":"2.0","id":7,"method":"codeAction/resolve","params":)" +
                         deep + std::string(deep.size(), ']') + "}"));
  client.raw(lsp::framed(R"({"jsonrpc":"2.0","method":"x","id":)" + deep +
                         std::string(deep.size(), ']') + "}"));
  CHECK(client.request("shutdown", nullptr)["result"].is_null());
  CHECK(client.request("textDocument/hover", {})["error"]["code"] == -32600);
  client.notify("exit", nullptr);
  CHECK(client.end() == 0);
}

TEST_CASE("a client that goes without a word ends the server with status 1") {
  LspClient client;
  client.close_input();
  CHECK(client.end() == 1);
  LspClient rude;
  rude.notify("exit", nullptr);
  CHECK(rude.end() == 1);
}

TEST_CASE("hover, lenses and hints tell the layout, in every encoding") {
  const Project project;
  const std::string path = project.path("order.cpp");
  for (const auto& [encoding, column] :
       {std::pair("utf-8", 20), std::pair("utf-16", 18), std::pair("utf-32", 17)}) {
    INFO(encoding);
    Json capabilities = full_capabilities();
    capabilities["general"]["positionEncodings"] = {encoding, "utf-16"};
    LspClient client;
    const Json can = client.initialize(project.path(), capabilities, {{"inlayHints", "waste"}});
    CHECK(can["positionEncoding"] == encoding);
    client.open(path, order_text);
    const std::string record = hover_text(client.result("textDocument/hover", at(path, 1, 8)));
    CHECK(record.find("32 bytes, align 8, 14 bytes padding, 1 cache line of 64 bytes") !=
          std::string::npos);
    CHECK(record.find("suggested order: 24 bytes (saves 8)") != std::string::npos);
    CHECK(record.find("|a.......bbbbbbbbc.......dddddddd|") != std::string::npos);
    const Json field = client.result("textDocument/hover", at(path, 3, column));
    CHECK(hover_text(field).find("offset 8, 8 bytes, cache line 0") != std::string::npos);
    CHECK(field["range"]["start"]["character"] == column);
    CHECK(client.result("textDocument/hover", at(path, 0, 0)).is_null());
    const std::string live = hover_text(client.result("textDocument/hover", at(path, 2, 8)));
    CHECK(live.find("7 bytes of padding behind it") != std::string::npos);

    const Json lenses = client.result("textDocument/codeLens", document_params(path));
    REQUIRE(lenses.size() == 1);
    CHECK(lenses[0]["command"]["title"] == "32 bytes, 14 padding: reorder saves 8");
    const Json hints = hints_of(client, path);
    REQUIRE(hints.size() == 2);
    CHECK(hints[0]["label"] == "+7 padding");
    CHECK(hints[0]["position"] == Json({{"line", 2}, {"character", 12}}));
    CHECK(client.leave() == 0);
  }
}

TEST_CASE("what is not saved is what is read") {
  const Project project;
  const std::string path = project.path("order.cpp"), header = project.path("price.hpp");
  project.write("price.hpp", "struct Price { double value; };\n");
  const std::string text =
      "#include \"price.hpp\"\nstruct Bid { char side; Price price; };\nBid b;\n";
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, text);
  CHECK(hover_text(client.result("textDocument/hover", at(path, 1, 8))).find("16 bytes, align 8") !=
        std::string::npos);
  client.open(header, "struct Price { float value; };\n");
  CHECK(hover_text(client.result("textDocument/hover", at(path, 1, 8))).find("8 bytes, align 4") !=
        std::string::npos);
  // The header itself is read through the unit that includes it.
  CHECK(
      hover_text(client.result("textDocument/hover", at(header, 0, 8))).find("4 bytes, align 4") !=
      std::string::npos);
  client.change(header, "struct Price { short value; };\n", 2);
  CHECK(hover_text(client.result("textDocument/hover", at(path, 1, 8))).find("4 bytes, align 2") !=
        std::string::npos);
  client.notify("textDocument/didClose", document_params(header));
  CHECK(hover_text(client.result("textDocument/hover", at(path, 1, 8))).find("16 bytes, align 8") !=
        std::string::npos);
  CHECK(project.read("price.hpp") == "struct Price { double value; };\n");
  CHECK(client.leave() == 0);
}

TEST_CASE("edits keep positions right with CRLF and characters of two units") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, "struct A {\r\n  char c;\r\n  int i;\r\n};\r\nA a;\r\n");
  // An elephant and a field are put in front of `c`, then one unit behind the elephant is replaced.
  client.notify("textDocument/didChange",
                {{"textDocument", {{"uri", file_uri(path)}, {"version", 2}}},
                 {"contentChanges", Json::array({{{"range",
                                                   {{"start", {{"line", 1}, {"character", 2}}},
                                                    {"end", {{"line", 1}, {"character", 2}}}}},
                                                  {"text", "/*\xF0\x9F\x90\x98x*/ double d; "}},
                                                 {{"range",
                                                   {{"start", {{"line", 1}, {"character", 6}}},
                                                    {"end", {{"line", 1}, {"character", 7}}}}},
                                                  {"text", "yz"}}})}});
  const Json hover = client.result("textDocument/hover", at(path, 1, 26));
  CHECK(hover_text(hover).find("offset 8, 1 byte,") != std::string::npos);
  CHECK(hover_text(client.result("textDocument/hover", at(path, 0, 7))).find("16 bytes") !=
        std::string::npos);
  CHECK(client.leave() == 0);
}

TEST_CASE("a fix comes with the edits that were proven, for the version that was read") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, order_text, 5);
  const Json diagnostics = client.diagnostics(path, 5);
  REQUIRE(!diagnostics.empty());
  CHECK(diagnostics[0]["source"] == "snug");
  CHECK(diagnostics[0]["code"] == "padding");
  CHECK(diagnostics[0]["codeDescription"]["href"] == "man:snug-padding(7)");
  CHECK(diagnostics[0]["range"]["start"]["line"] == 1);
  const Json action = action_titled(actions_of(client, path, 1), "Reorder");
  CHECK(action["title"].get<std::string>().find("32 to 24 bytes") != std::string::npos);
  CHECK(!action.contains("edit"));
  const Json resolved = client.result("codeAction/resolve", action);
  CHECK(resolved["title"].get<std::string>().find("verified in 1 unit, safe") != std::string::npos);
  const Json& change = resolved["edit"]["documentChanges"][0];
  CHECK(change["textDocument"]["version"] == 5);
  CHECK(resolved["edit"]["changeAnnotations"]["snug"]["needsConfirmation"] == false);
  const std::string fixed = edited(order_text, change["edits"]);
  CHECK(project.read("order.cpp") == order_text);  // nothing but the client writes

  // The compiler agrees with what was promised.
  project.write("fixed.cpp", fixed + "static_assert(sizeof(Order) == 24);\n");
  const ProgramResult compiled =
      run_program({find_program("c++"), "-std=c++20", "-fsyntax-only", project.path("fixed.cpp")});
  INFO(compiled.err);
  CHECK(compiled.ok());
  client.change(path, fixed, 6);
  CHECK(client.diagnostics(path, 6).empty());
  // The old action is for another text.
  CHECK(client.request("codeAction/resolve", action)["error"]["code"] == -32801);
  CHECK(client.leave() == 0);
}

TEST_CASE("a fix of a header is proven in every unit that includes it, open or not") {
  const Project project;
  const std::string header = "struct Order {\n  bool live;\n  double price;\n  bool hidden;\n};\n";
  project.write("order.hpp", header);
  project.write("order.cpp", "#include \"order.hpp\"\nOrder orders[64];\n");
  project.write("other.cpp", "#include \"order.hpp\"\nOrder one{true, 1.5, false};\n");
  project.write_database({"order.cpp", "other.cpp"});
  const std::string path = project.path("order.hpp"), other = project.path("other.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, header, 3);
  const std::string unsaved =
      "// not saved\n#include \"order.hpp\"\nOrder one{true, 1.5, false};\n";
  client.open(other, project.read("other.cpp"), 8);
  (void)client.diagnostics(path, 3);
  client.change(other, unsaved, 9);
  const Json action = action_titled(actions_of(client, path, 0), "Reorder");
  const Json resolved = client.result("codeAction/resolve", action);
  CHECK(resolved["title"].get<std::string>().find("verified in 2 units") != std::string::npos);
  std::map<std::string, Json> changes;
  for (const Json& change : resolved["edit"]["documentChanges"]) {
    changes[change["textDocument"]["uri"]] = change;
  }
  REQUIRE(changes.size() == 2);
  CHECK(changes[file_uri(path)]["textDocument"]["version"] == 3);
  CHECK(changes[file_uri(other)]["textDocument"]["version"] == 9);
  CHECK(edited(unsaved, changes[file_uri(other)]["edits"]).find("{true, false, 1.5}") !=
        std::string::npos);
  CHECK(client.leave() == 0);
}

TEST_CASE("a finding can be ignored with a reason, a record given a budget or frozen") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, order_text, 1);
  (void)client.diagnostics(path, 1);
  const Json actions = actions_of(client, path, 1);
  const Json ignore = action_titled(actions, "Ignore 'padding'");
  const std::string ignored = edited(order_text, ignore["edit"]["documentChanges"][0]["edits"]);
  CHECK(ignored.find("/* snug: ignore(padding): explain here why this is fine */\nstruct Order") !=
        std::string::npos);
  CHECK(action_titled(actions, "Set a budget of 32 bytes").contains("edit"));
  CHECK(action_titled(actions, "Freeze the layout").contains("edit"));
  client.change(path, ignored, 2);
  CHECK(client.diagnostics(path, 2).empty());
  CHECK(client.leave() == 0);
}

TEST_CASE(
    "code that does not compile keeps its last layouts, marked stale, where it is as it was") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, order_text);
  (void)client.result("textDocument/hover", at(path, 1, 8));
  client.change(path, order_text + "struct Broken {", 2);
  const std::string stale = hover_text(client.result("textDocument/hover", at(path, 1, 8)));
  CHECK(stale.find("32 bytes") != std::string::npos);
  CHECK(stale.find("stale") != std::string::npos);
  // Inside the record nothing is known any more.
  client.change(path, "#include <cstdint>\nstruct Order {\n  bool live;\n  nonsense\n};\n", 3);
  CHECK(client.result("textDocument/hover", at(path, 1, 8)).is_null());
  client.change(path, order_text, 4);
  const std::string fresh = hover_text(client.result("textDocument/hover", at(path, 1, 8)));
  CHECK(fresh.find("32 bytes") != std::string::npos);
  CHECK(fresh.find("stale") == std::string::npos);
  CHECK(client.leave() == 0);
}

TEST_CASE("an edit ends the requests that wait, and a cancel is heard at once") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, order_text);
  const int hover = client.send("textDocument/hover", at(path, 1, 8));
  client.change(path, order_text + "\n", 2);
  CHECK(client.answer(hover)["error"]["code"] == -32801);
  const int lens = client.send("textDocument/codeLens", document_params(path));
  const auto start = Clock::now();
  client.notify("$/cancelRequest", {{"id", lens}});
  CHECK(client.answer(lens)["error"]["code"] == -32800);
  CHECK(Clock::now() - start < std::chrono::seconds(1));
  const int check = client.send("workspace/executeCommand", {{"command", "snug.checkProject"}});
  client.notify("$/cancelRequest", {{"id", check}});
  CHECK(client.answer(check)["error"]["code"] == -32800);
  client.notify("$/cancelRequest", {{"id", 4711}});
  CHECK(client.leave() == 0);
}

TEST_CASE("the project is checked on demand, with progress") {
  const Project project;
  project.write("other.cpp", "struct Other { char a; double b; char c; };\nOther others[64];\n");
  project.write_database({"order.cpp", "other.cpp"});
  LspClient client;
  (void)client.initialize(project.path());
  const Json result = client.result("workspace/executeCommand", {{"command", "snug.checkProject"},
                                                                 {"workDoneToken", "progress"}});
  CHECK(result["units"] == 2);
  CHECK(result["findings"].get<int>() >= 2);
  std::string kinds;
  std::size_t published = 0;
  for (const Json& message : client.seen()) {
    if (message.value("method", "") == "$/progress") {
      CHECK(message["params"]["token"] == "progress");
      kinds += message["params"]["value"]["kind"].get<std::string>() + " ";
    }
    published += message.value("method", "") == "textDocument/publishDiagnostics" ? 1 : 0;
  }
  CHECK(kinds.starts_with("begin "));
  CHECK(kinds.ends_with("end "));
  CHECK(published == 2);
  const Json records = client.result("snug/records", {{"sort", "waste"}, {"top", 1}});
  REQUIRE(records["records"].size() == 1);
  CHECK(records["wholeProject"] == true);
  CHECK(records["records"][0]["location"].contains("uri"));
  CHECK(client.request("snug/records", {{"sort", "x"}})["error"]["code"] == -32602);
  CHECK(client.leave() == 0);
}

TEST_CASE("safe fixes are handed to the client, and nothing is written") {
  const Project project;
  LspClient client;
  (void)client.initialize(project.path());
  const std::string path = project.path("order.cpp");
  client.open(path, order_text, 8);
  const int id = client.send("workspace/executeCommand", {{"command", "snug.applySafeFixes"}});
  const Json apply = client.wait_for("workspace/applyEdit", [](const Json&) { return true; });
  const Json& change = apply["edit"]["documentChanges"][0];
  CHECK(change["textDocument"]["version"] == 8);
  const std::string fixed = edited(order_text, change["edits"]);
  CHECK(fixed.find("bool hidden;") < fixed.find("double price;"));
  CHECK(client.answer(id)["result"]["fixes"] == 1);
  CHECK(project.read("order.cpp") == order_text);
  CHECK(client.leave() == 0);
}

TEST_CASE("a layout is data and text for whoever draws it") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, order_text, 2);
  const Json layout = client.result("snug/layout", at(path, 4, 3));
  CHECK(layout["version"] == 2);
  CHECK(layout["stale"] == false);
  CHECK(layout["record"]["name"] == "Order");
  CHECK(layout["record"]["size"] == 32);
  CHECK(layout["suggested"]["size"] == 24);
  CHECK(layout["suggested"]["saves"] == 8);
  std::uint64_t bits = 0;
  for (const Json& slot : layout["slots"]) bits += slot["sizeBits"].get<std::uint64_t>();
  CHECK(bits == 32 * 8);
  CHECK(layout["text"].get<std::string>().find("struct Order") == 0);
  const Json shown =
      client.result("workspace/executeCommand",
                    {{"command", "snug.showLayout"},
                     {"arguments", {file_uri(path), {{"line", 1}, {"character", 8}}}}});
  CHECK(shown["text"] == layout["text"]);
  Json targets = at(path, 1, 8);
  targets["targets"] = {"x86_64-linux-gnu", "i686-linux-gnu"};
  const Json drawn = client.result("snug/layout", targets);
  CHECK(drawn["text"].get<std::string>().find("i386") != std::string::npos);
  const Json text = client.result("workspace/executeCommand",
                                  {{"command", "snug.explainCheck"}, {"arguments", {"padding"}}});
  CHECK(text.get<std::string>().starts_with("padding: "));
  CHECK(client.request("workspace/executeCommand", {{"command", "rm"}})["error"]["code"] == -32602);
  CHECK(client.leave() == 0);
}

TEST_CASE("a database that appears later is used") {
  const Project project;
  std::filesystem::remove(project.path("compile_commands.json"));
  project.write("order.cpp", "struct A { char c; TYPE t; };\nA a;\n");
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, "struct A { char c; TYPE t; };\nA a;\n");
  CHECK(client.result("textDocument/hover", at(path, 0, 7)).is_null());
  project.write_database({"order.cpp"}, {"-DTYPE=double"});
  client.notify(
      "workspace/didChangeWatchedFiles",
      {{"changes",
        Json::array({{{"uri", file_uri(project.path("compile_commands.json"))}, {"type", 1}}})}});
  CHECK(hover_text(client.result("textDocument/hover", at(path, 0, 7))).find("16 bytes") !=
        std::string::npos);
  CHECK(client.leave() == 0);
}

TEST_CASE("settings are read at the start and later, and wrong ones are told") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path(), full_capabilities(),
                          {{"snug", {{"codeLens", "off"}, {"inlayHints", 3}}}});
  client.open(path, order_text);
  CHECK(client.result("textDocument/codeLens", document_params(path)).empty());
  const Json told = client.wait_for("window/showMessage", [](const Json&) { return true; });
  CHECK(told["message"].get<std::string>().find("snug.inlayHints") != std::string::npos);
  client.notify("workspace/didChangeConfiguration",
                {{"settings", {{"snug", {{"codeLens", "all"}, {"coexist", true}}}}}});
  CHECK(client.result("textDocument/codeLens", document_params(path)).size() == 1);
  const std::string hover = hover_text(client.result("textDocument/hover", at(path, 1, 8)));
  CHECK(hover.find("align") == std::string::npos);
  CHECK(hover.find("14 bytes padding") != std::string::npos);
  CHECK(client.leave() == 0);
}

TEST_CASE("a client that pulls diagnostics gets them, and none are pushed") {
  const Project project;
  const std::string path = project.path("order.cpp");
  Json capabilities = full_capabilities();
  capabilities["textDocument"]["diagnostic"] = Json::object();
  LspClient client;
  const Json can = client.initialize(project.path(), capabilities);
  CHECK(can["diagnosticProvider"]["interFileDependencies"] == true);
  client.open(path, order_text);
  const Json report = client.result("textDocument/diagnostic", document_params(path));
  CHECK(report["kind"] == "full");
  CHECK(!report["items"].empty());
  // While the code cannot be read, what was found stays where the text is as it was.
  client.change(path, order_text + "struct Broken {", 2);
  const Json stale = client.result("textDocument/diagnostic", document_params(path));
  REQUIRE(stale["items"].size() == report["items"].size());
  CHECK(stale["items"][0]["message"].get<std::string>().ends_with("(stale)"));
  for (const Json& message : client.seen()) {
    if (message.contains("method")) CHECK(message["method"] != "textDocument/publishDiagnostics");
  }
  CHECK(client.leave() == 0);
}

TEST_CASE("a worker that is killed or hangs costs its answers, and is told once") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client({"--timeout", "2"});
  (void)client.initialize(project.path());
  client.open(path, order_text);
  (void)client.result("textDocument/hover", at(path, 1, 8));
  const auto workers = [&] {
    std::vector<pid_t> ids;
    const std::string children = "/proc/" + std::to_string(client.id()) + "/task/" +
                                 std::to_string(client.id()) + "/children";
    const ProgramResult all = run_program({"/bin/cat", children});
    std::istringstream in(all.out);
    for (pid_t id = 0; in >> id;) ids.push_back(id);
    return ids;
  };
  // An idle one: what it found stays.
  (void)client.wait_for("textDocument/publishDiagnostics",
                        [](const Json& told) { return !told["diagnostics"].empty(); });
  for (const pid_t id : workers()) ::kill(id, SIGKILL);
  CHECK(!client.result("textDocument/hover", at(path, 1, 8)).is_null());
  // One that hangs while it reads.
  client.change(path, order_text + "\n", 2);
  const int hover = client.send("textDocument/hover", at(path, 1, 8));
  const auto start = Clock::now();
  while (Clock::now() - start < std::chrono::seconds(3)) {
    for (const pid_t id : workers()) ::kill(id, SIGSTOP);
    ::usleep(5000);
  }
  const std::string stale = hover_text(client.answer(hover)["result"]);
  CHECK(stale.find("stale") != std::string::npos);
  const Json told = client.wait_for("window/showMessage", [](const Json&) { return true; });
  CHECK(told["message"].get<std::string>().find("it took too long") != std::string::npos);
  client.change(path, order_text, 3);
  CHECK(hover_text(client.result("textDocument/hover", at(path, 1, 8))).find("32 bytes") !=
        std::string::npos);
  CHECK(client.leave() == 0);
}

TEST_CASE("five hundred damaged messages neither end the server nor change a text") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, order_text);
  (void)client.result("textDocument/hover", at(path, 1, 8));
  std::mt19937 random(11);
  const std::vector<std::string> methods = {"textDocument/hover",
                                            "textDocument/codeLens",
                                            "textDocument/inlayHint",
                                            "textDocument/codeAction",
                                            "codeAction/resolve",
                                            "snug/layout",
                                            "snug/records",
                                            "workspace/executeCommand",
                                            "workspace/didChangeConfiguration",
                                            "$/cancelRequest",
                                            "textDocument/didSave",
                                            "window/workDoneProgress/cancel"};
  const std::vector<Json> values = {
      nullptr,       7,           -1, 1e300, "", "file:///x", true, Json::array(), Json::object(),
      whole_range(), {{"uri", 1}}};
  for (int i = 0; i < 500; ++i) {
    Json params = at(path, static_cast<int>(random() % 20), static_cast<int>(random() % 200));
    for (const char* name : {"textDocument", "position", "range", "context", "data", "targets",
                             "command", "arguments", "settings", "id", "sort", "top"}) {
      if (random() % 3 == 0) params[name] = values[random() % values.size()];
    }
    Json message = {{"jsonrpc", "2.0"},
                    {"method", methods[random() % methods.size()]},
                    {"params", random() % 8 == 0 ? values[random() % values.size()] : params}};
    if (random() % 4 != 0) message["id"] = "fuzz-" + std::to_string(i);
    std::string body = message.dump();
    if (random() % 5 == 0) body[random() % body.size()] = static_cast<char>(random() % 256);
    std::string frame = lsp::framed(body);
    if (random() % 10 == 0) frame.insert(0, "junk\r\n\r\n");
    client.raw(frame);
  }
  CHECK(hover_text(client.result("textDocument/hover", at(path, 1, 8))).find("Order") !=
        std::string::npos);
  CHECK(project.read("order.cpp") == order_text);
  CHECK(client.leave() == 0);
}

TEST_CASE("fast typing leaves one reading and the right answer") {
  const Project project;
  const std::string path = project.path("order.cpp");
  LspClient client;
  (void)client.initialize(project.path());
  client.open(path, order_text);
  std::string text = order_text;
  for (int version = 2; version < 32; ++version) {
    text += "// " + std::to_string(version) + "\n";
    client.change(path, text, version);
    ::usleep(10000);
  }
  client.change(path, "struct Order { char c; int i; };\nOrder o;\n", 40);
  CHECK(hover_text(client.result("textDocument/hover", at(path, 0, 8))).find("8 bytes, align 4") !=
        std::string::npos);
  CHECK(client.diagnostics(path, 40).is_array());
  CHECK(client.leave() == 0);
}
