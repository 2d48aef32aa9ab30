/** The parts of `care doctor` that read nothing: policies, states, commands, lines, the document. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { isRejected } from "../../../components/internal.ts";
import { claimsOf } from "../../../care/stack/claims.ts";
import { findingLevels } from "../../../care/doctor/finding.ts";
import { findingIds } from "../../../onboarding/index.ts";
import type { Finding } from "../../../care/doctor/finding.ts";
import { jsonOf } from "../../../care/doctor/examine.ts";
import { grantCommand } from "../../../care/doctor/remedies.ts";
import { quoted } from "../../../care/shell.ts";
import { textOf as styledTextOf } from "../../../care/doctor/text.ts";
import type { PolicyRule } from "../../../google/index.ts";

describe("a list constraint", () => {
  const refuses = (...rules: PolicyRule[]) => isRejected({ spec: { rules } }, (value) => value === "a");
  it("refuses nothing where there is none, or all is allowed", () => {
    assert.equal(
      isRejected(undefined, () => false),
      false,
    );
    assert.equal(refuses(), false);
    assert.equal(refuses({ allowAll: true }), false);
  });
  it("refuses a value that is not allowed, and one that is denied", () => {
    assert.equal(refuses({ values: { allowedValues: ["b"] } }), true);
    assert.equal(refuses({ values: { allowedValues: ["b", "a"] } }), false);
    assert.equal(refuses({ values: { allowedValues: ["is:a"] } }), false);
    assert.equal(refuses({ values: { deniedValues: ["a"] } }), true);
    assert.equal(refuses({ values: { allowedValues: ["a"], deniedValues: ["a"] } }), true);
    assert.equal(refuses({ values: { deniedValues: ["b"] } }), false);
    assert.equal(refuses({ denyAll: true }), true);
  });
  it("decides nothing where a group of values is allowed", () => {
    assert.equal(refuses({ values: { allowedValues: ["b", "in:group"] } }), false);
  });
});

describe("the claims of a state", () => {
  const member = "user:Ada@example.com";
  const role = "roles/cloudsupport.techSupportEditor";
  const thing = "roles/cloudsupport.techSupportEditor user:ada@example.com";
  const resource = (type: string, outputs: object, more: object = {}) => ({
    urn: `urn:${type}`,
    type: `gcp:${type}`,
    outputs,
    ...more,
  });
  const claims = (...resources: object[]) => claimsOf({ resources });

  it("are grants and contacts at the three levels, in one spelling", () => {
    assert.deepEqual(
      claims(
        resource("organizations/iAMMember:IAMMember", { orgId: "1", role, member }),
        resource("folder/iAMMember:IAMMember", { folder: "folders/2", role, member }),
        resource("projects/iAMMember:IAMMember", { project: "shop-dev", role, member }),
        resource("essentialcontacts/contact:Contact", { parent: "projects/shop-dev", email: "A@example.com" }),
      ),
      [
        { urn: "urn:organizations/iAMMember:IAMMember", resource: "organizations/1", thing },
        { urn: "urn:folder/iAMMember:IAMMember", resource: "folders/2", thing },
        { urn: "urn:projects/iAMMember:IAMMember", resource: "projects/shop-dev", thing },
        { urn: "urn:essentialcontacts/contact:Contact", resource: "projects/shop-dev", thing: "a@example.com" },
      ],
    );
  });
  it("are not a grant under a condition, one that waits to be deleted, one that is not known, or anything else", () => {
    const project = "projects/iAMMember:IAMMember";
    assert.deepEqual(
      claims(
        resource(project, { project: "shop-dev", role, member, condition: { expression: "true" } }),
        resource(project, { project: "shop-dev", role, member }, { delete: true }),
        resource(project, {}),
        resource("projects/service:Service", { project: "shop-dev", service: "a.googleapis.com" }),
        { type: "pulumi:pulumi:Stack" },
      ),
      [],
    );
  });
  it("are none in a stack that was never deployed", () => {
    assert.deepEqual(claimsOf(undefined), []);
    assert.deepEqual(claimsOf({ manifest: {} }), []);
  });
});

describe("a command", () => {
  it("takes any word as it is, whatever a shell would make of it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (word) => {
        fc.pre(!word.includes("\0"));
        assert.equal(execFileSync("sh", ["-c", `printf %s ${quoted(word)}`], { encoding: "utf8" }), word);
      }),
      { numRuns: 30 },
    );
  });
  it("names the level's own group of commands", () => {
    const principal = "principal://iam.googleapis.com/locations/global/workforcePools/pool/subject/o'hara";
    assert.equal(
      grantCommand("folders/2", principal, "roles/a.b"),
      `gcloud resource-manager folders add-iam-policy-binding 2 --member='principal://iam.googleapis.com/locations/global/workforcePools/pool/subject/o'\\''hara' --role=roles/a.b --condition=None`,
    );
    assert.match(
      grantCommand("organizations/1", undefined, "roles/a.b"),
      /^gcloud organizations .* --member=PRINCIPAL /,
    );
  });
});

const finding = (what: string, level: Finding["level"] = "error"): Finding => ({
  id: "billing-disabled",
  level,
  where: "projects/shop-dev",
  what,
  remedy: "https://console.cloud.google.com/billing/linkedaccount?project=shop-dev",
});

const examination = (findings: readonly Finding[]) => ({
  stack: "dev",
  project: "customer-care",
  caller: { principal: undefined, quotaProject: undefined, usesOwnProjects: false },
  findings,
});

/** Without the colour of the level, which is there where this runs on a terminal. */
const textOf = (...args: Parameters<typeof styledTextOf>) => stripVTControlCharacters(styledTextOf(...args));

