import type { ResourceManagerApi, SupportApi } from "../../google/index.ts";

/** What the life of a case needs of the world. */
export interface Surroundings {
  readonly api: SupportApi;
  readonly resourceManager: ResourceManagerApi;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Tells what is waited for. */
  readonly say: (text: string) => void;
  /** The contents of an attachment. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** The provider's text, which a partial failure hands back. */
  readonly provider?: unknown;
}
