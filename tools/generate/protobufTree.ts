export type Json = Record<string, unknown>;

/** A tree of namespaces in protobuf.js's JSON, to which messages, enums and services are added by their full names. */
export class Tree {
  readonly json: { nested?: Record<string, Json> } = {};

  /** The object of that name, which is created if it is missing. */
  at(name: string): Json {
    return name.split(".").reduce<Json>((parent, part) => {
      const nested = (parent["nested"] ??= {}) as Record<string, Json>;
      return (nested[part] ??= {});
    }, this.json);
  }

  find(name: string): Json | undefined {
    return name
      .split(".")
      .reduce<Json | undefined>(
        (parent, part) => (parent?.["nested"] as Record<string, Json> | undefined)?.[part],
        this.json,
      );
  }
}
