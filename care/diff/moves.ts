/** A grant or a contact that one stack deletes and another one creates or keeps: the order of the updates decides whether it remains. */
import { quoted } from "../shell.ts";
import { counted, visible } from "../../text/index.ts";
import type { Change } from "./change.ts";
import { overlap, phrasesOf } from "./claims.ts";
import type { Claim } from "./claims.ts";
import { claimsIn } from "./conflicts.ts";
import { code, command, own, compose } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { Preview, Step } from "./preview.ts";
import { parseUrn } from "./urn.ts";

/** The claims that a stack's preview removes and keeps. Nothing else of it is kept in memory, since hundreds are compared. */
export interface StackClaims {
  /** The caller's name for it. */
  readonly name: string;
  readonly stack: string | undefined;
  readonly project: string | undefined;
  readonly removed: readonly Claimed[];
  readonly kept: readonly Claimed[];
}

interface Claimed {
  readonly claim: Claim;
  readonly step: Pick<Step, "urn" | "op">;
}

export function stackClaims(name: string, preview: Preview): StackClaims {
  const { removed, kept } = claimsIn(preview);
  const { stack, project } = preview;
  const brief = ({ claim, step: { urn, op } }: Claimed): Claimed => ({ claim, step: { urn, op } });
  return { name, stack, project, removed: removed.map(brief), kept: kept.map(brief) };
}

/** For each stack in order, one change for each other stack to or from which something moves. */
export function moveChanges(stacks: readonly StackClaims[]): Change[][] {
  const changes: Change[][] = stacks.map(() => []);
  for (const [from, giving] of stacks.entries())
    for (const [to, taking] of stacks.entries()) {
      if (from === to || isSameStack(giving, taking)) continue;
      const pairs = giving.removed.flatMap((removed) =>
        taking.kept.flatMap((kept) =>
          overlap(removed.claim, kept.claim) === "sure" ? [{ removed: removed.step, kept }] : [],
        ),
      );
      if (pairs.length === 0) continue;
      const change: Change = {
        group: "access",
        operation: "delete",
        kinds: ["moved"],
        place: undefined,
        urns: [...new Set(pairs.flatMap(({ removed, kept }) => [removed.urn, kept.step.urn]))].sort(),
        sentence: sentence(giving, taking, pairs),
      };
      changes[from]?.push(change);
      changes[to]?.push(change);
    }
  return changes;
}

/** Whether they are two previews of one stack, such as with different options. */
function isSameStack(one: StackClaims, other: StackClaims): boolean {
  return one.stack !== undefined && one.stack === other.stack && one.project === other.project;
}

interface Pair {
  readonly removed: Claimed["step"];
  readonly kept: Claimed;
}

function sentence(giving: StackClaims, taking: StackClaims, pairs: readonly Pair[]): Phrase {
  const [from, to] = [code(giving.name), code(taking.name)];
  const what = phrasesOf(pairs.map(({ kept }) => kept.claim));
  const stays = pairs.some(({ kept }) => kept.step.op !== "create");
  if (stays)
    return compose`The update of ${from} would remove what ${to} keeps: ${what}. Before it, run ${stateDeleteCommand(giving, pairs)}.`;
  const isLost = pairs.map(({ kept }) => kept.claim.kind);
  const otherwise = [
    ...(isLost.includes("grant") ? ["the grant is lost"] : []),
    ...(isLost.includes("contact") ? [`Google refuses a second contact`] : []),
  ].join(", and ");
  const grants = pairs.filter(({ kept }) => kept.claim.kind === "grant");
  // Google allows only a grant to be created again while it exists.
  const gap =
    grants.length === 0
      ? []
      : compose` To keep the grant in between, run ${stateDeleteCommand(giving, grants)} before both, in any order.`;
  const contacts = pairs.filter(({ removed, kept }) => kept.claim.kind === "contact" && canMove(removed, kept.step));
  const moved =
    contacts.length === 0 || giving.project !== taking.project
      ? []
      : compose` To keep the contact in between, run ${stateMoveCommand(giving, taking, contacts)} before both, in any order.`;
  return compose`This moves from ${from} to ${to}: ${what}. Update ${from} before ${to}: in the other order, ${own(otherwise)}.${gap}${moved}`;
}

/** The program takes a moved resource over by its name, as the resource leaves its component (components/names.ts). */
function canMove(removed: Claimed["step"], kept: Claimed["step"]): boolean {
  const [one, other] = [parseUrn(removed.urn), parseUrn(kept.urn)];
  return kept.op === "create" && one.name === other.name && one.types.at(-1) === other.types.at(-1);
}

/** The command that moves it from one state to the other. */
function stateMoveCommand(giving: StackClaims, taking: StackClaims, pairs: readonly Pair[]): Phrase {
  const [source, dest] = [giving, taking].map(({ name, stack }) => quoted(stack ?? name));
  const start = `pulumi state move --yes --source ${source ?? ""} --dest ${dest ?? ""}`;
  return commandFor(giving, pairs, "pulumi state move", (urns) => `${start} ${urns.map(quoted).join(" ")}`);
}

/** The command that removes it from the state of the old stack without deleting it. */
function stateDeleteCommand(giving: StackClaims, pairs: readonly Pair[]): Phrase {
  const start = `pulumi state delete --yes --stack ${quoted(giving.stack ?? giving.name)}`;
  return commandFor(giving, pairs, "pulumi state delete", (urns) =>
    urns.map((urn) => `${start} ${quoted(urn)}`).join(" && "),
  );
}

/** The number of resources in a command, which is never shortened. */
const mostInCommand = 10;

/** The command, unless it has characters that a terminal hides. */
function commandFor(
  { name }: StackClaims,
  pairs: readonly Pair[],
  brief: string,
  commandOf: (urns: readonly string[]) => string,
): Phrase {
  const urns = [...new Set(pairs.map(({ removed }) => removed.urn))].sort();
  const text = commandOf(urns.slice(0, mostInCommand));
  if (visible(text) !== text) return compose`${command(brief)} for it in ${code(name)}`;
  const rest = urns.length - mostInCommand;
  return rest <= 0
    ? command(text)
    : compose`${command(text)}, and the same for ${own(counted(rest, "more resource", "more resources"))} of ${code(name)}, whose URNs are in the output of ${code("care diff --json")},`;
}
