/** The gcp providers in the state of the stack. The state is only exported if the program has created a provider in it. */
import type * as pulumi from "@pulumi/pulumi";
import { formerState, nameIn, typeIn } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import type { RunContext } from "./run.ts";
import { exportedState } from "./stateExport.ts";

const providerType = "pulumi:providers:gcp";

/** The engine creates such a provider from the stack's `gcp:` config. */
const isDefault = (urn: pulumi.URN) => /^default(_|$)/.test(nameIn(urn));

/** Whether a program has created one of the state's gcp providers. */
export const hasOwnProviders = ({ resources }: FormerState) =>
  Object.keys(resources).some((urn) => typeIn(urn) === providerType && !isDefault(urn));

/** Undefined for a resource of the engine's default provider, that is, of the stack's caller. */
export type ProviderInState = (urn: pulumi.URN) => pulumi.URN | undefined;

/** Read once for each run, when something is deleted. @throws Error if the CLI cannot export the state */
export const providersInState = (run: RunContext): Promise<ProviderInState> => run.shared(readProviders);

async function readProviders(run: RunContext): Promise<ProviderInState> {
  if (!hasOwnProviders(await formerState(run))) return () => undefined;
  const { resources = [] } = await exportedState(run);
  const providers = new Map(
    resources.flatMap(({ urn, provider = "", delete: isReplaced = false }) => {
      // A reference is the URN and the ID of the provider.
      const [, of = ""] = /^(.*)::[^:]*$/.exec(provider) ?? [];
      return of === "" || isReplaced || isDefault(of) ? [] : [[urn, of] as const];
    }),
  );
  return (urn) => providers.get(urn);
}
