/** The editors' schema accepts what the program accepts, and refuses most of what it refuses. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { pathOf } from "../support/documents.ts";
import { configProblems, editorProblems, readStackFile } from "../support/stackFile.ts";

/** Without those of the root, into which an adopter writes: stackFiles.test.ts asks of them that the program takes them. */
const stackFiles = globSync("{*,tools/**,examples/**,tests/support/environments}/Pulumi.*.yaml", { cwd: root });

describe("a stack's file of this repository", () => {
  it("is there, for each environment and the quickstart", () => assert.ok(stackFiles.length > 4));
  for (const path of stackFiles) {
    const text = readFileSync(pathOf(path), "utf8");
    it(`${path} is accepted`, () => assert.deepEqual(editorProblems(readStackFile(text)), []));
    it(`${path} names the schema, from its own folder`, () => {
      const [, schema = ""] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text) ?? [];
      // A copy of a file of the root names it from there.
      const from = path.startsWith(join("tests", "support", "environments")) ? root : dirname(pathOf(path));
      assert.equal(resolve(from, schema), pathOf("onboarding/stack.schema.json"));
    });
  }
});

/** A whole file of a few lines of config. */
const fileOf = (lines: string, plan = "plan: enhanced") =>
  readStackFile(
    ["config:", plan, ...lines.split("\n")]
      .filter((line) => line !== "")
      .map((line, index) => (index === 0 ? line : `  ${/^\S/.test(line) ? "customer-care:" : ""}${line}`))
      .join("\n"),
  );

describe("the editors' schema accepts", () => {
  const good: Record<string, string> = {
    "a plan alone": "",
    "the organization by domain": "organization: { domain: Example.com }",
    "the organization by number": 'organization: { id: "123456789012" }',
    "a folder by number": 'folders: { "456789012345": {} }',
    "a folder by name": 'folders: { shop: { folderId: "456789012345" } }',
    "a project by ID": "projects: { shop-dev: {} }",
    "a project by name": "projects: { Shop.Dev_1: { projectId: shop-dev } }",
    "a project of a domain": 'projects: { "example.com:shop-dev": {} }',
    "no services": "projects: { shop-dev: { services: [] } }",
    "contacts both ways":
      "projects: { shop-dev: { contacts: { legal: [a@example.com], b@example.com: { categories: [all], language: zh-Hant-TW } } } }",
    "members of each kind": `projects:
  shop-dev:
    editors:
      - user:o'neil+x@example.com
      - serviceAccount:shop-dev.svc.id.goog[support/bot]
      - principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada
      - principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*`,
    "a test case in French": "projects: { shop-dev: {} }\ntestCase: { project: shop-dev, language: fr }",
    "a test case for the organization": "organization: { domain: example.com }\ntestCase: { organization: true }",
  };
  for (const [name, lines] of Object.entries(good))
    it(name, () => {
      const file = fileOf(lines);
      assert.deepEqual(configProblems(file), []);
      assert.deepEqual(editorProblems(file), []);
    });

  it("a file without the plan, which Pulumi.yaml may have for all stacks", () => {
    const file = fileOf("", "projects: {}");
    assert.deepEqual(editorProblems(file), []);
    assert.notDeepEqual(configProblems(file), []);
  });

  it("keys of other namespaces", () => {
    const config = { "gcp:project": "shop-dev", "gcp:accessToken": { secure: "AAAB" }, "customer-care:plan": "basic" };
    assert.deepEqual(editorProblems({ encryptionsalt: "v1:x", config }), []);
  });
});

