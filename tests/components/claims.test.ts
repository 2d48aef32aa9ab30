/** The warnings for two instances in one program that claim the same thing in Google Cloud. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { setImmediate } from "node:timers/promises";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import {
  CustomerCare,
  EssentialContacts,
  ProjectServices,
  SupportAccess,
  TestSupportCase,
} from "../../components/index.ts";
import { resources, useMocks } from "./mocks.ts";

const messages: string[] = [];

/** Without an engine, Pulumi prints it here. */
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation((message: string) => messages.push(message));
});
afterEach(() => vi.restoreAllMocks());

/** What a program is warned of, in the order in which it sorts. */
async function warnings(declare: () => void, { preview = false } = {}): Promise<string[]> {
  messages.length = 0;
  await useMocks(preview);
  declare();
  await resources();
  // Mocks answer at once: the warnings for the last ones come right after.
  await setImmediate();
  return messages.map((message) => message.replace("warning: [runtime] ", "")).sort();
}

/** An id that only an update knows, where `value` is not given as known. */
class Later extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string, value?: string) {
    super("test:index:Later", name, { value });
  }
}

class Zone extends pulumi.ComponentResource {
  constructor(name: string) {
    super("landing-zone:index:Zone", name);
  }
}

const taken =
  "if Pulumi deletes one of the two, the other loses it; remove it from one of them, and if both are already in the state, first run pulumi state remove for that one";

const grant = (one: string, other: string) =>
  `${one} and ${other} both claim the grant of roles/cloudsupport.techSupportEditor to user:ada@example.com on projects/shop-dev: ${taken} [claimed-twice]`;

describe("two that claim the same", () => {
  it("are reported by the names of both, with the consequence and the fix", async () => {
    const shop = {
      editors: ["user:ada@example.com"],
      contacts: { legal: ["a@example.com"] },
    };
    const declare = () => {
      new CustomerCare("plain", { plan: "enhanced", projects: { "shop-dev": shop } });
      new CustomerCare("careful", { plan: "enhanced", projects: { shop: { projectId: "shop-dev", ...shop } } });
    };
    const expected = [
      grant(
        "careful/projects/shop-dev/editors/user:ada@example.com",
        "plain/projects/shop-dev/editors/user:ada@example.com",
      ),
      `careful/projects/shop-dev/a@example.com and plain/projects/shop-dev/a@example.com both claim the contact a@example.com of projects/shop-dev: Google refuses a second one, and ${taken} [claimed-twice]`,
    ].sort();
    for (const preview of [true, false]) assert.deepEqual(await warnings(declare, { preview }), expected);
  });

  it("are reported if one is a single component, and if they have their own providers", async () => {
    assert.deepEqual(
      await warnings(() => {
        const projects = { "shop-dev": { editors: ["user:ada@example.com"] } };
        new CustomerCare("care", { plan: "enhanced", projects }, { providers: { gcp: new gcp.Provider("one") } });
        new SupportAccess(
          "access",
          { projectId: "shop-dev", editors: ["user:Ada@example.com"] },
          { providers: { gcp: new gcp.Provider("other") } },
        );
      }),
      [grant("access/editors/user:ada@example.com", "care/projects/shop-dev/editors/user:ada@example.com")],
    );
  });

  it("are reported as soon as they are known: by the update if the preview cannot", async () => {
    const declare = () => {
      const projectId = new Later("project", pulumi.runtime.isDryRun() ? undefined : "shop-dev").value;
      new SupportAccess("one", { projectId, editors: ["user:ada@example.com"] });
      new SupportAccess("other", { projectId: "shop-dev", editors: { ada: "user:ada@example.com" } });
    };
    assert.deepEqual(await warnings(declare, { preview: true }), []);
    assert.deepEqual(await warnings(declare), [
      grant("one/editors/user:ada@example.com", "other/editors/user:ada@example.com"),
    ]);
  });

  it("are reported without secrets", async () => {
    const editors = { ada: pulumi.secret("user:ada@example.com") };
    const reported = await warnings(() => {
      new SupportAccess("one", { projectId: "shop-dev", editors });
      new SupportAccess("other", { projectId: "shop-dev", editors });
    });
    assert.deepEqual(reported, [
      `one/editors/ada and other/editors/ada both claim the same resource (its name is a secret): ${taken} [claimed-twice]`,
    ]);
  });

  it("are reported for a case that both adopt", async () => {
    const adopt = "projects/shop-dev/cases/43595344";
    assert.deepEqual(
      await warnings(() => {
        for (const name of ["one", "other"]) new TestSupportCase(name, { projectId: "shop-dev", adopt });
      }),
      [
        `one and other both claim the case ${adopt}: each of them updates and closes it as its own; remove it from one of them [claimed-twice]`,
      ],
    );
  });

  it("are reported for cases with the same marker, such as those of two components with one name", async () => {
    assert.deepEqual(
      await warnings(() => {
        new TestSupportCase("case", { projectId: "shop-dev" });
        new TestSupportCase("case", { projectId: "shop-dev" }, { parent: new Zone("zone") });
      }),
      [
        "case (of urn:pulumi:test::customer-care::customer-care:index:TestSupportCase::case) and case (of urn:pulumi:test::customer-care::landing-zone:index:Zone$customer-care:index:TestSupportCase::case) both claim a case of projects/shop-dev that is marked as case's: each of them can take over or close the other's case; give one of them another name [claimed-twice]",
      ],
    );
  });
});

