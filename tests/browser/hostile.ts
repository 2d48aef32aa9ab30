/** What nobody should be able to do to the page by a name, an address, a title or a comment. */
import type { State } from "../../tools/localCloud/index.ts";

export const hostile = {
  script: "<script>globalThis.hacked = true</script>",
  image: `"><img src=x onerror="globalThis.hacked = true">`,
  entity: "&lt;b&gt; ' `${1}` </style></details>",
  turned: "\u202egnp.exe\u2066 \u05e9\u05dc\u05d5\u05dd",
  long: `${"long".repeat(500)}@example.com`,
};

export function plant(state: State): void {
  const shop = state.projects.get("shop-dev");
  const pay = state.projects.get("pay-dev");
  const supportCase = state.cases.get("43595344");
  if (shop === undefined || pay === undefined || supportCase === undefined) throw new Error("the seed has changed");
  shop.displayName = hostile.script;
  pay.displayName = hostile.turned;
  pay.policy.bindings.push({ role: "roles/cloudsupport.techSupportEditor", members: [`user:${hostile.image}`] });
  supportCase.displayName = hostile.image;
  const [comment] = supportCase.comments;
  if (comment !== undefined)
    supportCase.comments.push({
      ...comment,
      name: `${comment.name}2`,
      body: `${hostile.entity}\n${hostile.turned}\n${hostile.long}`,
    });
  supportCase.attachments.push({
    name: `${supportCase.name}/attachments/1`,
    createTime: "2026-08-04T08:00:00Z",
    creator: supportCase.creator,
    filename: hostile.script,
    mimeType: "text/plain",
    bytes: Buffer.from("x"),
  });
  for (const [index, email] of [hostile.long, `${hostile.entity}@example.com`].entries()) {
    const name = `${shop.name}/contacts/${String(90 + index)}`;
    state.contacts.set(name, {
      name,
      email,
      notificationCategorySubscriptions: ["TECHNICAL"],
      languageTag: "en",
      validationState: "VALID",
      validateTime: "2026-09-01T00:00:00Z",
    });
  }
  for (const event of state.events.values()) event["title"] = `${String(event["title"])} ${hostile.script}`;
}
