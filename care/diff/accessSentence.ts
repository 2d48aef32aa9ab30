/** Who gets or loses which role, where. */
import { roles } from "../../guide/index.ts";
import type { Privilege } from "../../guide/index.ts";
import { stays } from "./change.ts";
import type { Grant, GrantedRole } from "./grants.ts";
import { capitalized, listed, own, compose } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { consoleOf } from "./place.ts";
import type { Step } from "./preview.ts";
import { becomes, propertyChanges, unexplained } from "./properties.ts";

interface Grants {
  readonly before: Grant | undefined;
  readonly after: Grant | undefined;
  readonly gained: readonly GrantedRole[];
  readonly lost: readonly GrantedRole[];
}

/** The verbs for a role, in the singular and the plural. */
const verbs = {
  get: ["gets", "get"],
  lose: ["loses", "lose"],
  keep: ["keeps", "keep"],
  have: ["has", "have"],
} as const;

export function accessSentence(step: Step, { before, after, gained, lost }: Grants): Phrase {
  const grant = after ?? before;
  if (grant === undefined) return [];
  const where = compose`on ${grant.place.phrase}`;
  const console = consoleOf.access(grant.place);
  const others = step.op === "import" ? [] : fromOthers(after);
  if (step.op === "delete" && stays(step))
    return sentence`${clauses(grant.roles, "keep")} ${where}, but the stack no longer manages it${console}.`;
  if (step.op === "delete")
    return sentence`${clauses(grant.roles, "lose")} ${where}${hint(lost, "may have been")}${console}.`;
  if (step.op === "import")
    return sentence`${clauses(grant.roles, "have")} ${where} already, and the stack takes it over${console}.`;
  if (step.op === "replace" && before !== undefined && after !== undefined)
    return sentence`${clauses(before.roles, "lose")} on ${before.place.phrase}, and ${clauses(after.roles, "get")} ${where}${hint(gained, "may be")}${others}${console}.`;
  if (step.op === "update") {
    const changes = [...clausesOf(gained, "get"), ...clausesOf(lost, "lose")];
    return changes.length === 0
      ? sentence`The grant of ${listed(grant.roles.map(({ what, members }) => compose`${what} to ${listed(members.map(({ phrase }) => phrase))}`))} ${where} ${howUpdated(step)}${console}.`
      : sentence`${listed(changes)} ${where}${hint(gained, "may be")}${console}.`;
  }
  const again = step.drifted ? own(" again (it was removed outside of Pulumi)") : [];
  return sentence`${clauses(grant.roles, "get")} ${where}${again}${hint(gained, "may be")}${others}${purpose(grant)}${console}.`;
}

/** An update in which nobody gets or loses a role. */
function howUpdated(step: Step): Phrase {
  const changes = propertyChanges(step);
  return changes.length === 0 ? unexplained : compose`is updated: ${listed(changes.map(becomes))}`;
}

function clauses(granted: readonly GrantedRole[], verb: keyof typeof verbs): Phrase {
  return granted.length === 0 ? own("nobody has a role") : listed(clausesOf(granted, verb));
}

function clausesOf(granted: readonly GrantedRole[], verb: keyof typeof verbs): Phrase[] {
  const [one, several] = verbs[verb];
  return granted.map(({ members, what }) =>
    members.length === 0
      ? compose`nobody ${own(one)} ${what}`
      : compose`${listed(members.map(({ phrase }) => phrase))} ${own(members.length === 1 ? one : several)} ${what}`,
  );
}

/** What a hidden role may be, and what a reviewer must know about a granted one. */
function hint(granted: readonly GrantedRole[], words: "may be" | "may have been"): Phrase {
  const privileges = words === "may be" ? [...new Set(granted.flatMap(({ privilege }) => privilege ?? []))] : [];
  return own(
    [
      ...(granted.some(({ isHidden }) => isHidden) ? [`, and ${words} an administrator`] : []),
      ...privileges.map((privilege) => `, ${privilegeWords[privilege]}`),
    ].join(""),
  );
}

const privilegeWords: Readonly<Record<Privilege, string>> = {
  basic: "a basic role",
  access: "a role that can change who has access",
  custom: "a custom role, whose permissions the preview does not show",
};

function fromOthers(after: Grant | undefined): Phrase {
  if (after === undefined || after.kind === "Member") return [];
  return own(`, and whoever else has ${after.kind === "Binding" ? "it" : "a role"} there loses it`);
}

function purpose({ kind, roles: [role] }: Grant): Phrase {
  return kind === "Member" && role?.name !== undefined ? compose`: ${own(roles[role.name].purpose)}` : [];
}

function sentence(words: TemplateStringsArray, ...phrases: readonly Phrase[]): Phrase {
  return capitalized(compose(words, ...phrases));
}
