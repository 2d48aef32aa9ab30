/** The script that compiles an installed repository deletes files, so it must recognize the temporary clone of a package manager. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();

/** The script and what it loads, with a compiler that writes one file. */
const files: Readonly<Record<string, string | undefined>> = {
  "tools/pack/prepare.mjs": undefined,
  "tools/setup/bootstrap/places.mjs": undefined,
  "text/nodeVersion.mjs": undefined,
  "tools/pack/manifest.ts": "export const components = {};",
  "tools/pack/build.ts": `import { mkdir, writeFile } from "node:fs/promises";
    export async function build(folder: string): Promise<void> {
      await mkdir(folder, { recursive: true });
      await writeFile(folder + "/compiled.js", "");
    }`,
  "package.json": '{ "name": "customer-care", "version": "0.0.1", "type": "module" }',
  "package-lock.json": "{}",
  "index.ts": "",
  ".gitignore": "node_modules/\n.customer-care/\n*.log\n",
};

const write = (place: string, path: string, text: string) => {
  mkdirSync(dirname(join(place, path)), { recursive: true });
  writeFileSync(join(place, path), text);
};

let count = 0;

/** @param path Where the clone is. */
function copied(path: string): string {
  const place = join(folder, String(count++), path);
  for (const [file, text] of Object.entries(files))
    if (text === undefined) cpSync(join(root, file), join(place, file));
    else write(place, file, text);
  return place;
}

function git(place: string, ...words: string[]): void {
  const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...author, ...words], { cwd: place, stdio: "ignore" });
}

function cloned(path: string): string {
  const place = copied(path);
  git(place, "init", "-q");
  git(place, "add", "-A");
  git(place, "commit", "-q", "-m", "Release");
  return place;
}

type Variables = Readonly<Record<string, string>>;
const byNpm = { npm_execpath: "/usr/lib/node_modules/npm/bin/npm-cli.js" };
const byPnpm = { npm_execpath: "/usr/lib/node_modules/pnpm/bin/pnpm.mjs" };
const npm: Variables = { ...byNpm, _PACOTE_NO_PREPARE_: "git://github.com/ORG/customer-care#0" };
const pnpm: Variables = { ...byNpm, PNPM_SCRIPT_SRC_DIR: "/any" };
const yarn: Variables = { ...byNpm, BERRY_BIN_FOLDER: "/tmp/xfs-00000000" };

const prepare = (place: string, variables: Variables) => {
  const { PATH } = process.env;
  return run(process.execPath, ["tools/pack/prepare.mjs"], { cwd: place, env: { PATH, ...variables } });
};

const contentOf = (place: string) =>
  new Map(
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => !path.startsWith(join(place, ".git/")))
      .map((path) => [path, readFileSync(path, "utf8")]),
  );

async function isLeftAlone(place: string, variables: Variables): Promise<string> {
  const before = contentOf(place);
  const { stderr } = await prepare(place, variables);
  assert.deepEqual(contentOf(place), before);
  return stderr;
}

/** As npm 11, pnpm 10 and 12, and Yarn 4 name them. */
const temporary: readonly (readonly [path: string, variables: Variables])[] = [
  ["_cacache/tmp/git-cloneTIE8Bn", npm],
  [".tmpsSQFq0", pnpm],
  ["v10/tmp/_tmp_4321_375f3a79e1182dd8a1f6c4f45e7e8ad5", pnpm],
  ["xfs-b1f581d9", yarn],
];

describe("the script that a package manager runs", () => {
  for (const [path, variables] of temporary) {
    it(`compiles in the temporary clone ${path}, and keeps what the package manager uses`, async () => {
      for (const place of [cloned(path), copied(path)]) {
        write(place, "package-lock.json", '{ "changed": true }');
        write(place, "node_modules/zod/package.json", "{}");
        write(place, "care/node_modules/zod/package.json", "{}");
        const { code, stderr } = await prepare(place, variables);
        assert.equal(code, 0, stderr);
        assert.deepEqual(
          readdirSync(place).filter((name) => name !== ".git"),
          ["compiled.js", "node_modules", "package-lock.json"],
        );
      }
    });
  }

  it("deletes nothing in a clone that Git does not have completely", async () => {
    const [path, variables] = [".tmpsSQFq0", pnpm] as const;
    const changes: Readonly<Record<string, (place: string) => void>> = {
      "index.ts": (place) => write(place, "index.ts", "changed"),
      "package.json": (place) => {
        write(place, "package.json", `${files["package.json"] ?? ""}\n`);
        git(place, "add", "package.json");
      },
      "notes/today.txt": (place) => write(place, "notes/today.txt", ""),
      "today.log": (place) => write(place, "today.log", ""),
      ".customer-care/": (place) => write(place, ".customer-care/state.json", "{}"),
      ".gitignore": (place) => {
        git(place, "update-index", "--skip-worktree", ".gitignore");
        write(place, ".gitignore", `${files[".gitignore"] ?? ""}# Ours\n`);
      },
    };
    for (const [file, change] of Object.entries(changes)) {
      const place = cloned(path);
      change(place);
      // A Git hook sets such variables.
      const stderr = await isLeftAlone(place, { ...variables, GIT_DIR: join(cloned("other"), ".git") });
      assert.equal(
        stderr,
        `customer-care is not compiled in ${place}/, because Git does not have this file: ${file}\n`,
      );
    }
    const archive = copied(path);
    write(archive, ".customer-care/state.json", "{}");
    assert.match(await isLeftAlone(archive, variables), /does not have this file: .*\.customer-care\n$/);
    const broken = copied(path);
    mkdirSync(join(broken, ".git"));
    assert.match(await isLeftAlone(broken, variables), /not a git repository/);
    assert.match(await isLeftAlone(cloned(path), { ...variables, PATH: "/nowhere" }), /spawnSync git ENOENT/);
  });

  it("does nothing in any other folder", async () => {
    const others: readonly (readonly [path: string, variables: Variables])[] = [
      ...[".tmp-care", ".tmp", ".tmp-cares", ".tmpcustomers", "_tmp_x", "_tmp_1_0123456789abcdef"].map(
        (path) => [path, pnpm] as const,
      ),
      ["_tmp_4321_375f3a79e1182dd8a1f6c4f45e7e8ad5", pnpm],
      ["xfs-notes", yarn],
      ["xfs-b1f581d9/customer-care", yarn],
      ["git-clone", npm],
      ["git-cloneTIE8Bn", npm],
      ["customer-care", { ...npm, ...pnpm, ...yarn }],
      // Somebody's own clone with the name of a temporary one.
      ...temporary.map(([path]) => [path, byNpm] as const),
      ...temporary.map(([path, variables]) => [path, { ...variables, ...byPnpm }] as const),
    ];
    for (const [path, variables] of others) assert.equal(await isLeftAlone(copied(path), variables), "", path);
  });
});
