/** The output `checklist`: it lists what exists, a preview does not show it, and the state has it once. */
import assert from "node:assert/strict";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { commandLine, linesOf } from "../support/commandLine.ts";
import { everything, oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

type Checklist = Readonly<Record<string, Readonly<Record<string, string>>>>;

const organization = "organizations/123456789012";

/** The rows of a place, without the console's links. */
async function rowsAt(run: LocalRun, place: string): Promise<Readonly<Record<string, string>>> {
  const outputs = await run.outputs();
  const rows = (outputs["checklist"] as Checklist | undefined)?.[place] ?? {};
  return Object.fromEntries(
    Object.entries(rows).map(([row, text]) => [row.replace(/:.*/, ""), text.replace(/ \(https:\S+\)(?=:|$)/, "")]),
  );
}

const { "customer-care:projects": projects } = everything;

/** The config with something else for shop-dev. */
const withShop = (changes: object) => ({
  ...everything,
  "customer-care:projects": { ...projects, "shop-dev": { ...projects["shop-dev"], ...changes } },
});

const contactsOfShop = projects["shop-dev"].contacts;
const twoEditors = withShop({ editors: ["user:ada@example.com", "user:grace@example.com"] });

describe("the checklist of a stack", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "checklist", config: everything });
    assert.equal((await run.up()).failed, false);
  });
  beforeEach(() => run.setConfig(everything));
  afterEach(() => {
    run.cloud.faults.clear();
  });
  afterAll(() => run.close());

  it("is in the state once", async () => {
    const { deployment } = (await run.stack.exportStack()) as { deployment: { resources: { type: string }[] } };
    const holders = deployment.resources.filter((resource) => JSON.stringify(resource).includes("G6 Skills Boost"));
    assert.deepEqual(
      holders.map(({ type }) => type),
      ["pulumi:pulumi:Stack"],
    );
    assert.equal(JSON.stringify(deployment).split("G6 Skills Boost").length, 2);
  });

  it("has each link whole in what `pulumi up` shows", async (t) => {
    const first = await localRun({ name: "checklistShown", config: everything });
    t.onTestFinished(() => first.close());
    const ups = [
      await commandLine(first, "up", "--yes", "--skip-preview"),
      await commandLine(first, "up", "--yes", "--skip-preview"),
    ];
    const checklist = (await first.outputs())["checklist"] as Checklist;
    const rows = Object.values(checklist).flatMap((place) => Object.entries(place));
    assert.ok(rows.some(([, row]) => row.length > 150));
    for (const { code, text } of ups) {
      assert.equal(code, 0, text);
      for (const [name, row] of rows) {
        const [link = assert.fail(row)] = /\(https:\S+\)/.exec(row) ?? [];
        const line = text.split("\n").filter((one) => one.includes(name) && one.includes(link));
        assert.ok(line.length > 0, `${name} without ${link} in:\n${text}`);
      }
    }
  });

  describe("leaves the preview short", () => {
    let unchanged: readonly string[];
    beforeAll(async () => {
      unchanged = linesOf(await commandLine(run, "preview"));
    });

    for (const [what, config, most] of [
      ["an editor more takes 2 lines", twoEditors, 2],
      ["an editor less takes 3 lines, as one resource less is unchanged", withShop({ editors: [] }), 3],
      ["a contact more takes 2 lines", withShop({ contacts: { ...contactsOfShop, legal: ["a@example.com"] } }), 2],
      // The project's component and its three services.
      [
        "a project more takes 5 lines",
        { ...everything, "customer-care:projects": { ...projects, "shop-prod": {} } },
        5,
      ],
    ] as const)
      it(what, async () => {
        await run.setConfig(config);
        const preview = await commandLine(run, "preview");
        assert.equal(preview.code, 0, preview.text);
        const others = linesOf(preview).filter((line) => !unchanged.includes(line));
        assert.ok(others.length > 0 && others.length <= most, preview.text);
      });

    it("with all details too", async () => {
      await run.setConfig(twoEditors);
      const preview = await commandLine(run, "preview", "--diff");
      assert.match(preview.text, /user:grace@example\.com/);
      assert.doesNotMatch(preview.text, /checklist|G\d /);
    });
  });

  it("shows what an update with targets has left out", async () => {
    await run.setConfig(
      withShop({
        editors: ["user:ada@example.com", "user:grace@example.com"],
        contacts: { technical: ["shop-oncall@example.com"], legal: ["counsel@example.com", "shop-oncall@example.com"] },
      }),
    );
    const up = await commandLine(run, "up", "--yes", "--skip-preview", "--target", "**counsel@example.com");
    assert.equal(up.code, 0, up.text);
    const rows = await rowsAt(run, "projects/shop-dev");
    assert.equal(rows["G3 editor"], "not done: missing: user:grace@example.com; done: user:ada@example.com");
    assert.equal(
      rows["G5 contacts"],
      "not done: missing: legal: shop-oncall@example.com; done: technical: shop-oncall@example.com; legal: counsel@example.com",
    );
    assert.match(rows["G4 test case"] ?? "", /^done: /);
    assert.equal((await run.up()).failed, false);
    assert.equal(
      (await rowsAt(run, "projects/shop-dev"))["G3 editor"],
      "done: user:ada@example.com, user:grace@example.com",
    );
    await run.setConfig(everything);
    assert.equal((await run.up()).failed, false);
  });

  it("has whom alerts notify, once their channels exist", async () => {
    const alerts = (...notify: string[]) => withShop({ alerts: { serviceHealth: { notify } } });
    const row = async () => {
      const outputs = await run.outputs();
      const { "projects/shop-dev": rows = {} } = outputs["checklist"] as Checklist;
      return rows["G6 Service Health: Get alerts about incidents"];
    };
    assert.equal(await row(), undefined);
    await run.setConfig(alerts("a@example.com"));
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    const link = "(https://console.cloud.google.com/monitoring/alerting?project=shop-dev)";
    assert.equal(await row(), `done ${link}: a@example.com`);
    await run.setConfig(alerts("a@example.com", "b@example.com"));
    const other = await commandLine(run, "up", "--yes", "--skip-preview", "--target", "**leads@example.com");
    assert.equal(other.code, 0, other.text);
    assert.equal(await row(), `not done ${link}: missing: b@example.com; done: a@example.com`);
    await run.setConfig(everything);
    assert.equal((await run.up()).failed, false);
  });

  it("does not have what Google refuses, and has it once Google takes it", async () => {
    await run.setConfig(twoEditors);
    run.cloud.faults.add({
      match: { rpc: "SetIamPolicy", path: "shop-dev", times: 100 },
      effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
    });
    assert.equal((await run.up()).failed, true);
    const rows = await rowsAt(run, "projects/shop-dev");
    assert.equal(rows["G3 editor"], "done: user:ada@example.com");
    run.cloud.faults.clear();
    assert.equal((await run.up()).failed, false);
    assert.equal(
      (await rowsAt(run, "projects/shop-dev"))["G3 editor"],
      "done: user:ada@example.com, user:grace@example.com",
    );
    await run.setConfig(everything);
    assert.equal((await run.up()).failed, false);
  });

  it("does not have what was lost, once the state knows of it", async () => {
    const shop = run.cloud.state.projects.get("shop-dev") ?? assert.fail();
    shop.policy.bindings = shop.policy.bindings.filter(({ role }) => role !== "roles/cloudsupport.techSupportEditor");
    assert.equal((await run.refresh()).failed, false);
    const other = await commandLine(run, "up", "--yes", "--skip-preview", "--target", "**leads@example.com");
    assert.equal(other.code, 0, other.text);
    assert.equal((await rowsAt(run, "projects/shop-dev"))["G3 editor"], "not done: missing: user:ada@example.com");
    assert.equal((await run.up()).failed, false);
    assert.equal((await rowsAt(run, "projects/shop-dev"))["G3 editor"], "done: user:ada@example.com");
  });

  it("does not have a test case of another place as the configured one", async () => {
    await run.setConfig({ ...everything, "customer-care:testCase": { organization: true } });
    await run.up();
    const cases = [...run.cloud.state.cases.values()].filter(({ testCase }) => testCase).map(({ name }) => name);
    const isThere = cases.some((name) => name.startsWith(organization));
    const moved = (await rowsAt(run, organization))["G4 test case"] ?? "";
    assert.equal(moved.startsWith("done"), isThere, moved);
    assert.equal((await rowsAt(run, "projects/shop-dev"))["G4 test case"], undefined);
  });
});

