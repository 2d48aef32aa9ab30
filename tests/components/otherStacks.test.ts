/** When the states of the program's other stacks are read, which takes a fleet a quarter of a second for each. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it, onTestFinished } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { formerState } from "../../components/formerState.ts";
import { stackCaller, stackSettings } from "../../components/googleSettings.ts";
import { RunContext } from "../../components/run.ts";
import { readRefused } from "../../components/updateRefusals.ts";
import { wantedAt } from "../../components/wanted.ts";
import { projectDirectory, stacksToSearch, stacksWithFiles } from "../../onboarding/index.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";

/** Of the SDK, whose types do not include it. */
const { getStore } = createRequire(import.meta.url)("@pulumi/pulumi/runtime/state.js") as {
  readonly getStore: () => { readonly settings: { readonly options: { rootDirectory: string } } };
};

const grant = { roleName: "editors", role: "roles/x", name: "ada", member: "user:ada@example.com" } as const;

/** A program's folder with the stacks of a fleet, and two others. */
async function fleetFolder(shards: number): Promise<{ readonly folder: string; readonly stacks: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "fleet-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const names = Array.from({ length: shards }, (_, index) => `prod-${String(index).padStart(2, "0")}`);
  const stacks = [...names, "dev", "org", "prod"];
  await writeFile(join(folder, "Pulumi.yaml"), "name: customer-care\nruntime: nodejs\n");
  for (const [index, stack] of stacks.entries()) {
    const shard = `config:\n  customer-care:shard:\n    number: ${String(index)}\n    of: ${String(shards)}\n`;
    await writeFile(join(folder, `Pulumi.${stack}.yaml`), index < shards ? shard : "config: {}\n");
  }
  return { folder, stacks };
}

for (const shards of [10, 100])
  it(`the previews of a fleet of ${String(shards)} stacks, each with a new grant, read a number of states that is linear`, async () => {
    const { folder, stacks } = await fleetFolder(shards);
    const reads = stacks.map((stack) => {
      const shard = stack.startsWith("prod-") ? "{}" : undefined;
      return stacksToSearch(folder, { stack, project: "customer-care", shard, isOfProject: stack !== "org" }).length;
    });
    const [ofShards, [dev, org]] = [reads.slice(0, shards), reads.slice(shards)];
    assert.deepEqual(new Set(ofShards), new Set([3]), "dev, org and prod");
    assert.deepEqual([dev, org], [shards + 2, 2]);
  });

it("the other stacks are those of the nearest Pulumi.yaml where the language host passes no folder", async () => {
  const { folder, stacks } = await fleetFolder(2);
  const program = join(folder, "program", "source");
  await mkdir(program, { recursive: true });
  const ask = { stack: "dev", project: "customer-care", shard: undefined, isOfProject: true };
  for (const from of [folder, program])
    assert.deepEqual(
      stacksToSearch(projectDirectory("", from), ask).sort(),
      stacks.filter((name) => name !== "dev").sort(),
    );
  assert.equal(projectDirectory("/given", program), "/given");
});

it("the states of other stacks are read for a new grant in a preview, which warns, and not in an update", async () => {
  const server = createServer((_, response) => {
    response.writeHead(404, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { code: 404, status: "NOT_FOUND", message: "Not found." } }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${String(port)}/`;
  const { options } = getStore().settings;
  const before = { config: pulumi.runtime.allConfig() as Record<string, string>, folder: options.rootDirectory };
  onTestFinished(() => {
    pulumi.runtime.setAllConfig(before.config);
    options.rootDirectory = before.folder;
  });
  pulumi.runtime.setAllConfig({
    "gcp:accessToken": "planted-operator-token",
    "gcp:resourceManagerV3CustomEndpoint": endpoint,
    "gcp:orgPolicyCustomEndpoint": endpoint,
    "gcp:oauth2CustomEndpoint": endpoint,
  });
  options.rootDirectory = root;
  const others = stacksWithFiles(root);
  assert.ok(others.length > 1, others.join());
  for (const isPreview of [true, false]) {
    const read: string[] = [];
    const mocks: pulumi.runtime.Mocks = {
      newResource: () => ({ id: "x", state: {} }),
      call: ({ inputs }) => {
        read.push(String((inputs as { stackName?: unknown }).stackName));
        return { outputs: {} };
      },
    };
    await pulumi.runtime.setMocks(mocks, "customer-care", "test", isPreview, "organization");
    const run = new RunContext();
    const state = await formerState(run);
    const wanted = wantedAt("project", "projects/shop-dev", { grants: [grant] });
    const places = [{ wanted, path: [] }];
    const caller = { key: stackCaller, settings: stackSettings() };
    const isEnabledByRun = (_service: string, projectId: string) => Promise.resolve({ projectId, isEnabled: false });
    await readRefused(run, "care", places, places, state, caller, state, Promise.resolve(undefined), isEnabledByRun);
    const expected = isPreview ? others.map((stack) => `organization/customer-care/${stack}`) : [];
    assert.deepEqual(read.sort(), expected.sort());
  }
});
