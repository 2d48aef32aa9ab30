/**
 * What Pulumi does for any resource, done for the components of the installed package: with the lowest versions that it
 * takes of its peers and in a program as `pulumi new` writes it, then with the highest and in an ES module.
 */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { pack, peerDependencies } from "../../tools/pack/index.ts";
import type { Tarball } from "../../tools/pack/index.ts";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { pluginsOf } from "../../tools/stack/index.ts";
import { recordingsIn } from "../support/compressed.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { installed } from "./installed.ts";
import type { Installed } from "./installed.ts";

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
}

/** States that older releases wrote, recorded by recordState.ts. */
const states = new URL("states/", import.meta.url);

const lowest = (name: keyof typeof peerDependencies) => peerDependencies[name].replace("^", "");

/** As `pulumi new typescript` writes it: compiled by Pulumi itself, to CommonJS. */
async function asPulumiNewWritesIt(folder: string): Promise<void> {
  const engine = await engineFromEnvironment();
  const project = {
    name: "options",
    runtime: { name: "nodejs", options: { typescript: true } },
    // An older package requires an older plugin; only this one is installed here.
    ...pluginsOf(engine),
  };
  const compilerOptions = { strict: true, target: "es2020", module: "commonjs", moduleResolution: "node" };
  await writeFile(join(folder, "Pulumi.yaml"), stringify(project));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
}

