/** A stack's own file: its encoding, its secrets, and how large its config may be (onboarding/). */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "vitest";
import fc from "fast-check";
import { stringify } from "yaml";
import { readSources } from "../../care/diff/sources.ts";
import { readFleet } from "../../care/fleet/fleetFile.ts";
import { stackFilesOf } from "../../care/fleet/stackFiles.ts";
import { UsageError } from "../../care/userError.ts";
import { checkStackValues, configSize, configSizeProblem, largestConfig, secretPaths } from "../../onboarding/index.ts";
import { decoded, emptyValueProblems } from "../../onboarding/stackFile.ts";
import { withoutSection } from "../support/section.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "care-stack-file-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

const littleEndian = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const bigEndian = (text: string) => littleEndian(text).swap16();

const fleetFile = stringify({
  config: {
    "customer-care:plan": "enhanced",
    "customer-care:fleet": { shards: 1 },
    "customer-care:projects": { "shop-dev": {} },
  },
});

describe("a file", () => {
  it("is read in UTF-8, and in UTF-16 with a byte order mark, as the engine reads it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter((text) => !/\0|^\ufeff/.test(text) && text.isWellFormed()),
        (text) => {
          for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), littleEndian(text), bigEndian(text)])
            assert.deepEqual(decoded(bytes), { text });
        },
      ),
    );
  });

  it("is refused by its encoding, with advice to save it in another one", () => {
    const refused = {
      "is UTF-16 without a byte order mark, or not a text file; save it as UTF-8": Buffer.from("config:\n", "utf16le"),
      "is not UTF-8; save it as UTF-8": Buffer.from("é", "latin1"),
      "is invalid UTF-16; save it as UTF-8": Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
    };
    for (const [problem, bytes] of Object.entries(refused)) assert.deepEqual(decoded(bytes), { problem });
  });

  it("of a fleet is read in UTF-16, and named where it is in no encoding that is read", async () => {
    write("Pulumi.yaml", "name: customer-care\n");
    write("Pulumi.prod.yaml", littleEndian(fleetFile));
    assert.deepEqual(Object.keys((await readFleet(folder, "prod")).config.projects ?? {}), ["shop-dev"]);
    write("Pulumi.prod.yaml", Buffer.from(fleetFile, "utf16le"));
    await assert.rejects(
      readFleet(folder, "prod"),
      (error) =>
        error instanceof UsageError && /Pulumi\.prod\.yaml is UTF-16 without .*; save it as UTF-8$/.test(error.message),
    );
  });

  it("with the output of a preview is read in UTF-16, which Windows PowerShell writes", async () => {
    write("preview.json", littleEndian('{"steps":[]}'));
    const [source] = await readSources([join(folder, "preview.json")]);
    assert.equal(source?.text, '{"steps":[]}');
  });
});

describe("a secret in a config", () => {
  const secret = { secure: "v1:abc" };
  const namespace = "customer-care";
  const pathsOf = (key: string) => secretPaths(folder, "org/customer-care/dev", namespace, key);

  beforeEach(() => {
    write("Pulumi.yaml", "name: customer-care\nstackConfigDir: stacks\n");
    mkdirSync(join(folder, "stacks"));
  });

  it("is named by its path, with all others", () => {
    const projects = { "shop-dev": { editors: ["user:ada@example.com", secret], contacts: { security: secret } } };
    write(
      "stacks/Pulumi.dev.yaml",
      littleEndian(stringify({ config: { "customer-care:projects": projects, plan: secret } })),
    );
    assert.deepEqual(pathsOf("projects"), [
      ["projects", "shop-dev", "editors", 1],
      ["projects", "shop-dev", "contacts", "security"],
    ]);
    assert.deepEqual(pathsOf("plan"), [["plan"]]);
    const values = [
      ["customer-care:plan", { text: "enhanced", isSecret: false }],
      [
        "customer-care:projects",
        { text: JSON.stringify({ "shop-dev": { editors: ["user:hidden@example.com"] } }), isSecret: true },
      ],
    ] as const;
    const { problems } = checkStackValues(namespace, values, pathsOf);
    assert.deepEqual(
      problems.map(({ path }) => path.join(".")),
      ["projects.shop-dev.editors.1", "projects.shop-dev.contacts.security"],
    );
    for (const { message } of problems) {
      assert.match(message, /^is a secret, .*; write it as plain text/);
      assert.doesNotMatch(message, /hidden/);
    }
  });

  it("is named by its key where the file gives no path", () => {
    assert.deepEqual(pathsOf("projects"), [["projects"]]);
    write("stacks/Pulumi.dev.yaml", "- : [");
    assert.deepEqual(pathsOf("projects"), [["projects"]]);
    write("stacks/Pulumi.dev.yaml", "config: {customer-care:projects: {}}");
    assert.deepEqual(pathsOf("projects"), [["projects"]]);
  });
});

