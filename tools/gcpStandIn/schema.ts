import type { Value } from "./values.ts";

/** A field of a resource type, as in the schema of the Terraform provider. */
export interface Field {
  /** Terraform's name of the field, which validation messages use. */
  attribute: string;
  /**
   * `block` is a list of at most one object, which is that object in Pulumi; `blocks` is a list of objects; `map` is a map of
   * strings.
   */
  type: "string" | "boolean" | "strings" | "block" | "blocks" | "map";
  required?: true;
  optional?: true;
  computed?: true;
  /** The field that the program cannot set together with this one. */
  conflictsWith?: string;
  /** The default value. */
  default?: boolean | string;
  /** The real plugin generates a name if the program sets none. The stand-in does not. */
  autonamed?: true;
  /** The field, or certain values of it, that only the real plugin supports. */
  refused?: true | ((value: Value) => boolean);
  /** Whether an error must not show the value. */
  secret?: true;
  /** A change replaces the resource. */
  forceNew?: true;
  /** Normalizes a string for the state. */
  normalize?: (text: string) => string;
  /** Whether two different values are equivalent. */
  suppress?: (old: string, next: string) => boolean;
  /** The problem of an invalid value. */
  validate?: (value: string) => string | undefined;
  /** The fields of a block, or of each block in a list. */
  fields?: Fields;
}

/** The fields of a resource type or of a block, by Pulumi's names. */
export type Fields = { [name: string]: Field };

/** Whether a program can set a field. */
export function isInput(field: Field): boolean {
  return Boolean(field.required ?? field.optional);
}
