/** Programs that have installed the package, without a registry: what it depends on is found in the clone around them. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import type { Tarball } from "../../tools/pack/index.ts";

export interface Consumer {
  readonly folder: string;
  /** Writes a file and gives its path. */
  write(path: string, text: string): Promise<string>;
  /** Runs a file of it with this Node. */
  node(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  close(): Promise<void>;
}

/** @param name Of the package that is in the tarball. */
export async function consumer({ path }: Tarball, name = "customer-care"): Promise<Consumer> {
  await mkdir(join(home, "tests"), { recursive: true });
  const folder = await mkdtemp(join(home, "tests", "consumer-"));
  const write = async (file: string, text: string) => {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    return target;
  };
  await write("package.json", JSON.stringify({ name: "consumer", private: true }));
  const installed = join(folder, "node_modules", name);
  await mkdir(installed, { recursive: true });
  const { code, stderr } = await run("tar", ["-xzf", path, "-C", installed, "--strip-components=1"]);
  if (code !== 0) throw new Error(stderr);
  return {
    folder,
    write,
    node: (...args) => run(process.execPath, args, { cwd: folder, timeout: 120_000 }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
