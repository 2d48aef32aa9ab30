/** The case's own resource (../../components/supportCase/properties.ts), whose properties may all be known later. */
import { configProperties } from "./configTypes.ts";
import { flag, text, tokenOf } from "./spec.ts";
import type { Properties, PropertySpec, Resource } from "./spec.ts";

const { properties: testCase } = configProperties("testCase");

/** What the config asks for in the same words. */
const asInConfig = [
  "classification",
  "displayName",
  "description",
  "errorMessage",
  "businessImpact",
  "vmInstances",
  "thirdPartyAuthorization",
  "channel",
  "language",
  "priority",
  "timeZone",
  "subscriberEmailAddresses",
  "comments",
  "escalation",
  "adopt",
  "closeOnDestroy",
  "keepOpen",
  "ignoreCases",
] as const;

const attachment: PropertySpec = {
  type: "array",
  items: { type: "object", additionalProperties: { type: "string" } },
};

const echoed: Properties = {
  version: { type: "integer", description: "The shape of the properties." },
  parent: text("`projects/ID` or `organizations/NUMBER`."),
  marker: text("What names this resource in the case's description."),
  owner: text("The same without the life: the stack and the resource."),
  leftOut: texts("The fields of the form that the program leaves out: they are as they were when the case was made."),
  takenOut: texts("Those of them that the program had before: they have the guide's words again."),
  isFirstAttempt: flag("Whether nothing can have been made in this life of the resource yet."),
  ...Object.fromEntries(asInConfig.map((key) => [key, withOutputs(testCase[key])])),
  testCase: flag("The API's `testCase`: no support agent gets it."),
  gcpConfig: {
    type: "object",
    additionalProperties: { type: "string" },
    description:
      "How Google is called, as the `gcp:` config of the stack says: the quota project, impersonation and endpoints, and no " +
      "credential. Kept for a refresh or a destroy that does not run the program.",
  },
};

const required = ["version", "parent", "marker", "keepOpen"];

export const supportCase: Readonly<Record<string, Resource>> = {
  [tokenOf("SupportCase")]: {
    description:
      "The life of a support case: made once, closed once created or when it is deleted. `TestSupportCase` makes it, with " +
      "all that it needs: use that one.",
    inputProperties: {
      ...echoed,
      formerLives: {
        ...attachment,
        description:
          "The marker and the parent of each life that the state has no case of, and what its case was made of: its kind, its classification and the SHA-256 of its words.",
      },
      urns: texts("The URNs of this resource and of the Stash that has its life."),
      attachments: { ...attachment, description: "The files to attach: path, filename and sha256 of each." },
    },
    requiredInputs: required,
    properties: {
      ...echoed,
      attachments: { ...attachment, description: "The files that are attached: filename and sha256 of each." },
      name: text("`projects/P/cases/C` or `organizations/O/cases/C`."),
      state: text("The case's state, such as `CLOSED`."),
      createTime: text("RFC 3339."),
      escalated: flag("Whether it was escalated."),
    },
    required: [...required, "name", "state", "createTime"],
  },
};

function texts(description: string): PropertySpec {
  return { type: "array", items: { type: "string" }, description };
}

/** The same type where each part may be an Output. */
function withOutputs(spec: PropertySpec | undefined): PropertySpec {
  return JSON.parse(JSON.stringify(spec), (key, value: unknown) =>
    key === "plain" ? undefined : value,
  ) as PropertySpec;
}
