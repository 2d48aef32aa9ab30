/** A program with the components that its config lists. Each has the stack's provider, or one of the program's own. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";
import type { CustomerCareArgs } from "../../../components/index.ts";

const config = new pulumi.Config("mixed");

interface Listed extends CustomerCareArgs {
  /** The name of its own provider. @default the stack's */
  readonly by?: string;
}

const providers = new Map(
  Object.entries(config.getObject<Record<string, gcp.ProviderArgs>>("providers") ?? {}).map(([name, args]) => [
    name,
    new gcp.Provider(name, { batching: { enableBatching: false }, ...args }),
  ]),
);

for (const [name, { by = "", ...args }] of Object.entries(config.getObject<Record<string, Listed>>("all") ?? {})) {
  const provider = providers.get(by);
  new CustomerCare(name, args, provider && { providers: { gcp: provider } });
}
