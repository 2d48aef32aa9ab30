/** How an existing case is adopted (components/supportCase/create.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import { difference } from "../../../components/supportCase/diff.ts";
import * as provider from "../../../components/supportCase/index.ts";
import type { SupportCaseInputs } from "../../../components/supportCase/index.ts";
import { unknownValue } from "../../../components/supportCase/properties.ts";
import { inputProblems } from "../../../components/supportCase/check.ts";
import { deleteCase } from "../../../components/supportCase/close.ts";
import { updateCase } from "../../../components/supportCase/complete.ts";
import { readCase } from "../../../components/supportCase/find.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import type { Setting } from "../../support/caseSetting.ts";
import { errorOf } from "./setting.ts";

describe("the adoption of a case", () => {
  const name = "projects/shop-dev/cases/43595344";
  const { version: shape, parent, marker } = inputs;
  const asked: SupportCaseInputs = { version: shape, parent, marker, keepOpen: false, adopt: name };
  const adoptedCase = ({ cloud }: Setting) => cloud.state.cases.get("43595344") ?? assert.fail();

  it("changes nothing, and records only the configured fields", async (t) => {
    const setting = await openSetting(t);
    const before = structuredClone(adoptedCase(setting));
    const outputs = await createCase(asked, setting);
    assert.deepEqual(adoptedCase(setting), before);
    assert.deepEqual(
      setting.cloud.requests.map(({ rpc }) => rpc),
      ["GetCase"],
    );
    assert.equal(outputs.name, name);
    assert.equal(difference(outputs, asked).changes, false);
    assert.deepEqual(await readCase(name, outputs, setting), outputs);
    assert.doesNotMatch(JSON.stringify(outputs), /someone-else/);
  });

  it("leaves it open when it ends, and closes it only where configured", async (t) => {
    const setting = await openSetting(t);
    await deleteCase(name, asked, setting);
    assert.equal(adoptedCase(setting).state, "IN_PROGRESS_GOOGLE_SUPPORT");
    await deleteCase(name, { ...asked, closeOnDestroy: true }, setting);
    assert.equal(adoptedCase(setting).state, "CLOSED");
  });

  it("changes what can be changed, once it is adopted", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(asked, setting);
    await updateCase(name, outputs, { ...asked, priority: "P2", comments: ["Hello"] }, setting);
    assert.equal(adoptedCase(setting).priority, "P2");
    assert.deepEqual(adoptedCase(setting).subscriberEmailAddresses, ["someone-else@example.com"]);
    assert.equal(adoptedCase(setting).comments.at(-1)?.body, "Hello");
  });

  it("is refused with all that speaks against it", async (t) => {
    const setting = await openSetting(t);
    const { name: another } = await createCase({ ...inputs, keepOpen: true }, setting);
    const marked = { ...asked, adopt: another, marker: provider.markerOf("acme/customer-care/prod", "testCase", "1") };
    const { message } = await errorOf(createCase({ ...marked, priority: "P2", displayName: "Another" }, setting));
    assert.equal(
      message,
      `case ${another} cannot be adopted: its displayName is "Test issue", and the config has "Another"; write the value of the case; ` +
        'its priority is "P4", and the config has "P2"; write the value of the case; ' +
        "it belongs to Pulumi stack acme/customer-care/dev, resource testCase; remove it from that stack first",
    );
    assert.equal(setting.calls("UpdateCase"), 0);
    assert.match(
      (await errorOf(createCase({ ...asked, adopt: "projects/shop-dev/cases/7" }, setting))).message,
      /^case projects\/shop-dev\/cases\/7 was not found; write the name of a case/,
    );
  });

  it("is reported in the preview where it is of another project", () => {
    const problems = (adopt: string) => inputProblems({ ...asked, adopt }).map(({ property }) => property);
    assert.deepEqual(problems("projects/pay-dev/cases/1"), ["adopt"]);
    assert.deepEqual(problems("shop-dev/1"), ["adopt"]);
    assert.deepEqual(problems("projects/100000000001/cases/1"), []);
    assert.deepEqual(problems(unknownValue), []);
  });
});
