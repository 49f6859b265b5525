// Drives `snug lsp` through the protocol library that editors use, where npm has installed it:
//   node node_client_test.mjs SNUG   (NODE_PATH or SNUG_NODE_MODULES names node_modules)
// Exits with 77 and the reason where the library is absent.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

const here = path.dirname(new URL(import.meta.url).pathname);
const places = [
  process.env.SNUG_NODE_MODULES,
  path.join(here, "../../tool/editors/vscode/node_modules"),
].filter(Boolean);
let protocol;
for (const place of places) {
  try {
    protocol = createRequire(path.join(place, "x.js"))("vscode-languageserver-protocol/node");
    break;
  } catch {
    // The next place.
  }
}
if (!protocol) {
  console.log("skipped: vscode-languageserver-protocol is not installed (npm ci in tool/editors/vscode)");
  process.exit(77);
}

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "snug-node-")));
const header = "struct Price { char side; double value; char kind; };\r\n";
const source = '#include "price.hpp"\r\nstruct Order {\r\n\t/* \u{1F418} */ bool live;\r\n\tPrice price;\r\n};\r\nOrder orders[64];\r\n';
fs.writeFileSync(path.join(folder, ".snug.toml"), "");
fs.writeFileSync(path.join(folder, "price.hpp"), header);
fs.writeFileSync(path.join(folder, "order.cpp"), source);
fs.writeFileSync(
  path.join(folder, "compile_commands.json"),
  JSON.stringify([{ directory: folder, file: "order.cpp", command: "c++ -std=c++20 -c order.cpp" }]),
);

const uri = (name) => pathToFileURL(path.join(folder, name)).href;
const order = { uri: uri("order.cpp") };
const price = { uri: uri("price.hpp") };

const server = spawn(process.argv[2], ["lsp", "--cache", "off"], { stdio: ["pipe", "pipe", "inherit"] });
const exited = new Promise((resolve) => server.on("exit", resolve));
const connection = protocol.createMessageConnection(
  new protocol.StreamMessageReader(server.stdout),
  new protocol.StreamMessageWriter(server.stdin),
);
const published = new Map();
const waiters = [];
connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
  published.set(params.uri + "@" + params.version, params);
  for (const waiter of waiters) waiter();
});
let applied;
connection.onRequest(protocol.ApplyWorkspaceEditRequest.type, (params) => {
  applied = params;
  return { applied: true };
});
connection.onRequest(protocol.RegistrationRequest.type, () => undefined);
connection.onRequest(protocol.CodeLensRefreshRequest.type, () => undefined);
connection.onRequest(protocol.InlayHintRefreshRequest.type, () => undefined);
connection.onRequest(protocol.WorkDoneProgressCreateRequest.type, () => undefined);
connection.listen();

async function diagnostics(document, version) {
  const key = document.uri + "@" + version;
  while (!published.has(key)) await new Promise((resolve) => waiters.push(resolve));
  return published.get(key).diagnostics;
}

