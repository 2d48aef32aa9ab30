/** Names in the state: another key, another form or another place in the program changes nothing in Google Cloud. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { holdingsOf } from "../../tools/stack/index.ts";
import { recordingsIn } from "../support/compressed.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";
import { restoreCloud, shapes } from "./shapes.ts";
import type { CloudRecording, Shape } from "./shapes.ts";
import { writesSince } from "../support/writes.ts";

interface Recording {
  readonly state: Deployment;
  readonly cloud: CloudRecording;
}

interface Exported {
  readonly type: string;
  readonly outputs?: object;
}

type Config = Readonly<Record<string, unknown>>;

const folder = new URL("states/names/", import.meta.url);

/** The config under other keys and in other forms. */
const reworded: Readonly<Record<keyof typeof shapes, Config>> = {
  keys: {
    ...shapes.keys.config,
    "customer-care:folders": {
      "456789012345": {
        editors: ["group:shop-leads@example.com"],
        contacts: { "leads@example.com": { categories: ["suspension"] } },
      },
    },
    "customer-care:projects": {
      shop: {
        projectId: "shop-dev",
        editors: ["group:sre@example.com", "user:ada@example.com"],
        contacts: { billing: ["finops@example.com"], "oncall@example.com": { categories: ["technical"] } },
      },
      "pay-dev": { services: ["cloudsupport.googleapis.com"], contactViewers: ["user:bob@example.com"] },
    },
    "customer-care:testCase": { project: "shop" },
  },
  names: {
    ...shapes.names.config,
    "instances:all": {
      care: {
        plan: "enhanced",
        folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
        projects: {
          "shop-dev": {
            editors: {
              someone: "later:user:ada@example.com",
              robot: "later:serviceAccount:bot@shop-dev.iam.gserviceaccount.com",
            },
            contacts: { "oncall@example.com": { categories: ["technical"] } },
          },
          "ops-admin": { editors: ["user:ada@example.com"], contacts: { legal: ["legal@example.com"] } },
        },
        testCase: { project: "shop-dev" },
      },
      second: {
        plan: "enhanced",
        projects: { pay: { projectId: "later:pay-dev", editors: { a: "user:ada@example.com" } } },
      },
    },
  },
};

const succeeded = (outcome: Outcome) => assert.equal(outcome.failed, false, outcome.messages.join("\n"));

/** The steps that are about something in Google Cloud. */
const inCloud = ({ steps }: Outcome) => steps.filter((step) => !step.includes(" customer-care:index:"));

describe("a stack whose names come from keys", () => {
  const recordings = recordingsIn(folder);
  for (const { name: file, value } of recordings) {
    const name = (Object.keys(shapes) as (keyof typeof shapes)[]).find((one) => file.endsWith(`-${one}.json`));
    const shape: Shape = shapes[name ?? assert.fail(file)];

    describe(file, () => {
      let run: LocalRun;
      let recording: Recording;
      beforeAll(async () => {
        recording = value as Recording;
        run = await localRun({ name: `names-${file}`, ...shape });
        restoreCloud(run.cloud, recording.cloud);
      });
      afterAll(() => run.close());

      it("is the same stack for today's code", async () => {
        await run.stack.importStack(recording.state);
        const preview = await run.preview();
        succeeded(preview);
        assert.deepEqual(preview.steps, []);
      });

      it("stays as it is where the config is reworded in the same update", async () => {
        await run.setConfig(reworded[name ?? assert.fail()]);
        const holdingsBefore = holdingsOf(run.cloud.state);
        const preview = await run.preview();
        succeeded(preview);
        assert.deepEqual(inCloud(preview), []);
        const first = run.cloud.requests.length;
        succeeded(await run.up());
        assert.deepEqual(writesSince(run.cloud, first), []);
        assert.deepEqual(holdingsOf(run.cloud.state), holdingsBefore);
        assert.deepEqual((await run.preview()).steps, []);
      });
    });
  }
});

