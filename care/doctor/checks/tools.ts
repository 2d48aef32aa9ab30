/** Node and Pulumi: `pulumi up` runs the program with the machine's own. */
import { coerce, ltr, minVersion, validRange } from "semver";
import { nodeProblem } from "../../../text/nodeVersion.mjs";
import type { Finding } from "../finding.ts";

export interface Tools {
  /** The version of the Node that runs the program in `pulumi up`. */
  readonly node: string;
  /** The version of the Pulumi CLI. */
  readonly pulumi: string;
  /** `requiredPulumiVersion` in Pulumi.yaml, such as `>=3.259.0`. */
  readonly requiredPulumi: string | undefined;
}

/** `npm run care` runs in a later Node than the machine's, if that one is too old. */
export function machineNode(environment = process.env): string {
  return environment["CUSTOMER_CARE_MACHINE_NODE"] ?? process.versions.node;
}

export function toolFindings({ node, pulumi, requiredPulumi }: Tools): Finding[] {
  const problem = nodeProblem("The program", node);
  const range = validRange(requiredPulumi);
  return [
    ...(problem === undefined
      ? []
      : [
          {
            id: "node-too-old",
            level: "error",
            where: "node",
            what: `${problem.split("; ")[0] ?? ""}.`,
            remedy: "https://nodejs.org",
          } as const,
        ]),
    // A version before a release, such as `3.259.0-alpha.1`, counts as the release.
    ...(range === null || !ltr(coerce(pulumi) ?? pulumi, range)
      ? []
      : [
          {
            id: "pulumi-too-old",
            level: "error",
            where: "pulumi",
            what: `The program needs Pulumi ${String(minVersion(range))} or later, and this is Pulumi ${pulumi.replace(/^v/, "")}.`,
            remedy: "https://www.pulumi.com/docs/install/",
          } as const,
        ]),
  ];
}
