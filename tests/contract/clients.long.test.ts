/**
 * The local cloud through clients that nobody here wrote, each with a whole life. They are installed from the registries into
 * .customer-care/clients/, in the versions below. A client that cannot be installed is skipped with the reason.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, it } from "vitest";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { organization, useLocalCloud } from "./localCloud.ts";
import { ownProjects } from "./monitoring.ts";

const local = useLocalCloud("");

const run = promisify(execFile);

const python = [
  "google-cloud-essential-contacts==1.15.0",
  "google-cloud-resource-manager==1.19.0",
  "google-cloud-service-usage==1.18.0",
  "google-cloud-support==0.5.4",
];

const node = {
  "@google-cloud/monitoring": "6.1.1",
  "@google-cloud/resource-manager": "6.3.0",
  "@google-cloud/service-usage": "4.2.2",
  "google-auth-library": "10.5.0",
};

const goModules = `module clients

go 1.26

require (
	cloud.google.com/go/essentialcontacts v1.14.1
	cloud.google.com/go/resourcemanager v1.18.1
	cloud.google.com/go/serviceusage v1.16.1
	google.golang.org/api v0.312.0
)
`;

const lives = join(import.meta.dirname, "clients");

/** Installs a client once for each version of it. Returns the reason if it cannot be installed. */
async function install(name: string, versions: unknown, steps: (folder: string) => Promise<unknown>) {
  const folder = join(home, "clients", name);
  const marker = join(folder, "installed.json");
  const wanted = JSON.stringify(versions);
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return { folder };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await steps(folder);
  } catch (error) {
    const { message } = error as Error;
    return { folder, reason: `${name} cannot be installed: ${message.split("\n").slice(0, 3).join(" ")}` };
  }
  writeFileSync(marker, wanted);
  return { folder };
}

/** Runs a life, which ends with the line `done`. */
async function live(command: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, ...local.cloud.environment, LOCAL_CLOUD: local.cloud.address };
  ownProjects(local, "shop-dev");
  const { stdout } = await run(command, args, { env });
  assert.equal(stdout.trim().split("\n").at(-1), "done");
}

/** What a life leaves behind. */
function checkCase(): void {
  const opened = local.cloud.state.cases.get("43595345");
  assert.deepEqual([opened?.state, opened?.priority, opened?.comments.length], ["CLOSED", "P3", 1]);
  const policy = local.cloud.state.organizations.get(organization)?.policy;
  const conditions = policy?.bindings.flatMap(({ condition }) => condition?.title ?? []).sort();
  assert.deepEqual(conditions, ["for now", "until the end of 2029"]);
}

describe("a whole life", () => {
  it("by Python over REST", async (t) => {
    const { folder, reason } = await install("python", python, async (target) => {
      await run("python3", ["-m", "venv", target]);
      await run(join(target, "bin/pip"), ["install", "--quiet", ...python]);
    });
    t.skip(reason !== undefined, reason);
    await live(join(folder, "bin/python"), [join(lives, "life.py")]);
    checkCase();
  });

  it("by Node over REST", async (t) => {
    const { folder, reason } = await install("node", node, async (target) => {
      writeFileSync(join(target, "package.json"), JSON.stringify({ private: true, dependencies: node }));
      await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: target });
    });
    t.skip(reason !== undefined, reason);
    copyFileSync(join(lives, "life.js"), join(folder, "life.mjs"));
    await live(process.execPath, [join(folder, "life.mjs")]);
    checkCase();
    assert.equal(local.cloud.state.cases.get("43595345")?.attachments[0]?.bytes.toString(), "a line\n");
  });

  it("by Go over REST", async (t) => {
    const source = readFileSync(join(lives, "life.go"), "utf8");
    const { folder, reason } = await install("go", [goModules, source], async (target) => {
      writeFileSync(join(target, "go.mod"), goModules);
      writeFileSync(join(target, "main.go"), source);
      await run("go", ["mod", "tidy"], { cwd: target });
    });
    t.skip(reason !== undefined, reason);
    // A program that Go rejects is a failure, not a missing client.
    await run("go", ["build", "-o", "life", "."], { cwd: folder });
    await live(join(folder, "life"), []);
    checkCase();
    assert.equal(local.cloud.state.cases.get("43595345")?.attachments[0]?.bytes.toString(), "a line\n");
  });

  // gcloud has no setting for the address of Essential Contacts, and no commands for cases.
  it("by gcloud: services, folders, grants, billing and organization policies", async (t) => {
    const missing = await run("gcloud", ["version"]).then(
      () => undefined,
      () => "gcloud is not installed",
    );
    t.skip(missing !== undefined, missing);
    const folder = join(home, "clients", "gcloud");
    mkdirSync(folder, { recursive: true });
    const token = join(folder, "token");
    writeFileSync(token, local.cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? "");
    const apis = ["CLOUDRESOURCEMANAGER", "SERVICEUSAGE", "CLOUDBILLING", "ORGPOLICY", "RECOMMENDER"];
    const env = {
      ...process.env,
      CLOUDSDK_CONFIG: folder,
      CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: token,
      CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
      CLOUDSDK_CORE_PROJECT: "shop-dev",
      ...Object.fromEntries(
        apis.map((name) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${name}`, `${local.cloud.address}/`] as const),
      ),
    };
    const gcloud = async (command: string, ...more: string[]) =>
      (await run("gcloud", [...command.split(" "), ...more], { env })).stdout.trim();

    await gcloud("services enable cloudsupport.googleapis.com essentialcontacts.googleapis.com");
    const enabled = await gcloud("services list --enabled --format=value(config.name)");
    assert.ok(enabled.split("\n").includes("cloudsupport.googleapis.com"));
    await assert.rejects(gcloud("services enable nonsense.googleapis.com"), /SERVICE_CONFIG_NOT_FOUND/);

    const parent = "--organization=123456789012";
    const created = await gcloud(
      `resource-manager folders create ${parent} --format=value(name)`,
      "--display-name=By gcloud",
    );
    const moved = await gcloud(`resource-manager folders list ${parent} --format=value(displayName)`);
    assert.deepEqual([created, moved], ["folders/500000000001", "By gcloud\nShop"]);

    const condition = 'expression=request.time < timestamp("2030-01-01T00:00:00Z"),title=for now';
    const role = "--role=roles/cloudsupport.techSupportViewer";
    // Each write has another etag, so that some have characters which differ between the alphabets of base64.
    for (const member of ["a", "b", "c"])
      await gcloud(
        `organizations add-iam-policy-binding 123456789012 ${role} --member=user:${member}@example.com`,
        `--condition=${condition}`,
      );
    const { bindings = [] } = local.cloud.state.organizations.get(organization)?.policy ?? {};
    assert.equal(bindings.find(({ condition: found }) => found?.title === "for now")?.members.length, 3);

    assert.equal(await gcloud("billing projects describe shop-dev --format=value(billingEnabled)"), "True");
    assert.match(await gcloud("billing accounts list --format=value(name)"), /012345-567890-ABCDEF/);
    const constraint = `org-policies describe iam.allowedPolicyMemberDomains --effective ${parent}`;
    assert.match(await gcloud(constraint), /allowAll: true/);
  });
});