describe("a grant or a contact that the state has under another name", () => {
  const role = "roles/cloudsupport.techSupportEditor";
  const ada = "user:ada@example.com";
  const { program, projectName, config } = shapes.names;
  const { "instances:all": _, ...gcpConfig } = config;
  const care = (projects: object) => ({ care: { plan: "enhanced", projects } });
  const ofTwo = (one: string, other: string) =>
    care({
      [one]: { projectId: "later:shop-dev", editors: [ada] },
      [other]: { projectId: "later:pay-dev", editors: [ada] },
    });
  const grants = ({ cloud }: LocalRun) =>
    holdingsOf(cloud.state).grants.filter((line) => line.endsWith(` ${role} ${ada}`));

  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({
      name: "names",
      ...(program && { program }),
      ...(projectName && { projectName }),
      config: gcpConfig,
    });
  });
  afterAll(() => run.close());

  const deployed = async (more: Config) => {
    await run.setConfig({ ...gcpConfig, ...more });
    succeeded(await run.up());
  };
  /** The commands that the refusals of an update suggest. The cloud is as it was, also after an update without a preview. */
  const refused = async (more: Config, words: RegExp): Promise<string[]> => {
    await run.setConfig({ ...gcpConfig, ...more });
    const holdingsBefore = holdingsOf(run.cloud.state);
    const preview = await run.preview();
    assert.equal(preview.failed, true);
    const errors = preview.messages.filter((message) => words.test(message)).join("\n");
    assert.match(errors, words, preview.messages.join("\n"));
    assert.doesNotMatch(preview.messages.join("\n"), /\.ts:\d|\bat \w/);
    const up = await run.up();
    assert.equal(up.failed, true);
    assert.match(up.messages.join("\n"), words);
    assert.deepEqual(holdingsOf(run.cloud.state), holdingsBefore);
    return [...new Set(errors.match(/pulumi state \w+ '[^']+'( '[^']+')?/g))];
  };
  const follow = async (commands: readonly string[]) => {
    assert.ok(commands.length > 0);
    for (const command of commands) {
      const [, ...words] = command.split(" ").map((word) => word.replaceAll("'", ""));
      succeeded(await run.pulumi(...words, "--yes"));
    }
  };

  it("is kept where the component gets another name without an alias", async () => {
    await deployed({ "instances:all": { former: care({ "shop-dev": { editors: [ada] } }).care } });
    const first = run.cloud.requests.length;
    await deployed({ "instances:all": care({ "shop-dev": { editors: [ada] } }) });
    assert.deepEqual(writesSince(run.cloud, first), []);
  });

  it("is kept with the services of its project, whose component has no outputs, where the key of an Output changes", async () => {
    await deployed({ "instances:all": care({ one: { projectId: "later:shop-dev", editors: [ada] } }) });
    const { deployment } = (await run.stack.exportStack()) as unknown as { deployment: { resources: Exported[] } };
    const components = deployment.resources.filter(({ type }) => type === "customer-care:index:ProjectServices");
    assert.deepEqual(
      components.map(({ outputs = {} }) => outputs),
      [{}],
    );
    await run.setConfig({
      ...gcpConfig,
      "instances:all": care({ another: { projectId: "later:shop-dev", editors: [ada] } }),
    });
    const preview = await run.preview();
    succeeded(preview);
    assert.deepEqual(preview.steps, []);
  });

  it("is kept where Outputs exchange their keys: the update is refused until the state has other names", async () => {
    await deployed({ "instances:all": ofTwo("one", "other") });
    assert.equal(grants(run).length, 3);
    const exchanged = { "instances:all": ofTwo("other", "one") };
    await follow(
      await refused(exchanged, /this update would delete the grant of .* to user:ada@example\.com on projects\/\S+,/),
    );
    const first = run.cloud.requests.length;
    await deployed(exchanged);
    assert.deepEqual(writesSince(run.cloud, first), []);
    assert.equal(grants(run).length, 3);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("is kept where the component takes over a resource of the program's own", async () => {
    const grant = { project: "ops-admin", role, member: ada };
    await deployed({ "instances:grants": { own: grant } });
    assert.equal(grants(run).length, 2);
    const taken = { "instances:all": care({ "ops-admin": { editors: [ada] } }) };
    await follow(
      await refused(taken, /^care\/projects\/ops-admin\/editors\/user:ada@example\.com: this update would delete/m),
    );
    await deployed(taken);
    assert.equal(grants(run).length, 2);
    assert.deepEqual((await run.preview()).steps, []);
    await deployed({});
    await deployed({ "instances:grants": { own: { ...grant, project: "100000000003" } } });
    assert.equal(grants(run).length, 2);
    await follow(
      await refused(taken, /^care\/projects\/ops-admin\/editors\/user:ada@example\.com: this update would delete/m),
    );
    await deployed(taken);
    assert.equal(grants(run).length, 2);
  });

  it("is a contact that Google would refuse to create twice: the error names the alias that it needs", async () => {
    const contact = {
      parent: "projects/ops-admin",
      email: "a@example.com",
      languageTag: "en",
      notificationCategorySubscriptions: ["LEGAL"],
    };
    await deployed({ "instances:contacts": { own: contact } });
    const taken = { "instances:all": care({ "ops-admin": { contacts: { legal: ["a@example.com"] } } }) };
    const alias = "urn:pulumi:test::names::gcp:essentialcontacts/contact:Contact::own";
    await refused(taken, new RegExp(`Give care/projects/ops-admin/a@example\\.com the alias '${alias}'`));
    const first = run.cloud.requests.length;
    await deployed({ ...taken, "instances:formerly": { "care/projects/ops-admin/a@example.com": alias } });
    assert.deepEqual(
      writesSince(run.cloud, first).filter((line) => line.includes("contacts")),
      [],
    );
    await run.setConfig({ ...gcpConfig, ...taken });
    assert.deepEqual((await run.preview()).steps, []);
  });
});

