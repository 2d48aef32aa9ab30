/**
 * The gcp providers in the state of the stack. The engine does not pass to the program which resource has which provider, so
 * this reads it with `pulumi stack export`, but only if the program has created a provider in the state.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { formerState, nameIn, retryTruncated, typeIn } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import { pulumiProgram } from "./operation.ts";
import type { RunContext } from "./run.ts";

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

interface Exported {
  readonly deployment?: {
    readonly resources?: readonly { readonly urn: string; readonly provider?: string; readonly delete?: boolean }[];
  };
}

async function readProviders(run: RunContext): Promise<ProviderInState> {
  if (!hasOwnProviders(await formerState(run))) return () => undefined;
  const args = ["stack", "export", "--non-interactive", "--stack", pulumi.getStack()];
  const { deployment: { resources = [] } = {} } = await retryTruncated(async () => {
    const { stdout } = await promisify(execFile)(pulumiProgram(run), args, {
      cwd: pulumi.getRootDirectory(),
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    return JSON.parse(stdout) as Exported;
  });
  const providers = new Map(
    resources.flatMap(({ urn, provider = "", delete: isReplaced = false }) => {
      // A reference is the URN and the ID of the provider.
      const [, of = ""] = /^(.*)::[^:]*$/.exec(provider) ?? [];
      return of === "" || isReplaced || isDefault(of) ? [] : [[urn, of] as const];
    }),
  );
  return (urn) => providers.get(urn);
}
