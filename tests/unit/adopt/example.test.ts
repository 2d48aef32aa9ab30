/** The answer that docs/how-to/adopt.md shows is the one that the local cloud gives. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
import { textOf } from "../../../care/adopt/text.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import { adopting } from "./adopting.ts";

const config = {
  plan: "enhanced",
  folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
  projects: {
    "shop-dev": {
      services: ["cloudsupport.googleapis.com", "essentialcontacts.googleapis.com"],
      editors: ["user:ada@example.com"],
      contacts: { technical: ["shop-oncall@example.com"], security: ["security@example.com"] },
    },
  },
};

it("the example of docs/how-to/adopt.md", async (t) => {
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  const project = cloud.state.projects.get("shop-dev") ?? assert.fail();
  project.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
  project.policy.bindings.push({
    role: "roles/cloudsupport.techSupportEditor",
    members: ["user:ada@example.com", "user:zoe@example.com"],
  });
  for (const [id, email, categories] of [
    [1, "shop-oncall@example.com", ["TECHNICAL"]],
    [2, "security@example.com", ["SECURITY", "LEGAL"]],
  ] as const) {
    const name = `projects/100000000001/contacts/${String(id)}`;
    cloud.state.contacts.set(name, {
      name,
      email,
      notificationCategorySubscriptions: [...categories],
      languageTag: "en",
      validationState: "VALID",
      validateTime: "2026-01-01T00:00:00Z",
    });
  }
  const adoption = await adopting(cloud, { config });
  const answer = textOf(adoption, { cwd: ".", file: "adopt.json" });
  const document = readFileSync(join(root, "docs/how-to/adopt.md"), "utf8");
  assert.ok(
    document.includes(`$ npm run --silent care -- adopt --stack dev --file adopt.json\n${answer}\`\`\``),
    answer,
  );
});
