// The extension: starts `snug lsp`, and shows what a language client alone cannot.
import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { LayoutPanel } from "./panel";
import { Layout, LayoutParams } from "./protocol";
import { RecordTree } from "./records";

const explainScheme = "snug-explain";
const texts = new Map<string, string>();

let client: LanguageClient | undefined;
let starting: Promise<void> = Promise.resolve();
const panel = new LayoutPanel();

function settings(): { [name: string]: unknown } {
  const all = vscode.workspace.getConfiguration("snug");
  const coexist = all.get<string>("coexist", "auto");
  const clangd = vscode.extensions.getExtension("llvm-vs-code-extensions.vscode-clangd") !== undefined;
  return {
    buildFolder: all.get("buildFolder"),
    checks: all.get("checks"),
    level: all.get("level"),
    hover: all.get("hover"),
    inlayHints: all.get("inlayHints"),
    codeLens: all.get("codeLens"),
    coexist: coexist === "auto" ? clangd : coexist === "on",
  };
}

function isCode(document: vscode.TextDocument): boolean {
  return (document.languageId === "c" || document.languageId === "cpp") && document.uri.scheme === "file";
}

/** Where a command is meant: its arguments, else the cursor. */
function placeOf(uri?: unknown, position?: unknown): LayoutParams | undefined {
  if (typeof uri === "string" && position) {
    return { textDocument: { uri }, position: position as LayoutParams["position"] };
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isCode(editor.document) || !client) return undefined;
  return {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    position: client.code2ProtocolConverter.asPosition(editor.selection.active),
  };
}

async function showLayout(uri?: unknown, position?: unknown): Promise<void> {
  const params = placeOf(uri, position);
  if (!params || !client) return;
  const layout = await client.sendRequest<Layout | null>("snug/layout", params);
  if (layout) panel.show(layout, true);
  else void vscode.window.showInformationMessage("snug: no record is declared here.");
}

async function showLayoutForTargets(): Promise<void> {
  const params = placeOf();
  if (!params || !client) return;
  const targets = vscode.workspace.getConfiguration("snug").get<string[]>("targets", []);
  const drawn = await client.sendRequest<{ text: string } | null>("snug/layout", { ...params, targets });
  if (!drawn) return void vscode.window.showInformationMessage("snug: no record is declared here.");
  const document = await vscode.workspace.openTextDocument({ content: drawn.text });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside, true);
}

async function explain(check?: unknown): Promise<void> {
  const name =
    typeof check === "string"
      ? check
      : await vscode.window.showInputBox({ prompt: "Which check? (for example padding)" });
  if (name) await vscode.window.showTextDocument(vscode.Uri.parse(`${explainScheme}:${encodeURIComponent(name)}.txt`));
}

/** Without arguments commands of the server mean the file in front. */
async function run(command: string, args: unknown[], next: (command: string, args: unknown[]) => unknown): Promise<unknown> {
  switch (command) {
    case "snug.showLayout":
      return showLayout(args[0], args[1]);
    case "snug.explainCheck":
      return explain(args[0]);
    case "snug.checkProject":
    case "snug.applySafeFixes": {
      const active = vscode.window.activeTextEditor?.document;
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const uri = command === "snug.checkProject" ? (folder ?? active?.uri) : active?.uri;
      const result = await next(command, uri ? [uri.toString()] : []);
      tree.refresh();
      return result;
    }
    default:
      return next(command, args);
  }
}

const tree = new RecordTree(() => client);

function makeClient(): LanguageClient {
  const all = vscode.workspace.getConfiguration("snug");
  const server: ServerOptions = {
    command: all.get<string>("path", "snug"),
    args: ["lsp", ...all.get<string[]>("arguments", [])],
  };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "c" },
      { scheme: "file", language: "cpp" },
    ],
    initializationOptions: settings(),
    middleware: {
      executeCommand: run,
      handleDiagnostics: (uri, diagnostics, next) => {
        for (const diagnostic of diagnostics) {
          if (typeof diagnostic.code !== "object") continue;
          const check = String(diagnostic.code.value);
          diagnostic.code.target = vscode.Uri.parse(`${explainScheme}:${encodeURIComponent(check)}.txt`);
        }
        next(uri, diagnostics);
      },
    },
  };
  return new LanguageClient("snug", "snug", server, options);
}

async function start(): Promise<void> {
  client = makeClient();
  client.onNotification("snug/layoutChanged", () => tree.refresh());
  try {
    await client.start();
  } catch (error) {
    const choice = await vscode.window.showErrorMessage(
      `snug cannot be started: ${error}. Is it installed, and does snug.path name it?`,
      "Open Settings",
    );
    if (choice) await vscode.commands.executeCommand("workbench.action.openSettings", "snug.path");
  }
}

/** One after another, so that there is never more than one server. */
function restart(): Promise<void> {
  starting = starting
    .then(() => client?.dispose())
    .catch(() => undefined)
    .then(start);
  return starting;
}

let following: NodeJS.Timeout | undefined;

/** The panel shows the record that the cursor is in. */
function follow(editor: vscode.TextEditor): void {
  clearTimeout(following);
  if (!panel.open || !isCode(editor.document)) return;
  following = setTimeout(async () => {
    const params = placeOf();
    if (!params || !client?.isRunning()) return;
    try {
      const layout = await client.sendRequest<Layout | null>("snug/layout", params);
      if (layout && panel.open) panel.show(layout, false);
    } catch {
      // The text changes: the next move asks again.
    }
  }, 150);
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider("snug.records", tree),
    vscode.commands.registerCommand("snug.restart", restart),
    vscode.commands.registerCommand("snug.showLayoutForTargets", showLayoutForTargets),
    vscode.commands.registerCommand("snug.rankRecords", () => {
      tree.refresh();
      return vscode.commands.executeCommand("snug.records.focus");
    }),
    vscode.workspace.registerTextDocumentContentProvider(explainScheme, {
      async provideTextDocumentContent(uri) {
        const check = decodeURIComponent(uri.path).replace(/\.txt$/, "");
        if (!texts.has(check) && client) {
          const text = await client.sendRequest<string>("workspace/executeCommand", {
            command: "snug.explainCheck",
            arguments: [check],
          });
          texts.set(check, text);
        }
        return texts.get(check) ?? "";
      },
    }),
    vscode.window.onDidChangeTextEditorSelection((event) => follow(event.textEditor)),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (!event.affectsConfiguration("snug")) return;
      if (event.affectsConfiguration("snug.path") || event.affectsConfiguration("snug.arguments")) {
        return restart();
      }
      await client?.sendNotification("workspace/didChangeConfiguration", { settings: { snug: settings() } });
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await starting.catch(() => undefined);
  await client?.stop();
}
