import type { Provider } from "./provider.ts";
import type { Fields } from "./schema.ts";
import type { Properties } from "./values.ts";

/** The provider's state of a resource. */
export interface State {
  id: string;
  values: Properties;
}

/** The timeouts of a resource's operations, in milliseconds. */
export interface Timeouts {
  create: number;
  read?: number;
  update: number;
  delete: number;
}

/** A resource type: its fields, and its operations in the API. */
export interface ResourceType {
  fields: Fields;
  /** The timeouts that a program can set. */
  timeouts?: Timeouts;
  /** The version of the state's schema, if Terraform's provider has changed it. */
  schemaVersion?: string;
  /** Whether a replacement deletes the old resource first. */
  deleteBeforeReplace?: true;
  /** Values that the type sets in a plan. */
  decide?: (provider: Provider, inputs: Properties, planned: Properties) => Properties;
  /**
   * Creates the resource. It is then read, unless `isRead` is set. Returns undefined if it does not exist afterwards, and throws
   * StateError if it exists but differs from the plan.
   */
  create: (
    provider: Provider,
    planned: Properties,
    timeouts: Timeouts,
  ) => Promise<(State & { isRead?: true }) | undefined>;
  /** Reads the resource; undefined if it does not exist. */
  read: (provider: Provider, state: State, timeouts: Timeouts) => Promise<State | undefined>;
  /**
   * Updates the resource. It is then read, unless the change does not concern the API. After an error other than StateError, the
   * planned state counts.
   */
  update?: (provider: Provider, prior: State, planned: Properties, timeouts: Timeouts) => Promise<{ isRead?: true }>;
  delete: (provider: Provider, state: State, timeouts: Timeouts) => Promise<void>;
  /** The state from which an import is read. */
  import: (provider: Provider, id: string) => Promise<State | undefined>;
}
