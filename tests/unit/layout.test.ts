/** The layout of the root and of tests/: a folder for each project of vitest.config.ts, and support/ for what more than one of them uses. */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import config from "../../vitest.config.ts";

const names = (config.test?.projects ?? []).map((project) => (project as { test: { name: string } }).test.name);

const files = globSync("tests/**/*.ts", { cwd: root }).map((path) => path.replaceAll("\\", "/"));

const folderOf = (path: string) => path.split("/")[1] ?? "";

it("has a folder for each project, and one for what they share", () => {
  expect([...new Set(files.map(folderOf))].sort()).toEqual([...names, "support"].sort());
});

it("has a root that shows what the product is, in at most twelve folders", () => {
  const tracked = execFileSync("git", ["ls-tree", "-d", "--name-only", "HEAD"], { cwd: root, encoding: "utf8" });
  const folders = tracked.split("\n").filter((name) => name !== "" && !name.startsWith("."));
  expect(folders).toContain("components");
  expect(folders.length, folders.join(" ")).toBeLessThanOrEqual(12);
});

it("has recorded data compressed, so that a diff shows what people write", () => {
  const recorded = globSync("tests/**/{recordings,states}/**/*.json", { cwd: root });
  expect(recorded, "gzip these").toEqual([]);
});

it("lets no project import another's files", () => {
  const foreign = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/(?:from |import |import\(|new URL\()"(\.[^"]+\.ts)"/g)]
      .map(([, specifier = ""]) => join(dirname(file), specifier))
      .filter((path) => path.startsWith("tests/") && ![folderOf(file), "support"].includes(folderOf(path)))
      .map((path) => `${file} imports ${path}`),
  );
  expect(foreign).toEqual([]);
});

it("leaves the long tests out of npm test, and has them in npm run test:all", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const filesOf = (script: string) => {
    const [, ...options] = (manifest.scripts[script] ?? "").split("bootstrap.mjs test");
    const args = options.join("").replaceAll('"', "").split(" ").filter(Boolean);
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    return execFileSync(process.execPath, [vitest, "list", "--filesOnly", ...args], { cwd: root, encoding: "utf8" });
  };
  const long = globSync("tests/**/*.long.test.ts", { cwd: root }).filter((path) => !path.includes("fleetScale"));
  expect(filesOf("test")).not.toContain(".long.test.ts");
  const all = filesOf("test:all");
  expect(long.filter((path) => !all.includes(path))).toEqual([]);
});
