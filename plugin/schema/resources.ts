/** The components (../../components/) and the case's resource in the package's schema. */
import { readFileSync } from "node:fs";
import { roleNames } from "../../guide/index.ts";
import { contactsKey, namedKey } from "../words.ts";
import { configProperties } from "./types.ts";
import { flag, text, tokenOf, typeOfName } from "./spec.ts";
import type { ObjectType, Properties, PropertySpec, Resource } from "./spec.ts";

const organizationId = text("The organization's number. Set exactly one of the IDs.");
const folderId = text("The folder's number. Set exactly one of the IDs.");
const projectId = text("The project's ID. Set exactly one of the IDs.");
const resourceName = text("`organizations/NUMBER`, `folders/NUMBER` or `projects/ID`.");

const caseOutputs = {
  caseName: text("`projects/P/cases/C` or `organizations/O/cases/C`."),
  state: text("The case's state, such as `CLOSED`."),
  consoleLink: text("A link to the case in the console."),
};

const eventOutputs = {
  topic: text("The topic: `projects/ID/topics/NAME`."),
  subscription: text("The subscription: `organizations/NUMBER/supportEventSubscriptions/ID`."),
};

const checklistRow = {
  row: text("The guide's row, such as `G3 editor`."),
  task: text("The task in the guide."),
  where: text(
    "`organizations/NUMBER`, `folders/NUMBER` or `projects/ID`; the config's key, such as `projects.shop`, if the place does " +
      "not exist yet; empty for a row that is not about one place.",
  ),
  status: text(
    "`done`: this stack has done it. `not done`: it is in the config, but not all of it exists. `not configured`: it is not in " +
      "the config. `see the link`: a person does it or reads it in the console.",
  ),
  details: text("The missing parts, then the parts that are done, as named in the config."),
  link: text("A link to the console."),
};

/** The types of the components' outputs. */
export const outputTypes: Readonly<Record<string, ObjectType>> = {
  [tokenOf("ChecklistRow")]: objectOf("A row of the guide's checklist.", checklistRow),
  [tokenOf("TestCaseStatus")]: objectOf("The test case.", caseOutputs),
  [tokenOf("SupportEventsStatus")]: objectOf("The events of support cases.", eventOutputs),
};

const config = configProperties();
const acknowledge = pick(config.properties, "acknowledge");
const level = configProperties("organization").properties;
const project = configProperties("project").properties;
const { [contactsKey("notify")]: _notifyContacts, ...alertsAlone } = configProperties("serviceHealth").properties;
const testCase = configProperties("testCase").properties;
const supportEvents = configProperties("supportEventsTarget").properties;
const { project: _project, organization: _organization, ...testCaseAlone } = testCase;

export const components: Readonly<Record<string, Resource>> = {
  [tokenOf("CustomerCare")]: {
    ...component(
      'Implements Google Cloud\'s guide "Customer Care onboarding": enables the services of projects, grants the support roles, ' +
        "creates Essential Contacts, alerts people of incidents, publishes the events of support cases, and creates the test case. Nothing is created for a section that is absent." +
        exampleUsage(),
      config.properties,
      config.required,
    ),
    properties: {
      checklist: {
        type: "array",
        items: typeOfName("ChecklistRow"),
        description:
          "The guide's checklist, with links to the console. Unknown in a preview, because it describes what exists.",
      },
      testCase: { ...typeOfName("TestCaseStatus"), description: "The test case; absent if the args have none." },
      supportEvents: {
        ...typeOfName("SupportEventsStatus"),
        description: "The events of support cases; absent if the args have none.",
      },
    },
    required: ["checklist"],
  },
  [tokenOf("ProjectServices")]: {
    ...component(
      "Enables the services of a project that Customer Care needs. It never disables a service.",
      { projectId: text("The project's ID."), ...pick(project, "services"), ...acknowledge },
      ["projectId"],
    ),
    properties: {
      projectId: text("The project's ID."),
      services: { type: "array", items: { type: "string" }, description: "The enabled services, sorted." },
    },
    required: ["projectId", "services"],
  },
  [tokenOf("SupportAccess")]: {
    ...component(
      "Grants the roles to manage the support account, work on cases and manage contacts, on one organization, folder or " +
        "project. Each grant adds one member to a role. Other members keep their roles.",
      {
        organizationId,
        folderId,
        projectId,
        ...pick(level, ...roleNames.flatMap((role) => [role, namedKey(role)])),
        ...acknowledge,
      },
    ),
    properties: { resourceName },
    required: ["resourceName"],
  },
  [tokenOf("EssentialContacts")]: {
    ...component(
      "The Essential Contacts of one organization, folder or project: one contact for each address.",
      { organizationId, folderId, projectId, ...pick(level, "contacts"), ...acknowledge },
      ["contacts"],
    ),
    properties: { resourceName },
    required: ["resourceName"],
  },
  [tokenOf("ServiceHealthAlerts")]: {
    ...component(
      "Notifies people of the incidents that Service Health reports for a project: a notification channel for each e-mail " +
        "address, and one alert policy. The project needs the services Service Health, Cloud Logging and Cloud Monitoring.",
      { projectId: text("The project's ID."), ...alertsAlone, ...acknowledge },
      ["projectId", "notify"],
    ),
    properties: {
      projectId: text("The project's ID."),
      alertPolicy: text("The alert policy: `projects/ID/alertPolicies/NUMBER`."),
    },
    required: ["projectId", "alertPolicy"],
  },
  [tokenOf("SupportEvents")]: {
    ...component(
      "Publishes the events of all support cases of an organization to a Pub/Sub topic. An existing topic, by its full name, only " +
        "gets the grant and the subscription, and is never deleted.",
      { organizationId: text("The organization's number."), ...supportEvents, ...acknowledge },
      ["organizationId", "project"],
    ),
    properties: eventOutputs,
    required: Object.keys(eventOutputs),
  },
  [tokenOf("TestSupportCase")]: {
    ...component(
      "Creates the guide's test case once, with the values of the guide's form, and then closes it. With `keepOpen`, the case " +
        "stays open until the stack is destroyed. It is a test case unless `realCase` is true.",
      { organizationId, projectId, ...testCaseAlone, ...acknowledge },
    ),
    properties: caseOutputs,
    required: Object.keys(caseOutputs),
  },
};

