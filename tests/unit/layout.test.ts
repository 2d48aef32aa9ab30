/** The layout of tests/: a folder for each project of vitest.config.ts, and support/ for what more than one of them uses. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";
import { root } from "../../local/setup/bootstrap/places.mjs";
import config from "../../vitest.config.ts";

const names = (config.test?.projects ?? []).map((project) => (project as { test: { name: string } }).test.name);

const files = globSync("tests/**/*.ts", { cwd: root }).map((path) => path.replaceAll("\\", "/"));

const folderOf = (path: string) => path.split("/")[1] ?? "";

it("has a folder for each project, and one for what they share", () => {
  expect([...new Set(files.map(folderOf))].sort()).toEqual([...names, "support"].sort());
});

it("has recorded data compressed, so that a diff shows what people write", () => {
  const recorded = globSync("tests/**/{recordings,states}/**/*.json", { cwd: root });
  expect(recorded, "gzip these").toEqual([]);
});

it("lets no project import what is another's", () => {
  const foreign = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/(?:from |import |import\(|new URL\()"(\.[^"]+\.ts)"/g)]
      .map(([, specifier = ""]) => join(dirname(file), specifier))
      .filter((path) => path.startsWith("tests/") && ![folderOf(file), "support"].includes(folderOf(path)))
      .map((path) => `${file} imports ${path}`),
  );
  expect(foreign).toEqual([]);
});