describe("an acknowledged claim", () => {
  const shop = { projectId: "shop-dev", editors: ["user:ada@example.com"] };
  const expected = [grant("one/editors/user:ada@example.com", "other/editors/user:ada@example.com")];
  const declare = (acknowledge: Readonly<Record<string, string>>) => () => {
    new SupportAccess("one", { ...shop, acknowledge });
    new SupportAccess("other", shop);
  };

  it("by one of the two is not reported, at each place or at its own", async () => {
    for (const key of ["claimed-twice", "claimed-twice projects/shop-dev"])
      assert.deepEqual(await warnings(declare({ [key]: "They move." })), [], key);
  });

  it("at another place, by another name, or by a component that has no part in it, is reported", async () => {
    for (const key of ["claimed-twice projects/shop-prod", "grant-exists", "claimed-twice projects/shop-de"])
      assert.deepEqual(await warnings(declare({ [key]: "They move." })), expected, key);
    const apart = () => {
      declare({})();
      new SupportAccess("third", { projectId: "pay-dev", acknowledge: { "claimed-twice": "They move." } });
    };
    assert.deepEqual(await warnings(apart), expected);
  });

  it("by a component is not reported for those below it", async () => {
    const projects = { "shop-dev": { editors: ["user:ada@example.com"] } };
    const both = () => {
      new CustomerCare("care", { plan: "enhanced", projects, acknowledge: { "claimed-twice": "They move." } });
      new SupportAccess("other", shop);
    };
    assert.deepEqual(await warnings(both), []);
  });
});

describe("nothing is reported", () => {
  it("for a service that two enable, since neither disables it, nor for test cases in the same project", async () => {
    assert.deepEqual(
      await warnings(() => {
        new ProjectServices("services", { projectId: "shop-dev" });
        for (const name of ["one", "other"])
          new CustomerCare(name, {
            plan: "enhanced",
            projects: { "shop-dev": {} },
            testCase: { project: "shop-dev" },
          });
      }),
      [],
    );
  });

  it("of a run before in the same process", async () => {
    const declare = (name: string) =>
      new SupportAccess(name, { projectId: "shop-dev", editors: ["user:a@example.com"] });
    assert.deepEqual(await warnings(() => declare("one")), []);
    assert.deepEqual(await warnings(() => declare("other")), []);
  });

  it("of instances that share what they want out among them, however that is and in which order", async () => {
    const places = ["organizationId", "folderId", "projectId"] as const;
    const ids = { organizationId: "123456789012", folderId: "123456789012", projectId: "shop-dev" };
    const part = fc.record({
      place: fc.constantFrom(...places),
      editors: fc.boolean(),
      address: fc.constantFrom("user:a@example.com", "user:b@example.com", "group:a@example.com"),
    });
    const parts = fc.uniqueArray(part, { selector: (one) => JSON.stringify(one), maxLength: 18 });
    const owners = fc.array(fc.nat({ max: 2 }), { minLength: 18, maxLength: 18 });
    await fc.assert(
      fc.asyncProperty(parts, owners, fc.boolean(), async (all, ownerOf, preview) => {
        const declare = () =>
          all.forEach(({ place, editors, address }, index) => {
            const name = `${String(ownerOf[index])}/${String(index)}`;
            const where = { [place]: index % 2 === 0 ? ids[place] : pulumi.output(ids[place]) };
            if (editors) new SupportAccess(name, { ...where, editors: [address] });
            else
              new EssentialContacts(name, {
                ...where,
                contacts: { legal: [address.replace(/^\w+:/, `${address.split(":")[0] ?? ""}.`)] },
              });
          });
        assert.deepEqual(await warnings(declare, { preview }), []);
      }),
      { numRuns: 30 },
    );
  });

  it("of another order: the warnings for two instances are the same", async () => {
    const instances = [
      () => new SupportAccess("one", { projectId: "shop-dev", editors: ["user:ada@example.com"] }),
      () => new SupportAccess("other", { projectId: "shop-dev", editors: ["user:ada@example.com"] }),
    ];
    const reported = await warnings(() => instances.forEach((make) => make()));
    assert.equal(reported.length, 1);
    assert.deepEqual(await warnings(() => instances.toReversed().forEach((make) => make())), reported);
  });
});
