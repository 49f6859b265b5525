// The server's own requests, as `snug help lsp` describes them.
import { Location, Position, Range, TextDocumentIdentifier } from "vscode-languageclient/node";

export interface Slot {
  kind: string;
  name: string;
  type: string;
  offsetBits: number;
  sizeBits: number;
  alignBits: number;
  line: number;
  range?: Range;
  record?: string;
  slots?: Slot[];
}

export interface LayoutRecord {
  id: string;
  name: string;
  kind: string;
  size: number;
  align: number;
  padding: { holes: number; tail: number; bitHoles: number };
  cacheLines: number;
  cacheLineBytes: number;
  range?: Range;
}

export interface Layout {
  uri: string;
  version: number;
  stale: boolean;
  target: string;
  record: LayoutRecord;
  slots: Slot[];
  children: { [id: string]: { record: LayoutRecord; slots: Slot[] } };
  suggested?: { size: number; saves: number; slots: Slot[] };
  text: string;
}

export interface LayoutParams {
  textDocument: TextDocumentIdentifier;
  position: Position;
  targets?: string[];
}

export interface RankedRecord {
  id: string;
  name: string;
  size: number;
  padding: number;
  savedEach: number;
  objects: number;
  saved: number;
  location?: Location;
}

export interface RankedRecords {
  records: RankedRecord[];
  wholeProject: boolean;
}
