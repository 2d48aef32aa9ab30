import type { Properties } from "./values.ts";

/** A resource that was made or changed, but not to the end: the engine keeps it, and tries again with the next update. */
export class InitError extends Error {
  readonly id: string;
  readonly properties: Properties;

  constructor(reason: string, id: string, properties: Properties) {
    super(reason);
    this.name = "InitError";
    this.id = id;
    this.properties = properties;
  }
}