describe("two entries of one config", () => {
  const { program, projectName, config } = shapes.names;
  const refusals: Readonly<Record<string, readonly [object, RegExp]>> = {
    "that turn out to be one project": [
      { projects: { one: { projectId: "later:shop-dev" }, other: { projectId: "later:shop-dev" } } },
      /care:projects\.other\.projectId: is also projects\.one; write one of them/,
    ],
    "of which one is an Output, under a key that is the other's ID": [
      { projects: { one: { projectId: "shop-dev" }, "shop-dev": { projectId: "later:pay-dev" } } },
      /care:projects\.shop-dev: is also the projectId of projects\.one; write another key, because its own projectId is an Output/,
    ],
    "that turn out to be one member": [
      { projects: { "shop-dev": { editors: { one: "user:ada@example.com", other: "later:user:ada@example.com" } } } },
      /projects\/shop-dev\/editors\/other: is the same member as user:ada@example\.com; write one of them/,
    ],
    "that are one member": [
      { projects: { "shop-dev": { editors: { one: "user:ada@example.com", other: "user:Ada@example.com" } } } },
      /care:projects\.shop-dev\.editors: "user:ada@example\.com" is listed twice; write it once/,
    ],
  };
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({
      name: "namesTwice",
      ...(program && { program }),
      ...(projectName && { projectName }),
      config,
    });
  });
  afterAll(() => run.close());

  for (const [what, [args, message]] of Object.entries(refusals))
    it(`${what} are an error of the preview`, async () => {
      await run.setConfig({ ...config, "instances:all": { care: { plan: "enhanced", ...args } } });
      const preview = await run.preview();
      assert.equal(preview.failed, true);
      assert.match(preview.messages.join("\n"), message);
      assert.doesNotMatch(preview.messages.join("\n"), /[Dd]uplicate|\.ts:\d/);
    });
});
