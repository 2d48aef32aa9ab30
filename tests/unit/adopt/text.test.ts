/** The text of `care adopt`, and the commands that it suggests. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { nextCommands } from "../../../care/adopt/commands.ts";
import { textOf } from "../../../care/adopt/text.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { addTo, adopting, here } from "./adopting.ts";

let cloud: Cloud;
beforeAll(async () => void (cloud = await startCloud()));
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

const add = addTo(() => cloud);

describe("the text", () => {
  it("shows what a terminal would obey, whoever wrote it", async () => {
    add("projects/100000000001", 1, "security@example.com");
    add("projects/100000000001", 2, "zoe\u202e@example.com\u001b[2J");
    const project = cloud.state.projects.get("shop-dev") ?? assert.fail();
    const condition = { title: "", description: "", expression: 'request.time\n\u009b1A < timestamp("2027")' };
    const members = ["user:cy@example.com"];
    project.policy.bindings.push({ role: "roles/cloudsupport.techSupportEditor", members, condition });
    const config = {
      plan: "enhanced",
      projects: {
        "shop-dev": {
          services: [],
          editors: ["user:ada@example.com"],
          contacts: { security: ["security@example.com"] },
        },
      },
    };
    const text = textOf(await adopting(cloud, { config }), here);
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u);
    assert.match(text, /^ +contact zoe\\u\{202e\}@example\.com\\u\{1b\}\[2J$/m);
    assert.match(text, /if request\.time\\n\\u\{9b\}1A < /);
  });
});

describe("what to run next", () => {
  it("names the file and the folder as they are seen from where the command was run", async () => {
    cloud.state.projects.get("shop-dev")?.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    const adoption = await adopting(cloud, { config: { plan: "enhanced", projects: { "shop-dev": {} } } });
    assert.deepEqual(nextCommands(adoption, { cwd: "../a program", file: "/tmp/a file.json" }), [
      "pulumi import --file '/tmp/a file.json' --protect=false --generate-code=false --stack dev --cwd '../a program'",
      "pulumi preview --stack dev --cwd '../a program'",
      "pulumi up --stack dev --cwd '../a program'",
    ]);
    assert.deepEqual(nextCommands(adoption, here), []);
  });
  it("is no import where there is nothing to import, and the file has an empty list", async () => {
    const config = { plan: "enhanced", projects: { "shop-dev": { services: [], editors: ["user:cy@example.com"] } } };
    const adoption = await adopting(cloud, { config });
    assert.match(
      textOf(adoption, here),
      /\. There is nothing to import\.\n\npulumi preview --stack dev\npulumi up --stack dev\n$/,
    );
    assert.match(
      textOf(adoption, { ...here, file: "adopt.json" }).replace(/\s+/g, " "),
      /\. There is nothing to import: adopt\.json has an empty list of resources\. pulumi preview --stack dev pulumi up --stack dev $/,
    );
  });
});