describe("the lines for people", () => {
  it("have nothing that a terminal would obey, whatever Google or the config contains; the JSON has all of it", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("\n", "\r", "\t", "\b", "\u001b[31m", "\u009b", "\u202e", "a", " "),
    });
    const controls = /(?!\n)[\p{Cc}\p{Cf}]/u;
    const levels = /^(error|warning|note|stack|caller|quota|1 error\.| {9})/;
    fc.assert(
      fc.property(hostile, hostile, hostile, (what, where, remedy) => {
        const of = examination([{ ...finding(what), where, remedy }]);
        const named = { ...of, stack: what, caller: { ...of.caller, principal: where, quotaProject: remedy } };
        const text = styledTextOf(named).replace("\u001b[31merror\u001b[39m", "error");
        assert.doesNotMatch(text, controls);
        for (const line of text.split("\n").filter((one) => one.trim() !== "")) assert.match(line, levels);
        assert.equal(jsonOf(named).findings[0]?.what, what);
      }),
    );
    const shown = textOf(examination([finding("\u001b]0;title\u0007 of\ntwo lines")]));
    assert.ok(shown.includes("\n         \\u{1b}]0;title\\u{7} of\\ntwo lines\n"), shown);
  });
  it("contain all the words, in their order, in 80 columns unless one word is longer", () => {
    // What starts like a command of GitHub's runner is shown otherwise.
    const word = fc
      .string({ minLength: 1, unit: fc.constantFrom(..."abcxyz.,/:-") })
      .filter((text) => !text.startsWith("::"));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const text = textOf(examination([finding(words.join(" "))]));
        const lines = text.split("\n");
        const block = lines.slice(lines.findIndex((line) => line.startsWith("error")) + 1, -4);
        assert.deepEqual(
          block
            .map((line) => line.trim())
            .join(" ")
            .split(" "),
          words,
        );
        for (const line of block) assert.ok(line.length <= 80 || !line.trim().includes(" "), line);
      }),
    );
  });
  it("name the caller as unknown if Google rejects the credential", () => {
    const nameless = (findings: readonly Finding[]) => {
      const one = examination(findings);
      return textOf({ ...one, caller: { ...one.caller, principal: undefined } });
    };
    assert.match(nameless([{ ...finding("It is rejected."), id: "credentials" }]), /^caller {3}unknown$/m);
    assert.match(nameless([finding("It is off.")]), /^caller {3}not named by Google, such as a federated principal$/m);
  });
  it("introduce a command that is not a fix", () => {
    const text = textOf(
      examination([{ ...finding("It is off.", "note"), remedy: "gcloud x", purpose: "To check now" }]),
    );
    assert.match(text, /\n {9}It is off\.\n {9}To check now:\n {9}gcloud x\n/);
  });
  it("end with a sum", () => {
    const levels = ["error", "error", "warning", "note"] as const;
    const text = textOf(examination(levels.map((level) => finding("It is off.", level))));
    assert.match(text, /\n\n2 errors, 1 warning, 1 note\. See docs\/reference\/doctor\.md#what-it-reports\n$/);
  });
});

describe("docs/reference/doctor.md", () => {
  const document = readFileSync(new URL("../../../docs/reference/doctor.md", import.meta.url), "utf8");
  it("has each finding and each level", () => {
    const inTable = [...document.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, id]) => id);
    for (const id of Object.keys(findingIds)) assert.ok(inTable.includes(id), id);
    for (const level of findingLevels) assert.ok(document.includes(`\`${level}\``), level);
  });
  it("has each key of the JSON", () => {
    const json = jsonOf(examination([finding("It is off.")]));
    const keys = [
      ...Object.keys(json).filter((key) => key !== "findings"),
      ...json.findings.flatMap((row) => Object.keys(row).map((key) => `findings[].${key}`)),
    ];
    for (const key of keys) assert.ok(document.includes(`| \`${key}\``), key);
  });
});
