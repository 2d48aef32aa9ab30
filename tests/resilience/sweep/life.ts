/** The whole life of a case, step by step, as Pulumi's engine leads a resource through it. */
import assert from "node:assert/strict";
import { sha256 } from "../../../components/supportCase/properties.ts";
import { difference } from "../../../components/supportCase/diff.ts";
import { markerOf } from "../../../components/supportCase/own.ts";
import { deleteCase } from "../../../components/supportCase/close.ts";
import { updateCase } from "../../../components/supportCase/complete.ts";
import { createCase } from "../../../components/supportCase/create.ts";
import { readCase } from "../../../components/supportCase/find.ts";
import type {
  AdoptedCaseInputs,
  FormerLife,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "../../../components/supportCase/properties.ts";
import type { Dependencies } from "../../../components/supportCase/write.ts";
import { inputs } from "../../support/caseSetting.ts";

/** The content of the files, by path. Two have one name, and two have one content. */
export const files: Readonly<Record<string, Buffer>> = {
  "logs/boot.txt": Buffer.from("the whole log"),
  "new/boot.txt": Buffer.from("and what came after"),
  "logs/copy.txt": Buffer.from("the whole log"),
};
const [file, ...others] = Object.entries(files).map(([path, bytes]) => ({
  path,
  filename: path.replace(/.*\//, ""),
  sha256: sha256(bytes),
}));
const attachments = file === undefined ? [] : [file];

type Asked = Omit<MadeCaseInputs, "isFirstAttempt" | "formerLives"> | Omit<AdoptedCaseInputs, "isFirstAttempt">;

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

/** A case that somebody has created before. */
export const somebodys = "projects/shop-dev/cases/50000000";
const { version, parent, marker } = inputs;
const adopted = { version, parent, marker, keepOpen: false, adopt: somebodys };
const adoptedAndChanged = { ...adopted, priority: "P2", comments: ["One"], closeOnDestroy: true } as const;

/** The same, for the organization. */
const atOrganization = { ...first, parent: "organizations/123456789012" };
const atOrganizationInOtherWords = { ...atOrganization, description: "Other words" };

/** The case of another backend's stack of this name. */
export const anotherBackends = "projects/shop-dev/cases/50000001";

type Step =
  | { readonly up: Asked }
  /** The update is refused, and nothing has changed. */
  | { readonly refused: Asked }
  /** The update, with another one at the same time, as after `pulumi cancel`. */
  | { readonly twice: Asked }
  | "refresh"
  | "destroy"
  | "lose the state"
  | "lose the case's state"
  | "an agent closes it"
  | "somebody removes it"
  | "somebody makes a case"
  | "somebody makes a copy of it"
  | "another backend makes a case"
  | "others quote it"
  | "somebody closes those that are in no state";

export interface Life {
  readonly steps: readonly Step[];
  /** How many cases there are in the end. @default 1 */
  readonly cases?: number;
  /** How many there are at least. @default as many */
  readonly least?: number;
  /** Whether the stack has another name each time that it is deployed. */
  readonly isRenamed?: boolean;
}

/** What a person does with the stack, one operation after the other. */
export const lives: Readonly<Record<string, Life>> = {
  "closed, then destroyed": {
    steps: [{ up: first }, { up: changed }, { up: escalated }, "refresh", { up: closed }, "destroy"],
  },
  "closed once created": { steps: [{ up: withMoreFiles }, "refresh", "destroy"] },
  "of a stack that is renamed": { steps: [{ up: first }, { up: closed }, "destroy"], isRenamed: true },
  "with a state that is lost": {
    steps: [
      { up: first },
      "lose the state",
      { refused: escalated },
      "somebody closes those that are in no state",
      { up: escalated },
      "destroy",
    ],
    cases: 2,
  },
  "with a state that is lost, and other words since": {
    steps: [
      { up: first },
      "lose the state",
      { refused: { ...first, description: "Other words" } },
      "somebody closes those that are in no state",
      { up: { ...first, description: "Other words" } },
      "destroy",
    ],
    cases: 2,
  },
  "of a stack whose name another backend has": {
    steps: [
      "another backend makes a case",
      { refused: first },
      { up: { ...first, ignoreCases: [anotherBackends] } },
      "destroy",
    ],
  },
  "quoted by others while it is in no state": {
    steps: [{ up: first }, "others quote it", "lose the case's state", { up: escalated }, "destroy"],
  },
  "that moves to the organization and back": {
    steps: [{ up: first }, { up: atOrganization }, "refresh", { up: first }, "destroy"],
    cases: 3,
  },
  "closed, and moves there and back": {
    steps: [
      { up: { ...first, keepOpen: false } },
      { up: { ...atOrganization, keepOpen: false } },
      { up: { ...first, keepOpen: false } },
      "destroy",
    ],
    cases: 3,
  },
  "that moves while it is in no state": {
    steps: [{ up: first }, "lose the case's state", { up: atOrganization }, "refresh", "destroy"],
    cases: 2,
  },
  "that moves there and back while it is in no state": {
    steps: [
      { up: first },
      "lose the case's state",
      { up: atOrganization },
      "lose the case's state",
      { up: { ...first, keepOpen: false } },
      "destroy",
    ],
    cases: 3,
  },
  "that moves while it is in no state, and gets other words": {
    steps: [
      { up: first },
      "lose the case's state",
      { refused: atOrganizationInOtherWords },
      "somebody closes those that are in no state",
      { up: atOrganizationInOtherWords },
      "destroy",
    ],
    cases: 2,
  },
  "created by two updates at once": {
    steps: [{ twice: { ...inputs, keepOpen: true } }, "refresh", { up: escalated }, "destroy"],
    cases: 2,
    least: 1,
  },
  "with a case that is in no state any more, and a copy": {
    steps: [{ up: first }, "somebody makes a copy of it", "lose the case's state", { up: escalated }, "destroy"],
    cases: 2,
  },
  "destroyed while it is open": { steps: [{ up: first }, "refresh", { up: escalated }, "destroy"] },
  "destroyed, then deployed again": { steps: [{ up: first }, "destroy", { up: withMoreFiles }, "destroy"], cases: 2 },
  "closed by an agent": { steps: [{ up: first }, "an agent closes it", "refresh", { up: first }, "destroy"] },
  "closed once created, then to stay open": {
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
  /** Which life it is: a destroy, a lost state and another place begin the next one. */
  life: number;
  /** Where the case is, by the last update. */
  place: string;
  /** The lives in other places that had no case in the state when this one began. */
  former: readonly FormerLife[];
  /** How often the stack was deployed. */
  ups: number;
  /** The last case that was in the state. */
  lastCase: string;
}

const unplaced = { wasTried: false, place: "", former: [] };

export const newState = (): StackState => ({ ...unplaced, life: 1, ups: 0, lastCase: "" });

const nextLife = ({ life }: StackState) => ({ ...unplaced, resource: undefined, life: life + 1 });

/** A step that ends with the case as configured. */
export const isUp = (step: Step): step is { readonly up: Asked } => typeof step === "object" && "up" in step;

export const markerOfLife = (life: number, stack = "dev") =>
  markerOf(`acme/customer-care/${stack}`, "testCase", `life ${String(life)}`);

/** What an update is refused for while there is a case that it may not write to. */
const refusal = / (has|have) this stack's name| created by an interrupted update of this stack/;

/** An error that returns the created case. */
interface Partial {
  readonly id?: string;
  readonly properties?: SupportCaseOutputs & { __provider?: unknown };
  readonly reasons?: readonly string[];
}

/** Runs an operation as the engine does. The case that it has created is in the state even if it throws. */
export async function operate(life: Life, step: Step, state: StackState, world: Operating): Promise<void> {
  const { dependencies } = world;
  const { resource } = state;
  if (step === "destroy") {
    if (resource !== undefined) await deleteCase(resource.outputs.name, resource.outputs, dependencies);
    Object.assign(state, nextLife(state));
  } else if (step === "refresh") {
    if (resource === undefined) return;
    const outputs = await readCase(resource.outputs.name, resource.outputs, dependencies);
    // A refresh forgets what went wrong.
    state.resource = outputs && { outputs, hasInitErrors: false };
  } else if (typeof step === "object") {
    state.ups++;
    if (isUp(step)) await put(step.up, life, state, dependencies);
    else if ("refused" in step) {
      const isRefused = (error: unknown) => error instanceof Error && refusal.test(error.message);
      await put(step.refused, life, state, dependencies).then(
        () => assert.fail("the update was not refused"),
        (error: unknown) => {
          if (!isRefused(error)) throw error;
        },
      );
      assert.equal(state.resource, undefined, "a refused update leaves a case in the state");
    } else {
      // The other one's state is overwritten by this one's.
      const other = structuredClone({ ...state, wasTried: true });
      await Promise.all([
        put(step.twice, life, state, dependencies),
        put(step.twice, life, other, dependencies).catch(() => undefined),
      ]);
    }
  } else {
    if (step === "lose the state") Object.assign(state, nextLife(state));
    else if (step === "lose the case's state") state.resource = undefined;
    else world.happen(step, state.lastCase);
    // Nobody continues within the search's lag.
    await dependencies.sleep(60_000);
  }
}

/** Where an operation takes place. */
export interface Operating {
  readonly dependencies: Dependencies;
  /** A person does it, outside of Pulumi. */
  happen(
    what: Extract<Step, `somebody ${string}` | `an agent ${string}` | `another ${string}` | `others ${string}`>,
    name: string,
  ): void;
}

/** An update, as the engine goes about it: another place is another life (the Stash is replaced first), and another case. */
async function put(wanted: Asked, life: Life, state: StackState, dependencies: Dependencies): Promise<void> {
  const markerNow = () => markerOfLife(state.life, life.isRenamed ? `dev${String(state.ups)}` : "dev");
  const { place, resource } = state;
  const without =
    resource === undefined && place !== "" ? [{ marker: markerNow(), parent: place }, ...state.former] : [];
  const formerLives = without.filter(({ parent }) => parent !== wanted.parent);
  if (place !== "" && place !== wanted.parent)
    Object.assign(state, { wasTried: false, life: state.life + 1, former: formerLives });
  state.place = wanted.parent;
  const asked = {
    ...wanted,
    marker: markerNow(),
    isFirstAttempt: !state.wasTried,
    ...(wanted.adopt === undefined && { formerLives }),
  } as SupportCaseInputs;
  state.wasTried = true;
  const { changes = true, replaces = [] } = resource ? difference(resource.outputs, asked) : {};
  if (resource !== undefined && replaces.length > 0) {
    assert.deepEqual(replaces, ["parent"], "a replacement");
    await deleteCase(resource.outputs.name, resource.outputs, dependencies);
    state.resource = undefined;
  } else if (!changes && resource?.hasInitErrors === false) return;
  const is = state.resource;
  try {
    const outputs =
      is === undefined
        ? await createCase(asked, dependencies)
        : await updateCase(is.outputs.name, is.outputs, asked, dependencies);
    state.resource = { outputs, hasInitErrors: false };
  } catch (error) {
    const { id, properties, reasons = [] } = error as Partial;
    if (properties !== undefined) {
      const { __provider: provider, ...outputs } = properties;
      // Without these the engine cannot refresh or destroy it, or takes it for done.
      assert.deepEqual([id, provider, reasons.length], [outputs.name, dependencies.provider, 1], "a partial failure");
      state.resource = { outputs, hasInitErrors: true };
    }
    throw error;
  } finally {
    state.lastCase = state.resource?.outputs.name ?? state.lastCase;
  }
}

/** The inputs of the last `up` of a life. */
export function lastAsked({ steps }: Life): Asked {
  const ups = steps.flatMap((step) => (isUp(step) ? [step.up] : []));
  return ups.at(-1) ?? first;
}
