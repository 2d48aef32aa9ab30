/** Recorded data. It is compressed, so that a diff of the repository shows what people write. CONTRIBUTING.md describes how to read it. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

const extension = ".json.gz";

export function readCompressed(file: URL): string {
  return gunzipSync(readFileSync(file)).toString();
}

export function writeCompressed(file: URL, text: string): void {
  writeFileSync(file, gzipSync(text, { level: 9 }));
}

export interface Recording {
  /** Such as `0.1.0.json`. */
  readonly name: string;
  readonly value: unknown;
}

/** The recordings in the folder itself. */
export function recordingsIn(folder: URL): readonly Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => ({
      name: file.slice(0, -".gz".length),
      value: JSON.parse(readCompressed(new URL(file, folder))) as unknown,
    }));
}
