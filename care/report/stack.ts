/** What the stack itself contains: its config, its outputs, and the cases of its state. */
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { formatPath } from "../../onboarding/index.ts";
import { withSection } from "../../text/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { casesOfState } from "../case/state.ts";
import type { StateCases } from "../case/state.ts";
import { managedByAny } from "../stack/managed.ts";
import type { Managed } from "../stack/managed.ts";
import { failure, readStack } from "../stack/readStack.ts";
import { UsageError } from "../userError.ts";

export interface StackContents {
  readonly name: string;
  readonly project: string;
  readonly config: CustomerCareConfig;
  /** The value of a full key such as `gcp:project`. */
  readonly value: (key: string) => string | undefined;
  /** All of the values, decrypted. */
  readonly values: Readonly<Record<string, string>>;
  readonly cases: StateCases;
  /** The places in its output `checklist`, including those that are not in the config, such as a project created by the program. */
  readonly places: readonly ResourceName[];
  /** The resources of this package's types in its state. */
  readonly managed: readonly Managed[];
}

const command = "care report";

/** @throws UsageError if the stack or its config cannot be read */
export async function readContents(workDir: string, stackName: string | undefined): Promise<StackContents> {
  const { workspace, name, project, checked, config: value } = await readStack(command, workDir, stackName);
  if (checked.config === undefined) {
    const problems = checked.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
    throw new UsageError(
      withSection(
        `${command}: the config of ${name} is invalid: ${problems.join("; ")}. Run care doctor for details.`,
        ...checked.problems.map(({ section = "config" }) => section),
      ),
    );
  }
  const [state, all] = await Promise.all([
    workspace.exportStack(name).catch(failure(command, `the state of ${name} cannot be read`)),
    workspace.getAllConfig(name).catch(failure(command, `the config of ${name} cannot be read`)),
  ]);
  const deployment: unknown = state.deployment;
  return {
    name,
    project,
    value,
    config: checked.config,
    values: Object.fromEntries(Object.entries(all).map(([key, { value: text }]) => [key, text])),
    cases: casesOfState(deployment),
    places: placesOfOutputs(deployment),
    managed: managedByAny(deployment),
  };
}

interface StackResource {
  readonly type?: string;
  readonly outputs?: { readonly checklist?: unknown };
}

/** The output has rows by place. A landing zone may export the rows directly. */
export function placesOfOutputs(deployment: unknown): ResourceName[] {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly StackResource[] };
  const checklist = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs?.checklist;
  const names = Array.isArray(checklist)
    ? checklist.map((row: { readonly where?: unknown } | null) => row?.where)
    : Object.keys(checklist ?? {});
  const isPlace = (name: unknown): name is ResourceName =>
    typeof name === "string" && /^(organizations|folders|projects)\/[^/]+$/.test(name);
  return [...new Set<ResourceName>(names.filter(isPlace))].sort();
}
