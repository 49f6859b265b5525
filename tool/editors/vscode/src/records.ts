// The tree of records, the largest waste first.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { RankedRecord, RankedRecords } from "./protocol";

export class RecordTree implements vscode.TreeDataProvider<RankedRecord> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly client: () => LanguageClient | undefined) {}

  refresh(): void {
    this.changed.fire();
  }

  async getChildren(parent?: RankedRecord): Promise<RankedRecord[]> {
    const client = this.client();
    if (parent || !client?.isRunning()) return [];
    const ranked = await client.sendRequest<RankedRecords>("snug/records", { sort: "waste", top: 500 });
    return ranked.records.filter((record) => record.padding > 0);
  }

  getTreeItem(record: RankedRecord): vscode.TreeItem {
    const item = new vscode.TreeItem(record.name);
    item.description =
      `${record.size} bytes, ${record.padding} padding` +
      (record.savedEach > 0 ? `, reorder saves ${record.savedEach}` : "");
    if (record.location) {
      const { start, end } = record.location.range;
      item.command = {
        title: "Open",
        command: "vscode.open",
        arguments: [
          vscode.Uri.parse(record.location.uri),
          { selection: new vscode.Range(start.line, start.character, end.line, end.character) },
        ],
      };
    }
    return item;
  }
}
