/** The whole life of a case, step by step, as Pulumi's engine leads a resource through it. */
import { sha256 } from "../../components/supportCase/additions.ts";
import { difference } from "../../components/supportCase/difference.ts";
import { markerOf } from "../../components/supportCase/marker.ts";
import { createCase, deleteCase, readCase, updateCase } from "../../components/supportCase/lifeCycle.ts";
import type { MadeCaseInputs, SupportCaseOutputs } from "../../components/supportCase/properties.ts";
import type { Surroundings } from "../../components/supportCase/surroundings.ts";
import { inputs } from "../unit/caseSetting.ts";

export const file = { path: "logs/boot.txt", bytes: Buffer.from("all that was said") };
const attachments = [{ path: file.path, filename: "boot.txt", sha256: sha256(file.bytes) }];

type Asked = Omit<MadeCaseInputs, "isFirstAttempt">;

const first: Asked = { ...inputs, keepOpen: true, comments: ["One"], attachments };
const changed: Asked = {
  ...first,
  priority: "P3",
  displayName: "Renamed",
  subscriberEmailAddresses: ["c@example.com"],
};
const escalated: Asked = {
  ...changed,
  comments: ["One", "Two"],
  escalation: { reason: "businessImpact", justification: "Nobody can pay" },
};
const closed: Asked = { ...escalated, keepOpen: false };

type Step = { readonly up: Asked } | "refresh" | "destroy" | "lose the state";

/** What a person does with the stack, one operation after the other. */
export const lives: Readonly<Record<string, readonly Step[]>> = {
  "closed, then destroyed": [{ up: first }, { up: changed }, { up: escalated }, "refresh", { up: closed }, "destroy"],
  "closed once made": [{ up: { ...first, keepOpen: false } }, "refresh", "destroy"],
  "with a state that is lost": [{ up: first }, "lose the state", { up: escalated }, "destroy"],
  "destroyed while it is open": [{ up: first }, "refresh", { up: escalated }, "destroy"],
};

/** What the engine keeps of the resource between two operations. */
export interface ResourceState {
  readonly outputs: SupportCaseOutputs;
  readonly hasInitErrors: boolean;
}

/** The stack's state: the resource, and whether its life (the Stash) was there before. */
export interface StackState {
  resource?: ResourceState | undefined;
  wasTried: boolean;
  /** Which life it is: a lost state has the next one. */
  life: number;
}

export const newState = (): StackState => ({ wasTried: false, life: 1 });

/** An error that hands on what is made. */
type Partial = Error & { readonly properties?: SupportCaseOutputs & { __provider?: unknown } };

/** Runs an operation as the engine does. What it has made is in the state even if it throws. */
export async function operate(step: Step, state: StackState, surroundings: Surroundings): Promise<void> {
  const { resource } = state;
  if (step === "lose the state") {
    Object.assign(state, { resource: undefined, wasTried: false, life: state.life + 1 });
    // Nobody notices within the search's lag.
    await surroundings.sleep(60_000);
    return;
  }
  if (step === "destroy") {
    if (resource !== undefined) await deleteCase(resource.outputs.name, resource.outputs, surroundings);
    state.resource = undefined;
    return;
  }
  if (step === "refresh") {
    if (resource === undefined) return;
    const outputs = await readCase(resource.outputs.name, resource.outputs, surroundings);
    // A refresh forgets what went wrong.
    state.resource = outputs && { outputs, hasInitErrors: false };
    return;
  }
  const marker = markerOf("acme/customer-care/dev", "testCase", `life ${String(state.life)}`);
  const asked: MadeCaseInputs = { ...step.up, marker, isFirstAttempt: !state.wasTried };
  state.wasTried = true;
  const { changes = true, replaces = [] } = resource ? difference(resource.outputs, asked) : {};
  if (replaces.length > 0) throw new Error(`a replacement was planned: ${replaces.join(", ")}`);
  if (!changes && resource?.hasInitErrors === false) return;
  try {
    const outputs =
      resource === undefined
        ? await createCase(asked, surroundings)
        : await updateCase(resource.outputs.name, resource.outputs, asked, surroundings);
    state.resource = { outputs, hasInitErrors: false };
  } catch (error) {
    const { properties } = error as Partial;
    if (properties !== undefined) {
      const { __provider: _, ...outputs } = properties;
      state.resource = { outputs, hasInitErrors: true };
    }
    throw error;
  }
}

/** What the last `up` of a life asks for. */
export function lastAsked(life: readonly Step[]): Asked {
  const ups = life.flatMap((step) => (typeof step === "object" ? [step.up] : []));
  return ups.at(-1) ?? first;
}