describe("Pulumi's resource options", () => {
  let tarball: Tarball;
  /** The state after an update with the lowest versions. */
  let ofLowest: Deployment;
  beforeAll(async () => {
    tarball = await pack(join(home, "tests", "options"));
  });

  describe("with the lowest versions of the peers", () => {
    let program: Installed;
    let run: LocalRun;
    beforeAll(async () => {
      program = await installed("options", tarball, {
        type: "commonjs",
        dependencies: {
          "@pulumi/gcp": lowest("@pulumi/gcp"),
          "@pulumi/pulumi": lowest("@pulumi/pulumi"),
          typescript: "5.9.3",
          "@types/node": "24.19.4",
        },
      });
      await asPulumiNewWritesIt(program.folder);
      run = await localRun({ name: "options-lowest", project: program.folder, config: {} });
    });
    afterAll(async () => {
      await run.close();
      await program.close();
    });

    const succeeded = ({ failed, messages }: Outcome) => assert.equal(failed, false, messages.join("\n"));
    const resources = async () => {
      const { deployment } = (await run.stack.exportStack()) as { deployment: { resources?: StateResource[] } };
      return deployment.resources ?? [];
    };
    const below = (state: readonly StateResource[], name: string) =>
      state.filter(({ urn, custom }) => custom === true && urn.includes(`::${name}/`));
    const writes = (project: RegExp) =>
      run.cloud.requests.flatMap(({ method, path, rpc }, index) =>
        method !== "GET" && /^(BatchEnable|Enable|Create|Set)/.test(rpc) && project.test(path) ? [index] : [],
      );
    /** The resources of the first instance. */
    const carefuls = () => {
      const { projects, contacts, cases } = run.cloud.state;
      const grants = projects.get("shop-dev")?.policy.bindings.flatMap(({ members }) => members) ?? [];
      const ofProject = [...cases.values()].filter(({ name, testCase }) => testCase && name.includes("shop-dev"));
      return {
        isGranted: grants.includes("user:ada@example.com"),
        isContact: [...contacts.values()].some(({ email }) => email === "shop-oncall@example.com"),
        cases: ofProject.map(({ state }) => state),
      };
    };
    const all = { isGranted: true, isContact: true, cases: ["NEW"] };

    it("leave two instances side by side", async () => {
      succeeded(await run.up());
      assert.deepEqual(carefuls(), all);
      assert.deepEqual((await run.preview()).steps, []);
      ofLowest = await run.stack.exportStack();
    });

    it("providers: all of Google's resources of the instance have the explicit one, those of the other the default", async () => {
      for (const [name, provider] of [
        ["careful", /::google::/],
        ["plain", /::default_/],
      ] as const)
        for (const { type, provider: its = "" } of below(await resources(), name))
          if (type.startsWith("gcp:")) assert.match(its, provider);
    });

    it("providers: the case goes by the gcp config alone", () => {
      const consumers = (rpc: string) =>
        run.cloud.requests.filter((request) => request.rpc === rpc).map(({ consumer }) => consumer);
      assert.deepEqual(consumers("CreateContact"), ["shop-dev", "ops-admin"]);
      assert.deepEqual(consumers("CreateCase"), ["ops-admin", "ops-admin"]);
    });

    it("transforms: each resource passes through them", () => {
      const languages = [...run.cloud.state.contacts.values()].map(({ email, languageTag }) => [email, languageTag]);
      assert.deepEqual(
        languages.filter(([email = ""]) => email.includes("oncall")),
        [
          ["shop-oncall@example.com", "fr"],
          ["pay-oncall@example.com", "en"],
        ],
      );
    });

    it("dependsOn: one instance begins when all of the other is there, and what comes after waits for all of it", async () => {
      const [lastOfCareful, firstOfPlain] = [writes(/shop-dev|100000000001/).at(-1), writes(/pay-dev|100000000002/)[0]];
      assert.ok(lastOfCareful !== undefined && firstOfPlain !== undefined && lastOfCareful < firstOfPlain);
      const state = await resources();
      const waits = state.find(({ urn }) => urn.endsWith("Stash::after"))?.dependencies ?? [];
      for (const { urn } of below(state, "plain")) assert.ok(waits.includes(urn), urn);
    });

    it("ignoreChanges: a case keeps its title", async () => {
      await run.setConfig({ "options:displayName": "Another title" });
      assert.deepEqual((await run.preview()).steps, []);
    });

    it("aliases: a component with another name, and all below it, is the one that was", async () => {
      await run.setConfig({ "options:name": "renamed", "options:formerName": "careful" });
      assert.deepEqual((await run.preview()).steps, []);
    });

    it("protect: nothing below the component can be deleted", async () => {
      await run.setConfig({ "options:protect": "true" });
      succeeded(await run.up());
      const { failed, messages } = await run.destroy();
      assert.equal(failed, true);
      assert.match(messages.join("\n"), /protect/);
      assert.deepEqual(carefuls(), all);
    });

    it("retainOnDelete: the destroy forgets the instance, and leaves all of it as it is", async () => {
      await run.setConfig({ "options:retainOnDelete": "true" });
      succeeded(await run.up());
      succeeded(await run.destroy());
      assert.deepEqual(carefuls(), all);
      assert.deepEqual(await resources(), []);
    });
  });

  describe("with the highest versions of the peers", () => {
    let program: Installed;
    let run: LocalRun;
    beforeAll(async () => {
      program = await installed("options", tarball);
      run = await localRun({ name: "options-highest", project: program.folder, config: {} });
    });
    afterAll(async () => {
      await run.close();
      await program.close();
    });

    it("are deployed, previewed without a change, and taken down", async () => {
      for (const operation of ["up", "preview", "destroy"] as const) {
        const { failed, messages, steps } = await run[operation]();
        assert.equal(failed, false, messages.join("\n"));
        assert.equal(steps.length > 0, operation !== "preview");
      }
    });

    it("an update of the peers from the lowest to the highest versions creates, changes and replaces nothing", async () => {
      await run.stack.importStack(ofLowest);
      const { failed, messages, steps } = await run.preview();
      assert.equal(failed, false, messages.join("\n"));
      assert.deepEqual(steps, []);
    });

    it("an upgrade creates, changes and replaces nothing that an older release has created", async () => {
      const releases = recordingsIn(states);
      assert.ok(releases.length > 0);
      for (const { name: release, value } of releases) {
        await run.stack.importStack(value as Deployment);
        const { failed, messages, steps } = await run.preview();
        assert.equal(failed, false, messages.join("\n"));
        // A component is a name in the state: its children are there, under another one.
        const ofCloud = steps.filter((step) => !/^(create|delete) customer-care:index:/.test(step));
        assert.deepEqual(ofCloud, [], release);
      }
    });
  });
});
