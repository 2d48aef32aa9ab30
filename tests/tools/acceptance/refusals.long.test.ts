/** The acceptance does not start by accident, and its errors name what to write. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "vitest";
import { root } from "../../../tools/setup/bootstrap/places.mjs";

/** Without Google's endpoints: if it started, it would only find closed ports. */
function started(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { PATH = "" } = process.env;
  const names = ["RESOURCE_MANAGER", "RESOURCE_MANAGER_V3", "SERVICE_USAGE", "ESSENTIAL_CONTACTS", "CLOUD_BILLING"];
  const endpoints = [...names, "CLOUD_SUPPORT"].map((name) => [
    `GOOGLE_${name}_CUSTOM_ENDPOINT`,
    "http://127.0.0.1:9/v1/",
  ]);
  const env = { PATH, ...(Object.fromEntries(endpoints) as Record<string, string>), ...environment };
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, "tools/acceptance/main.ts"), ...args],
      { env },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

const project = { CUSTOMER_CARE_ACCEPTANCE_PROJECT: "care-sandbox" };

describe("npm run acceptance does not start", () => {
  for (const [title, args, environment, message] of [
    [
      "without a project",
      ["--yes"],
      {},
      /^CUSTOMER_CARE_ACCEPTANCE_PROJECT is not set; write the ID of a sandbox project/,
    ],
    ["without a yes, outside of a terminal", [], project, /^Not a terminal; add --yes to start without a prompt\.$/],
    [
      "with a project that is none",
      ["--yes"],
      { CUSTOMER_CARE_ACCEPTANCE_PROJECT: "projects/1" },
      /PROJECT is "projects\/1"; write the ID of a sandbox project, such as care-sandbox\.$/,
    ],
    [
      "with an organization by its domain",
      ["--yes"],
      { ...project, CUSTOMER_CARE_ACCEPTANCE_ORGANIZATION: "example.com" },
      /ORGANIZATION is "example\.com"; write the number of an organization/,
    ],
    [
      "with a member without its kind",
      ["--yes"],
      { ...project, CUSTOMER_CARE_ACCEPTANCE_MEMBER: "ada@example.com" },
      /MEMBER is "ada@example\.com"; write a group or a user/,
    ],
    ["with an option that does not exist", ["--force"], project, /^Unknown option '--force'/],
  ] as const)
    it(title, async () => {
      const { code, stdout, stderr } = await started(args, environment);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr.trim(), message);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });
});

it("its help names the variables", async () => {
  const { code, stdout } = await started(["--help"], {});
  assert.equal(code, 0);
  for (const name of ["PROJECT", "MEMBER", "FOLDER", "ORGANIZATION"])
    assert.match(stdout, new RegExp(`^CUSTOMER_CARE_ACCEPTANCE_${name} `, "m"));
});
