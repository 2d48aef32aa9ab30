/** Each finding of `care doctor`, provoked on a local cloud: it is found, with its remedy, and nothing else is. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { acknowledgeableIds, findingIds } from "../../../../onboarding/index.ts";
import type { Finding } from "../../../../care/doctor/finding.ts";
import type { FindingId } from "../../../../onboarding/index.ts";
import { startCloud } from "../../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../../tools/localCloud/index.ts";
import { shippedStacks } from "../../../support/environments/index.ts";
import { examined, inBrief } from "../../../support/examination.ts";
import { alerts } from "./alerts.ts";
import { apis } from "./apis.ts";
import { cases } from "./cases.ts";
import { configs } from "./configs.ts";
import { credentials } from "./credentials.ts";
import { deletions } from "./deletions.ts";
import { permissions } from "./permissions.ts";
import { places } from "./places.ts";
import { policies } from "./policies.ts";
import { reads } from "./reads.ts";
import { resources } from "./resources.ts";
import { organizationOf, shipped } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";
import { supportEvents } from "./supportEvents.ts";

/** The scenarios by what they are about. */
const scenarios: readonly Scenario[] = [
  ...credentials,
  ...apis,
  ...places,
  ...permissions,
  ...policies,
  ...resources,
  ...deletions,
  ...alerts,
  ...supportEvents,
  ...cases,
  ...reads,
  ...configs,
];

describe("care doctor on a local cloud", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(() => cloud.reset());
  afterAll(() => cloud.close());

  for (const { when, given, plant, found, what, remedy } of scenarios)
    it(`finds ${found.length === 0 ? "nothing" : "just that"} when ${when}`, async () => {
      plant?.(cloud);
      const before = JSON.stringify([...cloud.state.contacts.values(), organizationOf(cloud)]);
      const findings = await examined(cloud, given);
      assert.deepEqual(inBrief(findings), found, JSON.stringify(findings, undefined, 2));
      // A command with which skipped checks run is no fix.
      for (const { level, what, purpose } of findings)
        assert.equal(purpose !== undefined, level === "note" && what.includes("checks were skipped"), what);
      if (what !== undefined) assert.match(findings[0]?.what ?? "", what);
      if (remedy !== undefined) assert.equal(findings[0]?.remedy, remedy);
      assert.equal(JSON.stringify([...cloud.state.contacts.values(), organizationOf(cloud)]), before);
      assert.deepEqual(
        cloud.requests.filter(
          ({ method, rpc }) => method !== "GET" && !/^(TestIamPermissions|GetIamPolicy|TokenInfo)$/.test(rpc),
        ),
        [],
        "only reads",
      );
    });

  for (const { when, given, plant, found } of scenarios.filter((one) => one.found.length > 0))
    it(`leaves all but an acknowledged finding as it is, and each error, when ${when}`, async () => {
      const shown = (findings: readonly Finding[]) =>
        findings
          .filter(({ id }) => id !== "acknowledgement-unused")
          .map(({ level, id, where, acknowledged }) => ({ line: `${level} ${id} ${where}`, acknowledged }));
      plant?.(cloud);
      for (const { id, where } of await examined(cloud, given)) {
        if (!(acknowledgeableIds as FindingId[]).includes(id)) continue;
        for (const key of [id, `${id} ${where}`]) {
          const config = { ...given.config, acknowledge: { [key]: "We know." } };
          const isMeant = (line: string) =>
            !line.startsWith("error ") && (key === id ? line.split(" ")[1] === id : line.endsWith(` ${key}`));
          const expected = found
            .filter((line) => !line.includes(" acknowledgement-unused "))
            .map((line) =>
              isMeant(line)
                ? { line: line.replace(/^warning/, "note"), acknowledged: "We know." }
                : { line, acknowledged: undefined },
            );
          const findings = await examined(cloud, { ...given, config });
          const sort = (all: typeof expected) => all.map((one) => JSON.stringify(one)).sort();
          assert.deepEqual(sort(shown(findings)), sort(expected), key);
          assert.ok(!findings.some((one) => one.id === "acknowledgement-unused" && one.where.includes(key)), key);
        }
      }
    });

  for (const stack of shippedStacks)
    it(`finds nothing that keeps \`care doctor && pulumi up\` from the stack ${stack}, as it comes`, async () => {
      const { own, gcp } = shipped(stack);
      const findings = await examined(cloud, { config: { plan: "enhanced", ...own }, gcp });
      assert.deepEqual(
        findings.filter(({ level }) => level !== "note"),
        [],
      );
    });

  it("provokes every kind of finding here, but those of the config and of the tools, which need no cloud", () => {
    const provoked = new Set(scenarios.flatMap(({ found }) => found.map((line) => line.split(" ")[1] as FindingId)));
    const missing = (Object.keys(findingIds) as FindingId[]).filter((id) => !provoked.has(id));
    assert.deepEqual(missing, ["config", "node-too-old", "pulumi-too-old"]);
  });
});
