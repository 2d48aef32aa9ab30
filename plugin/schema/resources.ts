/** The components (../../components/), and the case's own resource, as resources of the package. */
import { roleNames } from "../../guide/index.ts";
import { namedKey } from "../words.ts";
import { configProperties } from "./types.ts";
import { flag, text, tokenOf, typeOfName } from "./spec.ts";
import type { ObjectType, Properties, PropertySpec, Resource } from "./spec.ts";

const organizationId = text("The organization's number. One of the ids.");
const folderId = text("The folder's number. One of the ids.");
const projectId = text("The project's ID. One of the ids.");
const resourceName = text("`organizations/NUMBER`, `folders/NUMBER` or `projects/ID`.");

/** What is told of a case. */
const caseOutputs = {
  caseName: text("`projects/P/cases/C` or `organizations/O/cases/C`."),
  state: text("The case's state, such as `CLOSED`."),
  consoleLink: text("Where the console shows it."),
};

const checklistRow = {
  row: text("The guide's row, such as `G3 editor`."),
  task: text("What the guide asks for."),
  where: text(
    "`organizations/NUMBER`, `folders/NUMBER` or `projects/ID`; the config's key, such as `projects.shop`, as long as that " +
      "does not exist; empty for what concerns no single one.",
  ),
  status: text(
    "`done` by this stack; `not done`: the config asks for it, and not all of it exists; `not configured` in it; `see the " +
      "link`: a person does or reads it there.",
  ),
  details: text("What is done, then what is missing, in the config's words."),
  link: text("The console's link."),
};

/** The types of what the components give. */
export const outputTypes: Readonly<Record<string, ObjectType>> = {
  [tokenOf("ChecklistRow")]: objectOf("A row of the guide's checklist.", checklistRow),
  [tokenOf("TestCaseStatus")]: objectOf("What became of the test case.", caseOutputs),
};

const config = configProperties();
const level = configProperties("organization").properties;
const project = configProperties("project").properties;
const testCase = configProperties("testCase").properties;
const { project: _project, organization: _organization, ...testCaseAlone } = testCase;

export const components: Readonly<Record<string, Resource>> = {
  [tokenOf("CustomerCare")]: {
    ...component(
      'Google Cloud\'s guide "Customer Care onboarding", carried out: the services of projects, who may manage support ' +
        "and work on cases, who is told what, and the test case. A part that is absent makes nothing.",
      config.properties,
      config.required,
    ),
    properties: {
      checklist: {
        type: "array",
        items: typeOfName("ChecklistRow"),
        description:
          "The guide's checklist, row by row, with the console's links. Unknown in a preview: it tells what exists.",
      },
      testCase: { ...typeOfName("TestCaseStatus"), description: "The test case. Absent without one." },
    },
    required: ["checklist"],
  },
  [tokenOf("ProjectServices")]: {
    ...component(
      "The services of a project that Customer Care needs. None is ever disabled.",
      { projectId: text("The project's ID."), ...pick(project, "services") },
      ["projectId"],
    ),
    properties: {
      projectId: text("The project's ID."),
      services: { type: "array", items: { type: "string" }, description: "The services that are enabled, sorted." },
    },
    required: ["projectId", "services"],
  },
  [tokenOf("SupportAccess")]: {
    ...component(
      "Who may manage the support account, work on cases, and manage contacts, at one level of the hierarchy. Each " +
        "grant is a member of a role and nothing more: what others granted stays.",
      {
        organizationId,
        folderId,
        projectId,
        ...pick(level, ...roleNames.flatMap((role) => [role, namedKey(role)])),
      },
    ),
    properties: { resourceName },
    required: ["resourceName"],
  },
  [tokenOf("EssentialContacts")]: {
    ...component(
      "Who is told what, at one level of the hierarchy: one contact for each address.",
      { organizationId, folderId, projectId, ...pick(level, "contacts") },
      ["contacts"],
    ),
    properties: { resourceName },
    required: ["resourceName"],
  },
  [tokenOf("TestSupportCase")]: {
    ...component(
      "The guide's test case: made once with exactly the form's words, then closed, or kept open until it is destroyed. " +
        "A test case unless `realCase` is true.",
      { organizationId, projectId, ...testCaseAlone },
    ),
    properties: caseOutputs,
    required: Object.keys(caseOutputs),
  },
};

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

/** The case's own resource (../../components/supportCase/properties.ts), whose properties may all be known later. */
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

function component(description: string, inputProperties: Properties, requiredInputs: readonly string[] = []) {
  return { isComponent: true as const, description, inputProperties, requiredInputs };
}

function objectOf(description: string, properties: Properties): ObjectType {
  return { type: "object", description, properties, required: Object.keys(properties) };
}

function pick(properties: Properties, ...keys: readonly string[]): Properties {
  return Object.fromEntries(
    keys.map((key) => {
      const found = properties[key];
      if (found === undefined) throw new Error(`the config's schema has no ${key}`);
      return [key, found];
    }),
  );
}

function texts(description: string): PropertySpec {
  return { type: "array", items: { type: "string" }, description };
}

/** The same type where each part may be an Output. */
function withOutputs(spec: PropertySpec | undefined): PropertySpec {
  return JSON.parse(JSON.stringify(spec), (key, value: unknown) =>
    key === "plain" ? undefined : value,
  ) as PropertySpec;
}