/** Properties with the same names as in the config. */
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
  version: { type: "integer", description: "The version of the properties." },
  parent: text("`projects/ID` or `organizations/NUMBER`."),
  marker: text("The line that identifies this resource in the case's description."),
  owner: text("The marker without the life: the stack and the resource."),
  leftOut: texts(
    "The fields of the form that the program omits. They keep their values from the creation of the case.",
  ),
  takenOut: texts("The omitted fields that the program had before. They get the guide's defaults again."),
  isFirstAttempt: flag("Whether no earlier update can have created a case in this life of the resource."),
  ...Object.fromEntries(asInConfig.map((key) => [key, withOutputs(testCase[key])])),
  testCase: flag("The API's `testCase`: no support agent answers it."),
  gcpConfig: {
    type: "object",
    additionalProperties: { type: "string" },
    description:
      "The stack's `gcp:` config for requests to Google: the quota project, impersonation and endpoints, without credentials. It " +
      "is stored for a refresh or a destroy that does not run the program.",
  },
};

const required = ["version", "parent", "marker", "keepOpen"];

/** The case's resource (../../components/supportCase/properties.ts). All of its properties can be Outputs. */
export const supportCase: Readonly<Record<string, Resource>> = {
  [tokenOf("SupportCase")]: {
    description:
      "A support case that is created once, and closed after it is created or when it is deleted. Use `TestSupportCase`, which " +
      "creates this resource with everything that it needs.",
    inputProperties: {
      ...echoed,
      formerLives: {
        ...attachment,
        description:
          "The lives without a case in the state: marker, parent, and the case's kind, classification and SHA-256 of its text.",
      },
      urns: texts("The URNs of this resource and of the Stash with its life."),
      attachments: { ...attachment, description: "The files to attach: path, filename and sha256 of each." },
    },
    requiredInputs: required,
    properties: {
      ...echoed,
      attachments: { ...attachment, description: "The attached files: filename and sha256 of each." },
      name: text("`projects/P/cases/C` or `organizations/O/cases/C`."),
      state: text("The case's state, such as `CLOSED`."),
      createTime: text("RFC 3339."),
      escalated: flag("Whether the case was escalated."),
    },
    required: [...required, "name", "state", "createTime"],
  },
};

/**
 * The first program of each language in docs/how-to/otherLanguages.md, which the tests run. The form is that of Pulumi's schemas:
 * each generator keeps the program in its own language.
 */
function exampleUsage(): string {
  const page = readFileSync(new URL("../../docs/how-to/otherLanguages.md", import.meta.url), "utf8");
  const programs = ["python", "go", "csharp", "yaml"].map((language) => {
    const program = new RegExp(`^\`\`\`${language}\\n[^]*?^\`\`\`$`, "m").exec(page)?.[0];
    if (program === undefined) throw new Error(`docs/how-to/otherLanguages.md has no program in ${language}`);
    return program;
  });
  return `\n\n{{% examples %}}\n## Example Usage\n{{% example %}}\n\n${programs.join("\n\n")}\n\n{{% /example %}}\n{{% /examples %}}`;
}

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

/** The same type with Outputs allowed at any depth. */
function withOutputs(spec: PropertySpec | undefined): PropertySpec {
  return JSON.parse(JSON.stringify(spec), (key, value: unknown) =>
    key === "plain" ? undefined : value,
  ) as PropertySpec;
}
