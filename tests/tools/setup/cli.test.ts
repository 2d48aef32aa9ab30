import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, describe, it } from "vitest";
import { buildCli, builtCli } from "../../../tools/setup/cli/goBuild.ts";
import { directMonitor } from "../../../tools/setup/cli/languageHostSource.ts";
import { cliOnPath } from "../../../tools/setup/cli/onPath.ts";
import { fakeProgram } from "./fakeProgram.ts";
import { recordedProgress } from "./recordedProgress.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const { PATH } = process.env;
/** `sh`, and nothing else that matters. */
const system = ["/usr/bin", "/bin"];

describe("Pulumi on PATH", () => {
  const folder = temporaryFolder();
  const home = join(folder, "home");
  afterEach(() => void (process.env.PATH = PATH));

  function pulumi(name: string, version: string, ...neighbours: string[]): string {
    const bin = join(folder, name);
    fakeProgram(bin, "pulumi", `echo ${version}; echo "$PULUMI_HOME" > "${bin}/home"`);
    for (const file of neighbours) fakeProgram(bin, file, "");
    return bin;
  }
  function usePath(...folders: string[]) {
    process.env.PATH = [...folders, ...system].join(delimiter);
  }

  it("is used where it is, when all that it needs is next to it", async () => {
    const bin = pulumi("whole", "v3.270.0", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs");
    usePath(bin);
    const progress = recordedProgress();
    assert.deepEqual(await cliOnPath({ home, progress }), {
      pulumi: join(bin, "pulumi"),
      version: "3.270.0",
      source: "PATH",
      canRunPolicyPacks: true,
    });
    assert.deepEqual(progress.notes, []);
    assert.ok(readFileSync(join(bin, "home"), "utf8").startsWith(home), "the user's own PULUMI_HOME was used");
  });

  it("is brought together with what it lacks, once", async () => {
    const bin = pulumi("bare", "v3.259.0");
    const host = join(folder, "host");
    fakeProgram(host, "pulumi-language-nodejs", "");
    usePath(bin, host);
    const found = await cliOnPath({ home, progress: recordedProgress() });
    assert.ok(found && found.pulumi.startsWith(home));
    const together = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
    assert.deepEqual(readdirSync(join(found.pulumi, "..")).sort(), together);
    assert.deepEqual(await cliOnPath({ home, progress: recordedProgress() }), found);
  });

  it("is passed over in one line when it is too old, and a later one is taken", async () => {
    const old = pulumi("old", "v3.100.0", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs");
    const later = pulumi("later", "v3.260.1", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs");
    usePath(old, later);
    const progress = recordedProgress();
    assert.equal((await cliOnPath({ home, progress }))?.version, "3.260.1");
    assert.deepEqual(progress.notes, [
      `Skipped ${join(old, "pulumi")}: it is 3.100.0, but 3.259.0 or later is required.`,
    ]);
  });

  it("is passed over when it has no Node language host", async () => {
    const bin = pulumi("hostless", "v3.270.0");
    usePath(bin);
    const progress = recordedProgress();
    assert.equal(await cliOnPath({ home, progress }), undefined);
    assert.deepEqual(progress.notes, [
      `Skipped ${join(bin, "pulumi")}: its Node language host (pulumi-language-nodejs) is neither in the same folder nor on PATH.`,
    ]);
  });

  it("is passed over when it does not work", async () => {
    const bin = join(folder, "broken");
    fakeProgram(bin, "pulumi", "exit 1");
    usePath(bin);
    const progress = recordedProgress();
    assert.equal(await cliOnPath({ home, progress }), undefined);
    assert.deepEqual(progress.notes, [`Skipped ${join(bin, "pulumi")}: it does not report its version.`]);
  });
});

describe("Pulumi built by Go", () => {
  const folder = temporaryFolder();
  afterEach(() => void (process.env.PATH = PATH));

  const sdk = join(folder, "sdk");
  const hostSources = join(sdk, "nodejs/cmd/pulumi-language-nodejs");
  mkdirSync(hostSources, { recursive: true });
  writeFileSync(join(hostSources, "main.go"), `run(${directMonitor.before}`);
  writeFileSync(join(hostSources, "main_test.go"), "");

  /** A Go that writes what it was asked to build: the name of each of its sources, and the first one. */
  const go = `
    case "$1" in
      mod) echo '{ "Dir": "${sdk}" }' ;;
      version) echo "go version go1.26.0 linux/amd64" ;;
      list) echo one; echo two ;;
      build)
        while [ "$1" != "-o" ]; do shift; done
        echo one >&2; echo two >&2; { echo *; cat main.go 2>/dev/null; } > "$2"; true ;;
    esac`;

  function buildWith(bin: string, home: string) {
    process.env.PATH = [join(folder, bin), ...system].join(delimiter);
    return buildCli({ home, progress: recordedProgress() });
  }

  it("is a plain sentence where there is no Go", async () => {
    process.env.PATH = join(folder, "nothing");
    await assert.rejects(buildCli({ home: folder, progress: recordedProgress() }), {
      name: "SetUpError",
      message:
        "Pulumi 3.259.0 or later is not on PATH, its download cannot be reached, and to build it there is no Go: install Pulumi (https://www.pulumi.com/docs/install/) or Go 1.26 (https://go.dev/dl/), then run the same command again.",
    });
  });

  it("is a plain sentence where Go is too old", async () => {
    const bin = join(folder, "old");
    fakeProgram(bin, "go", "echo go version go1.19.3 linux/amd64");
    process.env.PATH = [bin, ...system].join(delimiter);
    await assert.rejects(buildCli({ home: folder, progress: recordedProgress() }), /to build it Go is too old: /);
  });

  it("is built once, and reports its progress", async () => {
    const home = join(folder, "once");
    fakeProgram(join(folder, "go"), "go", go);
    process.env.PATH = [join(folder, "go"), ...system].join(delimiter);
    const progress = recordedProgress();
    assert.equal(await builtCli({ home }), undefined);
    const built = await buildCli({ home, progress });
    assert.deepEqual(readdirSync(join(built.pulumi, "../..")), ["bin"]);
    assert.equal(built.canRunPolicyPacks, false);
    assert.deepEqual(await builtCli({ home }), built);
    assert.ok(existsSync(join(built.pulumi, "..", "pulumi-resource-pulumi-nodejs")));
    assert.ok(progress.steps.some((step) => step.endsWith(": 2 of 2 packages")));
  });

  it("comes with a language host that gives the program the engine's own address", async () => {
    const { pulumi } = await buildWith("go", join(folder, "host"));
    assert.equal(
      readFileSync(join(pulumi, "../pulumi-language-nodejs"), "utf8"),
      "go.mod go.sum main.go\nrun(req.GetMonitorAddress(), pipes.directory())",
    );
  });

  it("is not taken for built when the build was interrupted", async () => {
    const home = join(folder, "interrupted");
    const bin = join(folder, "half");
    fakeProgram(
      bin,
      "go",
      `case "$*" in *cmd/pulumi) [ "$1" = list ] || { echo "no space left" >&2; exit 1; } ;; esac\n${go}`,
    );
    process.env.PATH = [bin, ...system].join(delimiter);
    await assert.rejects(
      buildCli({ home, progress: recordedProgress() }),
      /^SetUpError: no space left\nGo could not build/,
    );
    assert.equal(await builtCli({ home }), undefined);
    const [partial] = readdirSync(join(home, "engine"));
    assert.match(partial ?? "", /\.partial$/);
    writeFileSync(join(home, "engine", partial ?? "", "bin", "left-over"), "");

    process.env.PATH = [join(folder, "go"), ...system].join(delimiter);
    const built = await buildCli({ home, progress: recordedProgress() });
    assert.equal(existsSync(join(built.pulumi, "..", "left-over")), false);
    assert.deepEqual(
      readdirSync(join(home, "engine")).filter((name) => name.endsWith(".partial")),
      [],
    );
  });

  it("leaves the user's Go settings out that would change it", async () => {
    const bin = join(folder, "settings");
    mkdirSync(bin);
    fakeProgram(bin, "go", `echo "$GOFLAGS $GOWORK $CGO_ENABLED" > "${bin}/environment"\n${go}`);
    process.env.PATH = [bin, ...system].join(delimiter);
    process.env.GOFLAGS = "-mod=vendor";
    await buildCli({ home: join(folder, "settings-home"), progress: recordedProgress() });
    delete process.env.GOFLAGS;
    assert.equal(readFileSync(join(bin, "environment"), "utf8"), "-mod=readonly off 0\n");
  });
});