describe("a key without a value", () => {
  it("is reported if Pulumi.yaml declares it as a map or a list, because the engine rejects it", () => {
    const types = "{plan: {type: string}, folders: {type: object}, valueAddedServices: {type: array}}";
    write("Pulumi.yaml", `name: customer-care\nconfig: ${types}\n`);
    const keys = ["customer-care:plan:", "folders:", "customer-care:valueAddedServices: ''", "customer-care:fleet:"];
    write("Pulumi.dev.yaml", ["config:", ...keys, "gcp:project:"].join("\n  "));
    const problems = emptyValueProblems(folder, "dev", "customer-care");
    assert.deepEqual(
      problems.map(({ path, message }) => `${path.join(".")} ${message}`),
      [
        "folders has no value; write {}, or remove the key",
        "valueAddedServices has no value; write [], or remove the key",
      ],
    );
    write("Pulumi.dev.yaml", "config: {customer-care:folders: {}}");
    assert.deepEqual(emptyValueProblems(folder, "dev", "customer-care"), []);
    write("Pulumi.yaml", "name: customer-care\nconfig: stacks\n");
    assert.deepEqual(emptyValueProblems(folder, "dev", "customer-care"), []);
  });
});

describe("the size of a config", () => {
  it("is that of what the engine writes: each key with its text, quoted as Go quotes", () => {
    const written = String.raw`{"customer-care:config:projects":"{\"a\":\"\u003c\u0026\u003e\"}"}`;
    assert.equal(configSize([["customer-care:projects", String.raw`{"a":"<&>"}`]]), Buffer.byteLength(written));
  });

  it("is no problem up to the limit, and one beyond it, on Linux", () => {
    const ofSize = (size: number): [string, string][] => {
      const rest = configSize([
        ["customer-care:plan", "basic"],
        ["customer-care:projects", ""],
      ]);
      return [
        ["customer-care:plan", "basic"],
        ["customer-care:projects", "x".repeat(size - rest)],
      ];
    };
    assert.equal(configSizeProblem("customer-care", ofSize(largestConfig), "linux"), undefined);
    assert.equal(configSizeProblem("customer-care", ofSize(largestConfig + 1), "darwin"), undefined);
    assert.deepEqual(configSizeProblem("customer-care", ofSize(largestConfig + 1), "linux"), {
      path: ["projects"],
      message:
        "makes the config 131058 bytes long, and on Linux Pulumi can pass at most 131057 bytes to a program; move a part of it to another stack, or divide the projects among stacks with care fleet (docs/how-to/fleet.md)",
      section: "size",
    });
  });

  it("is refused for a fleet with the number of shards that is enough, before a file is written", async () => {
    write("Pulumi.yaml", "name: customer-care\nconfig:\n  organization: {type: object, default: {}}\n");
    const entries = Array.from({ length: 1000 }, (_, index) => [
      `shop-dev-${String(index)}`,
      { editors: Array.from({ length: 8 }, (_, member) => `group:support-team-${String(member)}@example.com`) },
    ]);
    const config = {
      "customer-care:plan": "enhanced",
      "customer-care:projects": Object.fromEntries(entries) as object,
    };
    const withShards = (shards: number) => stringify({ config: { ...config, "customer-care:fleet": { shards } } });
    write("Pulumi.prod.yaml", withShards(2));
    const refusal = await stackFilesOf(await readFleet(folder, "prod")).catch((error: unknown) => error);
    assert.ok(refusal instanceof UsageError);
    const [, enough = ""] =
      /^customer-care:fleet\.shards: 2 gives prod-0[01] so many projects that it makes the config \d+ bytes long, .*; write (\d+), and see "Change the number of shards" in docs\/how-to\/fleet\.md$/.exec(
        withoutSection(refusal.message, "size"),
      ) ?? assert.fail(refusal.message);
    write("Pulumi.prod.yaml", withShards(Number(enough)));
    await (await stackFilesOf(await readFleet(folder, "prod"))).write();
    write("Pulumi.prod.yaml", withShards(Number(enough) - 1));
    rmSync(join(folder, "Pulumi.prod-00.yaml"));
    for (let shard = 1; shard < Number(enough); shard++) rmSync(join(folder, `Pulumi.prod-0${String(shard)}.yaml`));
    await assert.rejects(readFleet(folder, "prod").then(stackFilesOf), UsageError);
  });
});