describe("the editors' schema refuses", () => {
  const bad: Record<string, string> = {
    "an unknown key": "project: {}",
    "an unknown key further down": "projects: { shop-dev: { editor: [] } }",
    "an unknown value-added service": "valueAddedServices: [tam]",
    "a value-added service that the plan cannot have": "valueAddedServices: [mission-critical-services]",
    "an organization without a name": "organization: {}",
    "an organization with two names": 'organization: { domain: example.com, id: "123456789012" }',
    "a number that is not quoted": "organization: { id: 123456789012 }",
    "a resource name in place of a number": "organization: { id: organizations/123456789012 }",
    "a domain that is none": "organization: { domain: example }",
    "a folder that is not a number": "folders: { shop: {} }",
    "a folder's number that is none": 'folders: { shop: { folderId: "x" } }',
    "administrators below the organization": 'projects: { shop-dev: { administrators: ["user:ada@example.com"] } }',
    "a project number": 'projects: { "100000000001": {} }',
    "a project ID in capitals": "projects: { Shop: {} }",
    "a project without a map": "projects: { shop-dev: }",
    "an unknown service": "projects: { shop-dev: { services: [compute.googleapis.com] } }",
    "a member without its kind": "projects: { shop-dev: { editors: [ada@example.com] } }",
    "a member with a bad address": 'projects: { shop-dev: { editors: ["user:ada"] } }',
    everyone: "projects: { shop-dev: { editors: [allUsers] } }",
    "everyone of a domain": 'projects: { shop-dev: { editors: ["domain:example.com"] } }',
    "a deleted member": 'projects: { shop-dev: { editors: ["deleted:user:ada@example.com?uid=1"] } }',
    "a member that is listed twice": 'projects: { shop-dev: { editors: ["user:a@b.co", "user:a@b.co"] } }',
    "an unknown category": "projects: { shop-dev: { contacts: { secrity: [a@example.com] } } }",
    "an unknown category of an address": "projects: { shop-dev: { contacts: { a@example.com: { categories: [x] } } } }",
    "an address without categories": "projects: { shop-dev: { contacts: { a@example.com: { categories: [] } } } }",
    "an address that is none": "projects: { shop-dev: { contacts: { legal: [example.com] } } }",
    "a language that is none":
      "projects: { shop-dev: { contacts: { a@b.co: { categories: [all], language: fr_FR } } } }",
    "a test case for nothing": "testCase: { priority: P4 }",
    "a test case for two":
      "organization: { domain: example.com }\nprojects: { shop-dev: {} }\ntestCase: { project: shop-dev, organization: true }",
    "an unknown priority": "projects: { shop-dev: {} }\ntestCase: { project: shop-dev, priority: P0 }",
    "an unknown case language": "projects: { shop-dev: {} }\ntestCase: { project: shop-dev, language: de }",
    "live chat in French": "projects: { shop-dev: {} }\ntestCase: { project: shop-dev, channel: chat, language: fr }",
    "a text for true": 'projects: { shop-dev: {} }\ntestCase: { project: shop-dev, keepOpen: "true" }',
    "a blank text": 'projects: { shop-dev: {} }\ntestCase: { project: shop-dev, displayName: " " }',
  };
  for (const [name, lines] of Object.entries(bad))
    it(name, () => {
      const file = fileOf(lines);
      assert.notDeepEqual(configProblems(file), []);
      assert.notDeepEqual(editorProblems(file), []);
    });

  const badPlans: Record<string, [plan: string, lines: string]> = {
    "an unknown plan": ["plan: advanced", ""],
    "a value-added service with plan basic": ["plan: basic", "valueAddedServices: [media-cdn]"],
    "a test case with plan basic": ["plan: basic", "projects: { shop-dev: {} }\ntestCase: { project: shop-dev }"],
    "a priority that the plan cannot have": [
      "plan: standard",
      "projects: { shop-dev: {} }\ntestCase: { project: shop-dev, priority: P1 }",
    ],
  };
  for (const [name, [plan, lines]] of Object.entries(badPlans))
    it(name, () => {
      const file = fileOf(lines, plan);
      assert.notDeepEqual(configProblems(file), []);
      assert.notDeepEqual(editorProblems(file), []);
    });
});
