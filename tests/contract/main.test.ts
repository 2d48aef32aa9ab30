/** `npm run cloud`: the local cloud as a program of its own. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { describe, it } from "vitest";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../tools/localCloud/main.ts", import.meta.url));
const seed = fileURLToPath(new URL("../../tools/localCloud/seed.yaml", import.meta.url));

interface Description {
  readonly address: string;
  readonly environment: Record<string, string>;
  readonly endpoints: Record<string, string>;
  readonly gcpConfig: Record<string, string>;
}

type Program = ChildProcessByStdio<null, Readable, null>;

/** Runs the program until it has printed what the pattern looks for. */
async function run(args: readonly string[], printed: RegExp): Promise<{ child: Program; output: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  for await (const chunk of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    if (printed.test(output)) return { child, output };
  }
  return assert.fail(`The program ended with: ${output}`);
}

async function end(child: Program): Promise<number | null> {
  child.kill("SIGINT");
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

describe("npm run cloud", () => {
  it("with --json prints where it is and how to point a program at it, and ends with Ctrl-C", async () => {
    const { child, output } = await run(["--json", "--seed", seed], /^\}$/m);
    const { address, endpoints, environment, gcpConfig } = JSON.parse(output) as Description;
    const reply = await fetch(`${environment["GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT"]}projects/shop-dev`, {
      headers: { authorization: `Bearer ${environment["GOOGLE_OAUTH_ACCESS_TOKEN"]}` },
    });
    assert.equal(((await reply.json()) as { projectNumber: string }).projectNumber, "100000000001");
    assert.equal(endpoints["essentialcontacts.googleapis.com"], address);
    assert.equal(gcpConfig["resourceManagerCustomEndpoint"], `${address}/cloudresourcemanager/v1/`);
    assert.equal(await end(child), 0);
    await assert.rejects(fetch(address));
  });

  it("prints shell commands, on the port that it is given", async () => {
    const port = await freePort();
    const { child, output } = await run(["--port", String(port)], /Ctrl-C/);
    const address = `http://127.0.0.1:${port}`;
    assert.match(output, new RegExp(`^The local Google Cloud listens on ${address}$`, "m"));
    assert.match(output, /^export GOOGLE_OAUTH_ACCESS_TOKEN=local-operator-token$/m);
    assert.ok(
      output.includes(
        `\npulumi config set --stack "\${STACK:-local}" gcp:serviceUsageCustomEndpoint ${address}/serviceusage/v1/\n`,
      ),
    );
    assert.equal((await fetch(`${address}/_local/state`)).status, 200);
    assert.equal(await end(child), 0);
  });

  it("reports that a port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { status, stderr } = await refused(["--port", String(port)]);
    server.close();
    assert.equal(status, 1);
    assert.match(
      stderr,
      new RegExp(`^The local cloud cannot listen there \\(.*127\\.0\\.0\\.1:${port}\\); leave --port out`),
    );
  });

  it("refuses any address but the loopback", async () => {
    assert.deepEqual(await refused(["--host", "0.0.0.0"]), {
      status: 1,
      stderr: "The local cloud only listens on a loopback address such as 127.0.0.1 or ::1, not on 0.0.0.0.\n",
    });
  });

  for (const [args, stderr] of [
    [["--bogus"], "Unknown option '--bogus'; the options are --port, --host, --seed, --pulumi, --json and --help.\n"],
    [["--port", "http"], '--port takes a number from 0 to 65535, not "http"; 0 means a free port.\n'],
    [["--port", "65536"], '--port takes a number from 0 to 65535, not "65536"; 0 means a free port.\n'],
    [["--seed", "missing.yaml"], "The seed file missing.yaml cannot be read; name a YAML file.\n"],
  ] as const)
    it(`refuses ${args.join(" ")} in one sentence`, async () => {
      assert.deepEqual(await refused(args), { status: 1, stderr });
    });

  it("prints its options", () => {
    const { status, stdout } = spawnSync(process.execPath, [program, "--help"], { encoding: "utf8" });
    assert.equal(status, 0);
    for (const option of ["--port", "--host", "--seed", "--pulumi", "--json"])
      assert.ok(stdout.includes(`  ${option} `));
  });
});

/** Runs the program to its end, which it must come to by itself. */
async function refused(args: readonly string[]): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "ignore", "pipe"], timeout: 300_000 });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const [status] = (await once(child, "close")) as [number | null];
  return { status, stderr };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
