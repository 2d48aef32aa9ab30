/**
 * The subset of Pulumi's package schema that this package uses. Source:
 * https://www.pulumi.com/docs/iac/using-pulumi/extending-pulumi/schema/
 */

export interface TypeSpec {
  readonly type?: "string" | "boolean" | "integer" | "array" | "object";
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  /** A program cannot pass an Output, because the value decides which resources are created. */
  readonly plain?: true;
}

export interface PropertySpec extends TypeSpec {
  readonly description?: string | undefined;
}

export type Properties = Readonly<Record<string, PropertySpec>>;

export interface ObjectType {
  readonly type: "object";
  readonly description?: string | undefined;
  readonly properties: Properties;
  readonly required: readonly string[];
}

export interface EnumType {
  readonly type: "string";
  readonly description?: string | undefined;
  readonly enum: readonly {
    readonly name: string;
    readonly value: string;
    readonly description?: string | undefined;
  }[];
}

export interface Resource {
  readonly isComponent?: true;
  readonly description: string;
  readonly inputProperties: Properties;
  readonly requiredInputs: readonly string[];
  readonly properties: Properties;
  readonly required: readonly string[];
}

export const packageName = "customer-care";

export const tokenOf = (name: string) => `${packageName}:index:${name}`;

export const typeOfName = (name: string): TypeSpec => ({ $ref: `#/types/${tokenOf(name)}` });

/** A string that can be an Output. */
export const text = (description?: string): PropertySpec => ({ type: "string", description });

export const flag = (description?: string): PropertySpec => ({ type: "boolean", description });