async function main() {
  const initialized = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "project" }],
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      window: { workDoneProgress: true },
      workspace: {
        workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
        codeLens: { refreshSupport: true },
        inlayHint: { refreshSupport: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
      textDocument: {
        hover: { contentFormat: ["markdown"] },
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
          resolveSupport: { properties: ["edit"] },
        },
        publishDiagnostics: { relatedInformation: true, versionSupport: true },
      },
    },
  });
  assert.equal(initialized.capabilities.positionEncoding, "utf-16");
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  const open = (document, text, version) =>
    connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId: "cpp", version, text },
    });
  await open(order, source, 1);

  const hover = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: order,
    position: { line: 1, character: 8 },
  });
  assert.match(hover.contents.value, /32 bytes, align 8/);
  const field = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: order,
    position: { line: 2, character: 15 },
  });
  assert.match(field.contents.value, /offset 0, 1 byte/);
  assert.deepEqual(field.range.start, { line: 2, character: 15 });
  const hints = await connection.sendRequest(protocol.InlayHintRequest.type, {
    textDocument: order,
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
  });
  assert.deepEqual(hints.map((hint) => hint.label), ["+7 padding"]);

  // The header is open and changed, but not saved.
  await open(price, header, 1);
  await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri: price.uri, version: 2 },
    contentChanges: [
      { range: { start: { line: 0, character: 26 }, end: { line: 0, character: 32 } }, text: "long double" },
    ],
  });
  const changed = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: order,
    position: { line: 1, character: 8 },
  });
  assert.match(changed.contents.value, /64 bytes, align 16/);

  await diagnostics(price, 2);
  const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
    textDocument: price,
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [] },
  });
  const reorder = actions.find((action) => action.title.startsWith("Reorder"));
  assert.ok(reorder, JSON.stringify(actions));
  const resolved = await connection.sendRequest(protocol.CodeActionResolveRequest.type, reorder);
  const edit = resolved.edit.documentChanges.find((change) => change.textDocument.uri === price.uri);
  assert.equal(edit.textDocument.version, 2);

  // Each request again, with what it has to answer.
  const lenses = await connection.sendRequest(protocol.CodeLensRequest.type, { textDocument: order });
  assert.equal(lenses.length, 0); // Nothing can be saved in it.
  const own = await connection.sendRequest("snug/layout", {
    textDocument: order,
    position: { line: 1, character: 8 },
  });
  assert.equal(own.record.size, 64);
  assert.equal(own.slots.reduce((sum, slot) => sum + slot.sizeBits, 0), 64 * 8);
  assert.deepEqual(own.slots[0].range.start, { line: 2, character: 15 });
  assert.match(own.text, /struct Order/);
  assert.ok(Object.values(own.children).some((child) => child.record.name === "Price"));
  const ranked = await connection.sendRequest("snug/records", { sort: "waste", top: 1 });
  assert.equal(ranked.records.length, 1);
  const shown = await connection.sendRequest(protocol.ExecuteCommandRequest.type, {
    command: "snug.showLayout",
    arguments: [order.uri, { line: 1, character: 8 }],
  });
  assert.equal(shown.text, own.text);
  const explained = await connection.sendRequest(protocol.ExecuteCommandRequest.type, {
    command: "snug.explainCheck",
    arguments: ["padding"],
  });
  assert.match(explained, /^padding: /);
  const targets = await connection.sendRequest("snug/layout", {
    textDocument: order,
    position: { line: 1, character: 8 },
    targets: ["x86_64-linux-gnu", "i686-linux-gnu"],
  });
  assert.match(targets.text, /i386/);
  await assert.rejects(
    connection.sendRequest("textDocument/definition", { textDocument: order, position: { line: 1, character: 8 } }),
    (error) => error.code === protocol.ErrorCodes.MethodNotFound,
  );

  // Two fixes are asked for; one is cancelled while the compiler tries it.
  const cancelled = new protocol.CancellationTokenSource();
  const failing = connection.sendRequest(
    protocol.CodeActionResolveRequest.type,
    { ...reorder, data: { ...reorder.data } },
    cancelled.token,
  );
  cancelled.cancel();
  // It was proven before, so that the answer may be there already.
  await failing.catch((error) => assert.equal(error.code, protocol.LSPErrorCodes.RequestCancelled));

  // So is a check of the whole project.
  const stop = new protocol.CancellationTokenSource();
  const project = connection.sendRequest(
    protocol.ExecuteCommandRequest.type,
    { command: "snug.checkProject" },
    stop.token,
  );
  setTimeout(() => stop.cancel(), 20);
  await assert.rejects(project, (error) => error.code === protocol.LSPErrorCodes.RequestCancelled);

  // A request is cancelled while its unit is read.
  await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri: order.uri, version: 2 },
    contentChanges: [{ text: source + "\r\n" }],
  });
  const cancel = new protocol.CancellationTokenSource();
  const lens = connection.sendRequest(protocol.CodeLensRequest.type, { textDocument: order }, cancel.token);
  const begin = Date.now();
  cancel.cancel();
  await assert.rejects(lens, (error) => error.code === protocol.LSPErrorCodes.RequestCancelled);
  console.log(`cancel answered after ${Date.now() - begin} ms`);

  // References answer once the setting asks for them; positions count what comes before.
  await connection.sendNotification(protocol.DidChangeConfigurationNotification.type, {
    settings: { snug: { hover: "all" } },
  });
  const used = '#include "price.hpp"\r\nlong double get(const Price& p) {\r\n\treturn /* \u{1F418} */ p.value;\r\n}\r\n';
  await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri: order.uri, version: 3 },
    contentChanges: [{ text: used }],
  });
  const type = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: order,
    position: { line: 1, character: 24 },
  });
  assert.match(type.contents.value, /48 bytes, align 16/);
  assert.deepEqual(type.range, { start: { line: 1, character: 22 }, end: { line: 1, character: 27 } });
  const member = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: order,
    position: { line: 2, character: 20 },
  });
  assert.match(member.contents.value, /offset 16, 16 bytes/);
  assert.deepEqual(member.range.start, { line: 2, character: 19 });
  assert.equal(
    await connection.sendRequest(protocol.HoverRequest.type, {
      textDocument: order,
      position: { line: 2, character: 4 },
    }),
    null,
  );

  // A file that is renamed is closed under one name and opened under the other.
  fs.renameSync(path.join(folder, "order.cpp"), path.join(folder, "bid.cpp"));
  fs.writeFileSync(
    path.join(folder, "compile_commands.json"),
    JSON.stringify([{ directory: folder, file: "bid.cpp", command: "c++ -std=c++20 -c bid.cpp" }]),
  );
  await connection.sendNotification(protocol.DidCloseTextDocumentNotification.type, { textDocument: order });
  await connection.sendNotification(protocol.DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: uri("compile_commands.json"), type: 2 }],
  });
  const bid = { uri: uri("bid.cpp") };
  await open(bid, source, 1);
  const renamed = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: bid,
    position: { line: 1, character: 8 },
  });
  assert.match(renamed.contents.value, /64 bytes, align 16/);

  const checked = await connection.sendRequest(protocol.ExecuteCommandRequest.type, {
    command: "snug.checkProject",
  });
  assert.equal(checked.units, 1);
  await connection.sendRequest(protocol.ExecuteCommandRequest.type, { command: "snug.applySafeFixes" });
  assert.ok(applied === undefined || applied.edit.documentChanges.length > 0);

  for (let i = 0; i < 500; ++i) {
    const junk = Buffer.from(Array.from({ length: i % 60 }, (_, at) => (i * 31 + at * 17) % 256));
    server.stdin.write(`Content-Length: ${junk.length}\r\n\r\n`);
    server.stdin.write(junk);
  }
  const after = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: bid,
    position: { line: 1, character: 8 },
  });
  assert.match(after.contents.value, /Order/);
  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.equal(await exited, 0);
}

try {
  await main();
  console.log("ok");
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  server.kill();
  fs.rmSync(folder, { recursive: true, force: true });
  process.exit();
}
