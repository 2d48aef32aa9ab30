/** A grant or a contact that one resource deletes and another one creates or keeps: the engine creates first and deletes last. */
import { quoted } from "../shell.ts";
import { visible } from "../../text/index.ts";
import type { Change } from "./change.ts";
import { claimsKept, claimsRemoved, overlap, phrasesOf } from "./claims.ts";
import type { Claim } from "./claims.ts";
import { code, command, listed, own, compose } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { changingSteps } from "./preview.ts";
import type { Preview, Step } from "./preview.ts";
import { parseUrn } from "./urn.ts";

interface Claimed {
  readonly step: Step;
  readonly claim: Claim;
}

/** The claims that a preview's steps remove and keep. Only previews that list unchanged resources show all of them. */
export function claimsIn(preview: Preview): { readonly removed: Claimed[]; readonly kept: Claimed[] } {
  const deleted = new Set(
    changingSteps(preview).flatMap((step) => (step.op === "delete" && !step.isPendingDeletion ? [step.urn] : [])),
  );
  return {
    removed: preview.steps.flatMap((step) => claimsRemoved(step, deleted).map((claim) => ({ step, claim }))),
    kept: preview.steps.flatMap((step) => claimsKept(step).map((claim) => ({ step, claim }))),
  };
}

/** One change for each resource whose deletion removes another resource's grant or contact. */
export function conflictChanges(preview: Preview): Change[] {
  const { removed, kept } = claimsIn(preview);
  return [...Map.groupBy(removed, ({ step }) => step)].flatMap(([step, claims]) => {
    const found = claims.flatMap(({ claim }) =>
      kept.flatMap((holder) => {
        const how = overlap(claim, holder.claim);
        const isItself = holder.step === step;
        if (how === "no" || (isItself && (step.op !== "replace" || isDeletedFirst(preview, step)))) return [];
        // A preview does not show whether the old one is deleted first or last.
        return [{ ...holder, how: isItself ? ("perhaps" as const) : how }];
      }),
    );
    const sure = found.filter(({ how }) => how === "sure");
    const holders = sure.length > 0 ? sure : found;
    return holders.length === 0 ? [] : [changeOf(step, holders, sure.length > 0)];
  });
}

/** A stream lists the parts of a replacement in order. Without them, assumes the gcp provider's order. */
function isDeletedFirst({ steps }: Preview, { urn, type }: Step): boolean {
  const parts = steps.filter((part) => part.urn === urn).map(({ op }) => op);
  const [deleted, created] = [parts.indexOf("delete-replaced"), parts.indexOf("create-replacement")];
  return deleted >= 0 && created >= 0 ? deleted < created : type === "gcp:projects/iAMMember:IAMMember";
}

function changeOf(step: Step, holders: readonly Claimed[], isSure: boolean): Change {
  const steps = [...new Set(holders.map((holder) => holder.step))].sort((one, other) => (one.urn < other.urn ? -1 : 1));
  const [first] = steps;
  const what = phrasesOf(holders.map(({ claim }) => claim));
  const isContact = holders.every(({ claim }) => claim.kind === "contact");
  return {
    group: isContact ? "contacts" : "access",
    operation: step.op,
    kinds: [isSure ? "conflict" : "perhaps-conflict"],
    place: undefined,
    urns: [...new Set([step.urn, ...steps.map(({ urn }) => urn)])],
    sentence: sentence(
      step,
      steps,
      { what, isContact, isSure },
      first === undefined ? [] : remedy(step, first, isContact),
    ),
  };
}

function sentence(
  step: Step,
  holders: readonly Step[],
  { what, isContact, isSure }: { what: Phrase; isContact: boolean; isSure: boolean },
  how: Phrase,
): Phrase {
  const would = isSure ? "would" : "may";
  const names = listed(holders.map(({ name }) => code(name)));
  if (step.isPendingDeletion)
    return compose`This update ${own(would)} remove ${what}, which ${names} ${own(holders.length === 1 ? "creates or keeps" : "create or keep")}: an interrupted update left ${code(step.name)} to be deleted. ${how}`;
  if (holders.includes(step))
    return compose`This update may remove ${own(isContact ? "the contact" : "the grant")} it has just made: ${code(step.name)} is replaced by another resource for ${what}, and deleted last. Run ${command("pulumi up --refresh")} after it.`;
  if (holders.some(({ op }) => op !== "create"))
    return compose`This update ${own(would)} remove ${own(isContact ? "a contact" : "a grant")} that stays in the program: ${what}, which ${names} ${own(holders.length === 1 ? "keeps" : "keep")} and ${code(step.name)} deletes. ${how}`;
  if (isContact)
    return compose`This update ${own(isSure ? "fails" : "may fail")}, and its reversal ${own(would)} remove the contact: Google refuses a second one with the same address, ${what}, which ${names} creates before ${code(step.name)} is deleted. ${how}`;
  return compose`This update ${own(would)} remove the grant it has just made: ${what}, which ${names} creates and ${code(step.name)} deletes afterwards. ${how}`;
}

/** What to do before the update. */
function remedy(step: Step, holder: Step, isContact: boolean): Phrase {
  const { urn, op, isPendingDeletion } = step;
  if (op !== "delete") return own("Configure it in one of the two only.");
  const { stack, types } = parseUrn(urn);
  const target = parseUrn(holder.urn);
  const isSameType = types.join("$") === target.types.join("$");
  const alias = compose`or give the new resource the alias ${command(isSameType ? `{ name: ${JSON.stringify(step.name)} }` : urn)}`;
  // Nobody should copy a command with characters that a terminal hides.
  if (visible(urn + target.name) !== urn + target.name) return compose`Rename the old resource in the state, ${alias}.`;
  const named = `--yes --stack ${quoted(stack)} ${quoted(urn)}`;
  // The URN can be ambiguous, and then the command asks which resource it is. Only a terminal shows the question.
  if (isPendingDeletion)
    return compose`Before it, run ${command(`pulumi state delete ${named}`)} in a terminal, and select the resource that is pending deletion.`;
  if (holder.op === "create" && isSameType)
    return compose`Before it, run ${command(`pulumi state rename ${named} ${quoted(target.name)}`)}, ${alias}.`;
  if (holder.op !== "create" || !isContact)
    return compose`Before it, run ${command(`pulumi state delete ${named}`)}${holder.op === "create" ? compose`, ${alias}` : []}.`;
  return compose`Give the new resource the alias ${command(urn)}.`;
}
