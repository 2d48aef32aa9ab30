/** The URN of a resource: `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME`. */

export interface Urn {
  readonly stack: string;
  readonly project: string;
  /** The types of its ancestors below the stack and its own, from the top. */
  readonly types: readonly string[];
  readonly type: string;
  readonly name: string;
}

export const urnPattern = /^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/s;

/** A text that is not a URN counts as a name. */
export function parseUrn(text: string): Urn {
  const [, stack = "", project = "", types = "", name = text] = urnPattern.exec(text) ?? [];
  const all = types.split("$");
  return { stack, project, types: all, type: all.at(-1) ?? "", name };
}
