/** The whole life of a case, step by step, as Pulumi's engine leads a resource through it. */
import assert from "node:assert/strict";
import { sha256 } from "../../components/supportCase/additions.ts";
import { difference } from "../../components/supportCase/difference.ts";
import { markerOf } from "../../components/supportCase/marker.ts";
import { createCase, deleteCase, readCase, updateCase } from "../../components/supportCase/lifeCycle.ts";
import type {
  AdoptedCaseInputs,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "../../components/supportCase/properties.ts";
import type { Surroundings } from "../../components/supportCase/surroundings.ts";
import { inputs } from "../unit/caseSetting.ts";

/** What is in the files, by path. Two have one name, and two have one content. */
export const files: Readonly<Record<string, Buffer>> = {
  "logs/boot.txt": Buffer.from("all that was said"),
  "new/boot.txt": Buffer.from("and what came after"),
  "logs/copy.txt": Buffer.from("all that was said"),
};
const [file, ...others] = Object.entries(files).map(([path, bytes]) => ({
  ...{ path, filename: path.replace(/.*\//, ""), sha256: sha256(bytes) },
}));
const attachments = file === undefined ? [] : [file];

type Asked = Omit<MadeCaseInputs, "isFirstAttempt"> | Omit<AdoptedCaseInputs, "isFirstAttempt">;

const first = { ...inputs, keepOpen: true, comments: ["One"], attachments };
const changed = {
  ...first,
  priority: "P3",
  displayName: "Renamed",
  subscriberEmailAddresses: ["c@example.com"],
} as const;
const escalated = {
  ...changed,
  comments: ["One", "Two"],
  escalation: { reason: "businessImpact", justification: "Nobody can pay" },
} as const;
const closed = { ...escalated, keepOpen: false };
/** A file of another content under the same name, and one of the same content under another name. */
const withMoreFiles = { ...first, keepOpen: false, attachments: [...attachments, ...others] };

/** A case that somebody has made before. */
export const somebodys = "projects/shop-dev/cases/50000000";
const { version, parent, marker } = inputs;
const adopted = { version, parent, marker, keepOpen: false, adopt: somebodys };
const adoptedAndChanged = { ...adopted, priority: "P2", comments: ["One"], closeOnDestroy: true } as const;

type Step =
  | { readonly up: Asked }
  | "refresh"
  | "destroy"
  | "lose the state"
  | "lose the case's state"
  | "an agent closes it"
  | "somebody removes it"
  | "somebody makes a case"
  | "somebody makes a copy of it";

export interface Life {
  readonly steps: readonly Step[];
  /** How many cases there are in the end. @default 1 */
  readonly cases?: number;
  /** Whether the stack has another name each time that it is put up. */
  readonly isRenamed?: boolean;
}

/** What a person does with the stack, one operation after the other. */
export const lives: Readonly<Record<string, Life>> = {
  "closed, then destroyed": {
    steps: [{ up: first }, { up: changed }, { up: escalated }, "refresh", { up: closed }, "destroy"],
  },
  "closed once made": { steps: [{ up: withMoreFiles }, "refresh", "destroy"] },
  "of a stack that is renamed": { steps: [{ up: first }, { up: closed }, "destroy"], isRenamed: true },
  "with a state that is lost": { steps: [{ up: first }, "lose the state", { up: escalated }, "destroy"] },
  "with a state that is lost, and other words since": {
    steps: [{ up: first }, "lose the state", { up: { ...first, description: "Other words" } }, "destroy"],
    cases: 2,
  },
  "with a case that is in no state any more, and a copy": {
    steps: [{ up: first }, "somebody makes a copy of it", "lose the case's state", { up: escalated }, "destroy"],
    cases: 2,
  },
  "destroyed while it is open": { steps: [{ up: first }, "refresh", { up: escalated }, "destroy"] },
  "destroyed, then put up again": { steps: [{ up: first }, "destroy", { up: withMoreFiles }, "destroy"], cases: 2 },
  "closed by an agent": { steps: [{ up: first }, "an agent closes it", "refresh", { up: first }, "destroy"] },
  "closed once made, then to stay open": {
    steps: [{ up: { ...first, keepOpen: false } }, "lose the case's state", { up: first }, "destroy"],
    cases: 2,
  },
  removed: { steps: [{ up: first }, "somebody removes it", "refresh", { up: first }, "destroy"] },
  adopted: {
    steps: ["somebody makes a case", { up: adopted }, { up: adoptedAndChanged }, "refresh", "destroy"],
  },
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
  /** Which life it is: a destroy and a lost state begin the next one. */
  life: number;
  /** How often the stack was put up. */
  ups: number;
  /** The last case that was in the state. */
  lastCase: string;
}

export const newState = (): StackState => ({ wasTried: false, life: 1, ups: 0, lastCase: "" });

const nextLife = ({ life }: StackState) => ({ resource: undefined, wasTried: false, life: life + 1 });

export const markerOfLife = (life: number, stack = "dev") =>
  markerOf(`acme/customer-care/${stack}`, "testCase", `life ${String(life)}`);

/** An error that hands on what is made. */
interface Partial {
  readonly id?: string;
  readonly properties?: SupportCaseOutputs & { __provider?: unknown };
  readonly reasons?: readonly string[];
}

/** Runs an operation as the engine does. What it has made is in the state even if it throws. */
export async function operate(life: Life, step: Step, state: StackState, world: Operating): Promise<void> {
  const { surroundings } = world;
  const { resource } = state;
  if (step === "destroy") {
    if (resource !== undefined) await deleteCase(resource.outputs.name, resource.outputs, surroundings);
    Object.assign(state, nextLife(state));
  } else if (step === "refresh") {
    if (resource === undefined) return;
    const outputs = await readCase(resource.outputs.name, resource.outputs, surroundings);
    // A refresh forgets what went wrong.
    state.resource = outputs && { outputs, hasInitErrors: false };
  } else if (typeof step === "object") {
    state.ups++;
    const marker = markerOfLife(state.life, life.isRenamed ? `dev${String(state.ups)}` : "dev");
    await put({ ...step.up, marker, isFirstAttempt: !state.wasTried }, state, surroundings);
  } else {
    if (step === "lose the state") Object.assign(state, nextLife(state));
    else if (step === "lose the case's state") state.resource = undefined;
    else world.happen(step, state.lastCase);
    // Nobody goes on within the search's lag.
    await surroundings.sleep(60_000);
  }
}

/** Where an operation takes place. */
export interface Operating {
  readonly surroundings: Surroundings;
  /** Somebody does it, beside Pulumi. */
  happen(what: Extract<Step, `somebody ${string}` | `an agent ${string}`>, name: string): void;
}

async function put(asked: SupportCaseInputs, state: StackState, surroundings: Surroundings): Promise<void> {
  const { resource } = state;
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
    const { id, properties, reasons = [] } = error as Partial;
    if (properties !== undefined) {
      const { __provider: provider, ...outputs } = properties;
      // Without these the engine cannot refresh or destroy it, or takes it for done.
      assert.deepEqual([id, provider, reasons.length], [outputs.name, surroundings.provider, 1], "a partial failure");
      state.resource = { outputs, hasInitErrors: true };
    }
    throw error;
  } finally {
    state.lastCase = state.resource?.outputs.name ?? state.lastCase;
  }
}

/** What the last `up` of a life asks for. */
export function lastAsked({ steps }: Life): Asked {
  const ups = steps.flatMap((step) => (typeof step === "object" ? [step.up] : []));
  return ups.at(-1) ?? first;
}
