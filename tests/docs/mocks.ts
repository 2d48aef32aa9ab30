/** Pulumi's mocks: what an example would create, without an engine. */
import * as pulumi from "@pulumi/pulumi";

/** What only the cloud knows of a resource that was just created. */
const outputs: Readonly<Record<string, object>> = {
  "gcp:organizations/folder:Folder": { folderId: "456789012345" },
  "gcp:serviceaccount/account:Account": {
    email: "support-bot@shop-dev.iam.gserviceaccount.com",
    member: "serviceAccount:support-bot@shop-dev.iam.gserviceaccount.com",
  },
  "pulumi-nodejs:dynamic/customercare:SupportCase": { name: "projects/shop-dev/cases/43595344", state: "CLOSED" },
  "pulumi:index:Stash": { output: "00000000-0000-4000-8000-000000000000" },
};

export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** What the program registers. */
export async function registeredBy(program: () => unknown): Promise<Registered[]> {
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        registered.push({ type, name, inputs: { ...(inputs as object) } });
        return { id: `${name}-id`, state: { ...(inputs as object), ...outputs[type] } };
      },
      call: ({ token }) =>
        token === "gcp:organizations/getOrganization:getOrganization" ? { orgId: "123456789012" } : {},
    },
    "customer-care",
    "docs",
    false,
    "organization",
  );
  await program();
  await pulumi.runtime.disconnect();
  return registered;
}
