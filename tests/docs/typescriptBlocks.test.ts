/** Each TypeScript block in the documents, and the example, pass the compiler, run, and pass the checks of the gcp plugin. */
import assert from "node:assert/strict";
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { parse } from "yaml";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { blocksOf, pathOf } from "../support/documents.ts";
import type { CodeBlock } from "../support/documents.ts";
import { registeredBy } from "./mocks.ts";
import type { Registered } from "./mocks.ts";
import { pluginChecks } from "./pluginChecks.ts";
import type { PluginChecks } from "./pluginChecks.ts";

/** In the clone, so that `customer-care` and the dependencies are found from there. */
mkdirSync(home, { recursive: true });
const folder = mkdtempSync(join(home, "docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const servicesOf = (project: string) =>
  ["cloudsupport", "essentialcontacts", "servicehealth"].map(
    (api) => `gcp:projects/service:Service ${project}/${api}.googleapis.com`,
  );

/** What the examples would create, by their document, in the order in which they appear there. */
const expected: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "docs/how-to/adopt.md": [
    [
      "customer-care:index:CustomerCare customer-care",
      "customer-care:index:ProjectServices customer-care/projects/shop-dev",
      "customer-care:index:SupportAccess customer-care",
      "customer-care:index:TestSupportCase customer-care/testCase",
      "gcp:projects/iAMMember:IAMMember customer-care/projects/shop-dev/editors/user:ada@example.com",
      ...servicesOf("customer-care/projects/shop-dev"),
      "pulumi-nodejs:dynamic/customercare:SupportCase customer-care/testCase",
      "pulumi:index:Stash customer-care/testCase",
    ],
    [
      "customer-care:index:CustomerCare support",
      "customer-care:index:ProjectServices support/projects/shop-dev",
      ...servicesOf("support/projects/shop-dev"),
      "landing-zone:index:Zone zone",
    ],
  ],
  "docs/how-to/caseEvents.md": [
    [
      "customer-care:index:SupportEvents support-events",
      "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription support-events/subscription",
      "gcp:projects/service:Service support-events/ops-admin/pubsub.googleapis.com",
      "gcp:pubsub/topic:Topic support-events/ops-admin/support-events",
      "gcp:pubsub/topicIAMMember:TopicIAMMember support-events/ops-admin/support-events/publisher",
    ],
    [
      "gcp:cloudrunv2/serviceIamMember:ServiceIamMember case-events",
      "gcp:pubsub/subscription:Subscription case-events",
      "gcp:serviceaccount/account:Account case-events",
    ],
  ],
  "docs/how-to/alerts.md": [
    [
      "customer-care:index:ProjectServices services",
      "customer-care:index:ServiceHealthAlerts alerts",
      "gcp:monitoring/alertPolicy:AlertPolicy alerts/alerts/serviceHealth",
      "gcp:monitoring/notificationChannel:NotificationChannel alerts/alerts/shop-oncall@example.com",
      "gcp:monitoring/notificationChannel:NotificationChannel chat",
      "gcp:projects/service:Service services/logging.googleapis.com",
      "gcp:projects/service:Service services/monitoring.googleapis.com",
      "gcp:projects/service:Service services/servicehealth.googleapis.com",
    ],
  ],
  "docs/how-to/landingZone.md": [
    [
      "customer-care:index:EssentialContacts payments",
      "customer-care:index:ProjectServices payments",
      "customer-care:index:SupportAccess payments",
      "gcp:essentialcontacts/contact:Contact payments/pay-oncall@example.com",
      "gcp:projects/iAMMember:IAMMember payments/editors/group:payments@example.com",
      "gcp:projects/service:Service payments/cloudsupport.googleapis.com",
      "gcp:projects/service:Service payments/essentialcontacts.googleapis.com",
      "gcp:projects/service:Service payments/servicehealth.googleapis.com",
    ],
  ],
  "README.md": [
    [
      "customer-care:index:CustomerCare customer-care",
      "customer-care:index:EssentialContacts customer-care",
      "customer-care:index:ProjectServices customer-care/projects/shop-dev",
      "customer-care:index:SupportAccess customer-care",
      "customer-care:index:TestSupportCase customer-care/testCase",
      "gcp:essentialcontacts/contact:Contact customer-care/projects/shop-dev/shop-oncall@example.com",
      "gcp:folder/iAMMember:IAMMember customer-care/folders/shop/editors/group:shop-leads@example.com",
      "gcp:organizations/folder:Folder shop",
      "gcp:organizations/project:Project shop-dev",
      "gcp:projects/iAMMember:IAMMember customer-care/projects/shop-dev/editors/supportBot",
      "gcp:projects/service:Service customer-care/projects/shop-dev/cloudsupport.googleapis.com",
      "gcp:projects/service:Service customer-care/projects/shop-dev/essentialcontacts.googleapis.com",
      "gcp:projects/service:Service customer-care/projects/shop-dev/servicehealth.googleapis.com",
      "gcp:serviceaccount/account:Account support-bot",
      "pulumi-nodejs:dynamic/customercare:SupportCase customer-care/testCase",
      "pulumi:index:Stash customer-care/testCase",
    ],
  ],
};

/** What the examples register, by their place. A module runs once only. */
const registeredAt = new Map<string, Promise<Registered[]>>();

function registeredIn(place: string, file: string): Promise<Registered[]> {
  const known = registeredAt.get(place) ?? registeredBy(() => import(pathToFileURL(file).href));
  registeredAt.set(place, known);
  return known;
}

describe("TypeScript in the documents", () => {
  const files = blocksOf("ts", "typescript").map((block) => ({ block, file: extracted(block) }));
  const problems = compilerProblems(files.map(({ file }) => file));
  it("is in the README", () => assert.ok(files.some(({ block }) => block.place.startsWith("README.md"))));
  for (const { block, file } of files) {
    const [document = ""] = block.place.split(":");
    const ofDocument = files.filter((one) => one.block.place.startsWith(`${document}:`));
    const index = ofDocument.findIndex((one) => one.block === block);
    it(`${block.place} passes the compiler`, () =>
      assert.deepEqual(
        problems.filter((problem) => problem.startsWith(file)),
        [],
      ));
    it(`${block.place} runs`, async () => {
      const registered = await registeredIn(block.place, file);
      assert.deepEqual(registered.map(({ type, name }) => `${type} ${name}`).sort(), expected[document]?.[index] ?? []);
    });
  }

  for (const [plugin, start] of pluginChecks)
    describe(`previewed by ${plugin}`, () => {
      let checks: PluginChecks;
      beforeAll(async () => {
        checks = await start();
      });
      afterAll(() => checks.close());

      for (const { block, file } of files)
        it(`${block.place} has only inputs that it accepts`, async () =>
          assert.deepEqual(await checks.problemsOf(await registeredIn(block.place, file)), []));

      it("the example of a landing zone has only inputs that it accepts", async () => {
        pulumi.runtime.setAllConfig(exampleConfig());
        const registered = await registeredIn("examples/landing-zone", exampleFile());
        pulumi.runtime.setAllConfig({});
        assert.ok(registered.length > 20);
        assert.deepEqual(await checks.problemsOf(registered), []);
      });
    });
});

/** The defaults of the example's config, and its optional part. */
function exampleConfig(): Record<string, string> {
  const { config } = parse(readFileSync(pathOf("examples/landing-zone/Pulumi.yaml"), "utf8")) as {
    config: Record<string, { default: string | boolean }>;
  };
  const values = Object.entries(config).map(([key, value]) => [`customer-care:${key}`, String(value.default)] as const);
  return { ...Object.fromEntries(values), "customer-care:supportEvents": "true" };
}

/** A copy of the example of a landing zone, from which `customer-care` is found. */
function exampleFile(): string {
  const [from, to] = [pathOf("examples/landing-zone"), join(folder, "landing-zone")];
  mkdirSync(to, { recursive: true });
  for (const file of globSync("*.ts", { cwd: from })) copyFileSync(join(from, file), join(to, file));
  return join(to, "index.ts");
}

/** The block as a file of its own; a relative import leads from there to where it led from the document. */
function extracted({ place, text }: CodeBlock): string {
  const [document = "", line = ""] = place.split(":");
  const file = join(folder, `${document.replaceAll("/", "-")}-${line}.ts`);
  const code = text.replace(/(from ")(\.[^"]+)(")/g, (_, before: string, path: string, after: string) => {
    const target = join(dirname(pathOf(document)), path);
    return `${before}${relative(folder, target)}${after}`;
  });
  writeFileSync(file, code);
  return file;
}

function compilerProblems(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files }, ts.sys, root);
  const program = ts.createProgram(files, options);
  return files.flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
  );
}
