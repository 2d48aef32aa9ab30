/** The stand-in has the version of the installed `@pulumi/gcp`. Its recordings are of an older plugin, which must have the same types. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { it } from "vitest";
import { recordedVersion } from "../../tools/setup/gcpPlugin.ts";

/**
 * The types that the stand-in has, each with a digest of its declaration in the recorded version. To compute them for another
 * version, set CUSTOMER_CARE_GCP_PACKAGE to the folder of its npm package.
 */
const types = {
  "projects/service": "59b4478512cb",
  "organizations/iammember": "6608b29de447",
  "folder/iammember": "419e3bfd3665",
  "projects/iammember": "b103a94d7489",
  "essentialcontacts/contact": "db629a5c177d",
  "organizations/folder": "9315dc708235",
  "organizations/project": "011f7a8c998a",
  "monitoring/alertPolicy": "cd57b3029960",
  "monitoring/notificationChannel": "b59e97e797d6",
  "pubsub/topic": "be2f1858067c",
  "pubsub/topicIAMMember": "056f325bcde5",
  "cloudsupport/supportEventSubscription": "daf354b5e86d",
  "organizations/getOrganization": "1a9fc78417aa",
  "organizations/getProject": "92dd01eec7a6",
};

const folder =
  process.env.CUSTOMER_CARE_GCP_PACKAGE ?? dirname(createRequire(import.meta.url).resolve("@pulumi/gcp/package.json"));

const textOf = (file: string) =>
  readFileSync(join(folder, `${file}.d.ts`), "utf8")
    .replace(/\/\*\*[^]*?\*\//g, "")
    .replace(/\s+/g, " ");

/** The nested types by namespace and name, such as `inputs.monitoring.AlertPolicyCondition`. */
function nestedTypes(namespace: "inputs" | "outputs"): Map<string, string> {
  const found = new Map<string, string>();
  const text = textOf(namespace === "inputs" ? "types/input" : "types/output");
  for (const part of text.split(/export declare namespace /).slice(1)) {
    const [module = ""] = /^\w+/.exec(part) ?? [];
    for (const one of part.split(/export (?=interface )|interface (?=\w+ \{)/).slice(1)) {
      const [, name = ""] = /^(?:interface )?(\w+)/.exec(one) ?? [];
      found.set(`${namespace}.${module}.${name}`, one);
    }
  }
  return found;
}

const nested = new Map([...nestedTypes("inputs"), ...nestedTypes("outputs")]);

/** The declaration of a type, with all that it refers to. */
function digestOf(type: string): string {
  const texts = new Map<string, string>([[type, textOf(type)]]);
  for (const text of texts.values())
    for (const [name] of text.matchAll(/\b(?:inputs|outputs)\.\w+\.\w+/g)) {
      const declared = nested.get(name);
      assert.ok(declared !== undefined, name);
      texts.set(name, declared);
    }
  return createHash("sha256")
    .update([...texts.values()].join("\n"))
    .digest("hex")
    .slice(0, 12);
}

it(`has the types of the recorded version, ${recordedVersion}`, () => {
  const digests = Object.fromEntries(Object.keys(types).map((type) => [type, digestOf(type)]));
  assert.deepEqual(
    digests,
    types,
    `@pulumi/gcp changes these types since ${recordedVersion}, which the stand-in does not know. Record the stand-in again (CONTRIBUTING.md).`,
  );
});
