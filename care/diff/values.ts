/** A value of a preview, as far as it may be shown. */
import { signature, unknownValue } from "../../components/internal.ts";

/** The engine's placeholder for a secret in `--json`. Source: pkg/backend/display/json.go of github.com/pulumi/pulumi. */
export const masked = "[secret]";

export type Value =
  | { readonly kind: "known"; readonly text: string }
  | { readonly kind: "unknown" }
  /** `around`: a text that contains the placeholder, which a person may have written. */
  | { readonly kind: "secret"; readonly around?: string };

export function valueOf(property: unknown): Value {
  if (typeof property === "string") {
    if (property.includes(masked)) return isProse(property) ? { kind: "secret", around: property } : { kind: "secret" };
    if (property.includes(unknownValue)) return { kind: "unknown" };
    return { kind: "known", text: property };
  }
  if (property === undefined || property === null) return { kind: "known", text: "" };
  return valueOf(JSON.stringify(property, (_, child: unknown) => (isSecret(child) ? masked : child)));
}

/** Whether it has words next to the placeholder. The engine masks a whole value, which a stream writes as JSON. */
function isProse(text: string): boolean {
  if (text === masked || text.includes(unknownValue)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

/** The text, unless it is secret or unknown. */
export function knownText(property: unknown): string | undefined {
  const value = valueOf(property);
  return value.kind === "known" && value.text !== "" ? value.text : undefined;
}

/** The texts of a list, without secret and unknown ones. */
export function knownTexts(property: unknown): string[] {
  return Array.isArray(property) ? property.flatMap((element) => knownText(element) ?? []) : [];
}

/** Whether it is the engine's form of a secret. */
export function isSecret(value: unknown): boolean {
  return (value as Record<string, unknown> | null | undefined)?.[signature.key] === signature.secret;
}
