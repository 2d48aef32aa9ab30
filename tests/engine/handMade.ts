/** An organization that people have set up by hand: the configured resources, created through Google's APIs, without Pulumi. */
import assert from "node:assert/strict";
import type { Cloud } from "../../tools/localCloud/index.ts";

export interface ByHand {
  /** Such as `projects/shop-dev cloudsupport.googleapis.com`. */
  readonly services?: readonly string[];
  /** Such as `projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com`. */
  readonly grants?: readonly string[];
  /** Such as `projects/shop-dev oncall@example.com TECHNICAL,BILLING en`. */
  readonly contacts?: readonly string[];
}

interface Policy {
  readonly bindings?: readonly {
    readonly role: string;
    readonly members: readonly string[];
    readonly condition?: unknown;
  }[];
}

export async function madeByHand(cloud: Cloud, { services = [], grants = [], contacts = [] }: ByHand): Promise<void> {
  const call = async <Reply>(endpoint: string, path: string, body: unknown): Promise<Reply> => {
    const url = `${cloud.environment[`GOOGLE_${endpoint}_CUSTOM_ENDPOINT`] ?? assert.fail(endpoint)}${path}`;
    const authorization = `Bearer ${cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? ""}`;
    const headers = { authorization, "content-type": "application/json" };
    const reply = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(reply.status, 200, await reply.clone().text());
    return (await reply.json()) as Reply;
  };
  // Contacts are counted against a project where the API is on, as the console's own is.
  for (const line of contacts) {
    const [parent, email, categories = "", languageTag] = line.split(" ");
    const notificationCategorySubscriptions = categories.split(",");
    await call("ESSENTIAL_CONTACTS", `${parent ?? ""}/contacts`, {
      email,
      notificationCategorySubscriptions,
      languageTag,
    });
  }
  for (const line of services) await call("SERVICE_USAGE", `${line.replace(" ", "/services/")}:enable`, {});
  for (const line of grants) {
    const [resource = "", role = "", member = ""] = line.split(" ");
    const options = { requestedPolicyVersion: 3 };
    const policy = await call<Policy>("RESOURCE_MANAGER_V3", `${resource}:getIamPolicy`, { options });
    const { bindings = [] } = policy;
    const isOf = (binding: (typeof bindings)[number]) => binding.role === role && binding.condition === undefined;
    const next = bindings.some(isOf)
      ? bindings.map((binding) => (isOf(binding) ? { ...binding, members: [...binding.members, member] } : binding))
      : [...bindings, { role, members: [member] }];
    await call("RESOURCE_MANAGER_V3", `${resource}:setIamPolicy`, {
      policy: { ...policy, bindings: next, version: 3 },
    });
  }
}