describe("the checklist of a test case that stays open", () => {
  it("does not have its task, which ends with the closure, as done", async (t) => {
    const run = await localRun({ name: "checklistOpen", config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    const row = async () => (await rowsAt(run, "projects/shop-dev"))["G4 test case"] ?? "";
    assert.match(
      await row(),
      /^not configured: projects\/shop-dev\/cases\/\d+, NEW; kept open, because keepOpen is true$/,
    );
    await run.setConfig(oneCase());
    assert.equal((await run.up()).failed, false);
    assert.match(await row(), /^done: projects\/shop-dev\/cases\/\d+, CLOSED$/);
  });

  it("has an adopted case without the default title, which it need not have", async (t) => {
    const run = await localRun({ name: "checklistAdopted", config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    const [own = assert.fail()] = [...run.cloud.state.cases.values()].filter(({ testCase }) => testCase);
    const other = { ...structuredClone(own), name: "projects/shop-dev/cases/40000001", description: "A person's" };
    run.cloud.state.cases.set("40000001", { ...other, displayName: "Printer on fire" });
    await run.setConfig(oneCase({ adopt: other.name }));
    assert.equal((await run.up()).failed, false);
    const row = (await rowsAt(run, "projects/shop-dev"))["G4 test case"];
    assert.equal(row, `not configured: ${other.name}, NEW; adopted, and not closed`);
  });
});

describe("the checklist of a first update", () => {
  let run: LocalRun;
  beforeAll(async () => {
    const { "customer-care:testCase": _, ...config } = oneCase();
    run = await localRun({
      name: "checklistFirst",
      config: {
        ...config,
        "customer-care:projects": {
          "shop-dev": { editors: ["user:ada@example.com"], contacts: { legal: ["counsel@example.com"] } },
          "pay-dev": { services: [], editors: ["user:ada@example.com"] },
        },
      },
    });
    run.cloud.faults.add({
      match: { rpc: "SetIamPolicy", path: "shop-dev", times: 100 },
      effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
    });
  });
  afterAll(() => run.close());

  it("is not marked as done where Google refuses a grant", async () => {
    assert.equal((await run.up()).failed, true);
    assert.ok(!/^done/.test((await rowsAt(run, "projects/shop-dev"))["G3 editor"] ?? ""));
  });

  it("marks the rest as done, and the refused grant as not done, where the update continues after an error", async () => {
    const up = await commandLine(run, "up", "--yes", "--skip-preview", "--continue-on-error");
    assert.notEqual(up.code, 0, up.text);
    const rows = await rowsAt(run, "projects/shop-dev");
    assert.equal(rows["G3 editor"], "not done: missing: user:ada@example.com");
    assert.equal(rows["G5 contacts"], "done: legal: counsel@example.com");
    assert.equal((await rowsAt(run, "projects/pay-dev"))["G3 editor"], "done: user:ada@example.com");
  });
});
