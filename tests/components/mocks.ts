/** Pulumi's mocks: what a program registers, without an engine. */
import * as pulumi from "@pulumi/pulumi";

export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly isComponent: boolean;
}

const registered: Registered[] = [];

/** What a resource's cloud would answer. */
function stateOf({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
  const given = inputs as Record<string, unknown>;
  if (type === "pulumi:index:Stash") return { input: given["input"], output: given["input"] };
  if (type.endsWith(":SupportCase")) return { ...given, name: `${String(given["parent"])}/cases/1`, state: "CLOSED" };
  return { ...given, name };
}

/** @param preview Whether what only an update knows is unknown. */
export async function useMocks(preview = false): Promise<void> {
  registered.length = 0;
  const mocks: pulumi.runtime.Mocks = {
    newResource: (args) => {
      const { __provider: _, ...inputs } = args.inputs as Record<string, unknown>;
      registered.push({ type: args.type, name: args.name, inputs, isComponent: args.custom === false });
      return { id: preview ? undefined : `${args.name}-id`, state: preview ? { ...inputs } : stateOf(args) };
    },
    call: ({ token }) =>
      token === "gcp:organizations/getOrganization:getOrganization" ? { orgId: "123456789012" } : {},
  };
  await pulumi.runtime.setMocks(mocks, "customer-care", "test", preview, "organization");
}

/** All that was registered, once the program has come to rest. */
export async function resources(): Promise<readonly Registered[]> {
  await pulumi.runtime.disconnect();
  return [...registered].sort((one, other) => (`${one.name} ${one.type}` < `${other.name} ${other.type}` ? -1 : 1));
}
