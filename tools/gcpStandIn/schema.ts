import type { Value } from "./values.ts";

/** A field of a resource type, described as the Terraform provider under the real plugin describes it. */
export interface Field {
  /** Terraform's name of the field, which validation messages use. */
  attribute: string;
  /**
   * `block` is a list of at most one object, which Pulumi shows as that object; `blocks` is a list of objects, of which
   * no program gives any here; `map` is one of texts.
   */
  type: "string" | "boolean" | "strings" | "block" | "blocks" | "map";
  required?: true;
  optional?: true;
  computed?: true;
  /** The value where the program gives none. */
  default?: boolean;
  /** The real plugin makes a name where the program gives none; this one does not. */
  autonamed?: true;
  /** The real plugin takes it, this one does not: at all, or only such a value. */
  refused?: true | ((value: Value) => boolean);
  /** A change replaces the resource. */
  forceNew?: true;
  /** How a text stands in the state. */
  normalize?: (text: string) => string;
  /** Whether two values that differ mean the same. */
  suppress?: (old: string, next: string) => boolean;
  /** What is wrong with a value; nothing when it is right. */
  validate?: (value: string) => string | undefined;
  /** The fields of a block. */
  fields?: Fields;
}

/** The fields of a resource type or of a block, by Pulumi's names. */
export type Fields = { [name: string]: Field };

/** Whether a program may set a field. */
export function isInput(field: Field): boolean {
  return Boolean(field.required ?? field.optional);
}
