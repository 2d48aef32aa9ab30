import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Runs Go in a folder, and returns its output. */
export type Go = (folder: string, args: string[]) => Promise<string>;

/** A text that occurs once in a file, and its replacement. */
export interface SourceChange {
  file: string;
  before: string;
  after: string;
}

/** The sources of a language host. */
export interface HostSource {
  /** The module with the sources. */
  readonly module: string;
  /** Their folder in the module. */
  readonly folder: string;
  /** The changes to them. */
  readonly change?: SourceChange;
}

/**
 * The language host is a proxy between the program and the engine, and forwards only the calls that its version supports. Newer
 * ones, such as resource hooks, would fail. So the program gets the engine's address instead.
 */
export const directMonitor: SourceChange = {
  file: "main.go",
  before: `fmt.Sprintf("127.0.0.1:%d", handle.Port), pipes.directory())`,
  after: `req.GetMonitorAddress(), pipes.directory())`,
};

export const nodeHost: HostSource = {
  module: "github.com/pulumi/pulumi/sdk/v3",
  folder: "nodejs/cmd/pulumi-language-nodejs",
  change: directMonitor,
};

/** Writes a language host's sources from the module proxy with that change, and with the go.mod that pins them. */
export async function writeLanguageHost(
  { module, folder: folderInModule, change }: HostSource,
  pinned: string,
  folder: string,
  go: Go,
): Promise<string> {
  const { Dir } = JSON.parse(await go(pinned, ["mod", "download", "-json", module])) as { Dir: string };
  const original = join(Dir, folderInModule);
  await mkdir(folder, { recursive: true });
  for (const file of ["go.mod", "go.sum"]) await copyFile(join(pinned, file), join(folder, file));
  for (const file of await readdir(original)) {
    if (!file.endsWith(".go") || file.endsWith("_test.go")) continue;
    const text = await readFile(join(original, file), "utf8");
    await writeFile(join(folder, file), file === change?.file ? changed(text, change, module) : text);
  }
  return folder;
}

function changed(text: string, { file, before, after }: SourceChange, module: string): string {
  const [head, tail, ...more] = text.split(before);
  if (tail === undefined || more.length > 0) throw new Error(`${file} of ${module} is not the one that is pinned.`);
  return `${head}${after}${tail}`;
}
