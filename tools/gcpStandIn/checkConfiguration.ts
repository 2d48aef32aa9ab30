import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { apis, parsed, projectVariables } from "./configuration.ts";
import type { DetailedDiff } from "./detailedDiff.ts";
import { parseDuration } from "./clock.ts";
import { isProperties, same } from "./values.ts";
import type { Properties, Value } from "./values.ts";

const ignored = new Set(["version", "pluginDownloadURL"]);
const flags = ["userProjectOverride", "preferGlobalEndpoints", "preferRegionalEndpoints", "addPulumiAttributionLabel"];
const prefix = "could not validate provider configuration: ";

/** The problems of the provider's inputs, with the real plugin's messages. */
export function checkConfiguration(inputs: Properties): string[] {
  const failures: string[] = [];
  for (const key of Object.keys(inputs).sort()) {
    if (!ignored.has(key) && !providerArguments().has(key)) {
      failures.push(`${prefix}Invalid or unknown key. Examine values at 'name.${key}'.`);
    }
  }
  for (const flag of flags) parsed(inputs[flag] ?? null);
  const batching = parsed(inputs["batching"] ?? null);
  const sendAfter = isProperties(batching) ? batching["sendAfter"] : undefined;
  if (typeof sendAfter === "string" && sendAfter !== "" && parseDuration(sendAfter) === undefined) {
    failures.push(
      `${prefix}expected batching.0.send_after to be a duration, but parsing gave an error: ` +
        `time: invalid duration ${JSON.stringify(sendAfter)}. Examine values at 'name.batching.sendAfter'.`,
    );
  }
  for (const { key } of Object.values(apis)) {
    const endpoint = inputs[key];
    if (typeof endpoint === "string" && endpoint !== "" && !/.*\/[^/]+\/$/.test(endpoint)) {
      failures.push(...endpointFailures(key, endpoint));
    }
  }
  if (inputs["project"] === "") throw new Error("expected a non-empty string: project was set to ``");
  return failures;
}

/** The warning about a missing project; undefined if there is a project, or if the warning is disabled. */
export function projectWarning(inputs: Properties, environment: NodeJS.ProcessEnv): string | undefined {
  const given = (value: Value | undefined): boolean => value !== undefined && value !== null && value !== "";
  if (given(inputs["project"]) || projectVariables.some((name) => given(environment[name]))) return undefined;
  const off = inputs["disableGlobalProjectWarning"] ?? environment["PULUMI_GCP_DISABLE_GLOBAL_PROJECT_WARNING"];
  if (off === true || off === "true") return undefined;
  return `unable to detect a global setting for GCP Project.
Pulumi will rely on per-resource settings for this operation.
Set the GCP Project by using:
    \`pulumi config set gcp:project <project>\`
If you would like to disable this warning use:
    \`pulumi config set gcp:disableGlobalProjectWarning true\``;
}

function endpointFailures(key: string, endpoint: string): string[] {
  const attribute = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const at = `Examine values at 'name.${key}'.`;
  return [
    `${prefix}${JSON.stringify(attribute)} (${JSON.stringify(endpoint)}) doesn't match regexp ".*/[^/]+/$". ${at}`,
    `${prefix}Invalid Attribute Value Match. Attribute ${attribute} value must match regular expression ` +
      `'.*/[^/]+/$', got: ${endpoint}. ${at}`,
  ];
}

let known: Set<string> | undefined;

/** The provider's arguments, from the SDK's declarations. */
function providerArguments(): Set<string> {
  if (!known) {
    const declarations = createRequire(import.meta.url).resolve("@pulumi/gcp/config/vars.d.ts");
    const names = readFileSync(declarations, "utf8").matchAll(/^export declare const (\w+):/gm);
    known = new Set([...names].map(([, name]) => name ?? ""));
  }
  return known;
}

/** The differences between two configurations of the provider. They never require a replacement. */
export function diffConfiguration(olds: Properties, news: Properties, ignored: string[]): DetailedDiff {
  const diff: DetailedDiff = new Map();
  for (const name of [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort()) {
    const [before = null, after = null] = [olds[name], news[name]];
    if (ignored.includes(name) || same(before, after)) continue;
    if (before === null) diff.set(name, "ADD");
    else diff.set(name, after === null ? "DELETE" : "UPDATE");
  }
  return diff;
}
