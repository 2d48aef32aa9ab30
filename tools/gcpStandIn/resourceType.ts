import type { Provider } from "./provider.ts";
import type { Fields } from "./schema.ts";
import type { Properties } from "./values.ts";

/** A resource as the provider knows it. */
export interface State {
  id: string;
  values: Properties;
}

/** How long the operations of a resource may take, in milliseconds. */
export interface Timeouts {
  create: number;
  read?: number;
  update: number;
  delete: number;
}

/** A resource type: its fields, and what its operations do at the API. */
export interface ResourceType {
  fields: Fields;
  /** The timeouts that the type lets a program change. */
  timeouts?: Timeouts;
  /** The version of the state's form, where Terraform's provider has changed it. */
  schemaVersion?: string;
  /** A replacement deletes the old one first. */
  deleteBeforeReplace?: true;
  /** Values that the type decides when it plans. */
  decide?: (provider: Provider, inputs: Properties, planned: Properties) => Properties;
  /**
   * Makes it; what it then is like is read, unless it `isRead` already. Nothing when it turns out not to be there; a
   * `StateError` when it is there, but not as planned.
   */
  create: (
    provider: Provider,
    planned: Properties,
    timeouts: Timeouts,
  ) => Promise<(State & { isRead?: true }) | undefined>;
  /** What it is like now; nothing when it is gone. */
  read: (provider: Provider, state: State, timeouts: Timeouts) => Promise<State | undefined>;
  /**
   * Changes it; what it then is like is read, unless the API has no part in the change. After an error it counts as
   * planned, but for a `StateError`.
   */
  update?: (provider: Provider, prior: State, planned: Properties, timeouts: Timeouts) => Promise<{ isRead?: true }>;
  delete: (provider: Provider, state: State, timeouts: Timeouts) => Promise<void>;
  /** The state that an import starts to read from. */
  import: (provider: Provider, id: string) => Promise<State | undefined>;
}
