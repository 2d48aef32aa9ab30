/** Resources in the state of the program's other stacks: a grant that both have, a contact that may move here. */
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, contactsOfStacks, projectDirectory, stacksToSearch } from "../onboarding/index.ts";
import { counted } from "../text/index.ts";
import type { Refused } from "./callerRefusals.ts";
import { adoptCommands } from "./careCommands.ts";
import { currentThing, formerState, isFromPackage, nameIn, resourcesOf, thingIn, typeIn } from "./formerState.ts";
import type { FormerResource, Outputs } from "./formerState.ts";
import { contactType, grantTypeOf, topicGrantType, topicType } from "./gcpTypes.ts";
import { secondContactRefused } from "./obstacles/refusals.ts";
import { printsAdvice } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { retainedUrns } from "./stateExport.ts";
import { emptyWanted, thingsIn } from "./wanted.ts";
import type { WantedPlace } from "./wanted.ts";

/**
 * Adds the other stacks to what Google rejects, and the grants that one of them has too.
 *
 * @param name The prefix of error messages: the component's name.
 * @param places What this update creates.
 */
export async function withOtherStacks(
  run: RunContext,
  name: string,
  refused: readonly Refused[],
  places: readonly WantedPlace[],
): Promise<readonly Refused[]> {
  const existing = refused.flatMap(({ kind, things, existing }) =>
    kind === "contact-exists" ? things : (existing?.thing ?? []),
  );
  const grants = printsAdvice(run) ? newGrants(places) : [];
  const others = await otherStacksWith([...existing, ...grants.map(({ thing }) => thing)]);
  return [...withMoves(name, refused, others), ...grantsOfOtherStacks(name, grants, others)];
}

/**
 * The deletions of this update that another stack of the program would lose: Google has the thing once, and the states of both have it.
 *
 * @param isKept Whether a resource of this run has the thing, maybe under another name.
 */
export async function sharedDeletions(
  run: RunContext,
  isKept: (thing: string) => boolean,
): Promise<{ readonly message: string; readonly deleted: pulumi.URN }[]> {
  const { resources } = await formerState(run);
  const all = Object.entries(resources).map(async ([urn, resource]) => {
    const thing = isFromPackage(urn) && isSingular(resource) ? thingIn(resource) : undefined;
    if (thing === undefined || isKept(thing) || (await currentThing(urn))?.thing === thing) return [];
    return [{ urn, thing, name: resource.outputs["name"] }];
  });
  const deleted = (await Promise.all(all)).flat();
  const others = await otherStacksWith(deleted.map(({ thing }) => thing));
  const retained = others.size === 0 ? new Set() : await retainedUrns(run);
  return deleted.flatMap(({ urn, thing, name }) => {
    const other = others.get(thing);
    if (other === undefined || retained.has(urn)) return [];
    // A contact with another name in Google was created again.
    if (typeIn(urn) === contactType && other.outputs["name"] !== name) return [];
    const message = `${nameIn(urn)}: this update would delete ${thing}, which the stack ${other.stack} has too and would lose. To leave it to ${other.stack}, run: pulumi state remove '${urn}'`;
    return [{ message, deleted: urn }];
  });
}

/** Whether Google has the thing of a resource at most once, and a deletion removes it. */
const isSingular = ({ type, outputs }: FormerResource) =>
  (type === contactType && outputs["deletionPolicy"] !== "ABANDON") ||
  type === topicType ||
  type === topicGrantType ||
  grantTypeOf(type)?.kind === "Member";

/** What another stack of the program has in its state. */
interface OtherResource {
  readonly stack: string;
  readonly outputs: Outputs;
}

/**
 * The things that the program's other stacks have in their state. A stack that cannot be read is skipped, because it may not be
 * deployed yet.
 */
async function otherStacksWith(things: readonly string[]): Promise<ReadonlyMap<string, OtherResource>> {
  if (things.length === 0) return new Map();
  const asked = new Set(things);
  const project = pulumi.getProject();
  const others = stacksToSearch(projectDirectory(pulumi.getRootDirectory()), {
    stack: pulumi.getStack(),
    project,
    shard: pulumi.runtime.getConfig(`${project}:shard`),
    isOfProject: things.some((thing) => /(?:^| )projects\/\S+$/.test(thing)),
  });
  const found = await Promise.all(
    others.map(async (stack) => {
      const resources = await resourcesOf(stack).catch((): Awaited<ReturnType<typeof resourcesOf>> => ({}));
      return Object.values(resources).flatMap((resource) => {
        const thing = thingIn(resource);
        return thing !== undefined && asked.has(thing) ? [[thing, { stack, outputs: resource.outputs }] as const] : [];
      });
    }),
  );
  return new Map(found.flat());
}

/**
 * Names the other stack of the program that has what exists. A contact that has left the config of that stack is moving: the preview
 * cannot know which of the two is updated first, so it only warns.
 */
function withMoves(
  name: string,
  refused: readonly Refused[],
  others: ReadonlyMap<string, OtherResource>,
): readonly Refused[] {
  const keepsContact = contactsKept();
  return refused.map((one) => {
    const owner = others.get(one.existing?.thing ?? "");
    if (owner !== undefined) return one.existing?.inStack(owner.stack) ?? one;
    const [thing = ""] = one.things;
    const other = one.kind === "contact-exists" ? others.get(thing) : undefined;
    if (other === undefined) return one;
    const isKept = keepsContact(other);
    const problem = { path: one.path, message: contactOfStack(thing, other.stack, isKept) };
    return {
      ...one,
      kind: "claimed-twice",
      isCertain: isKept || !pulumi.runtime.isDryRun(),
      message: new ConfigError(name, [problem]).message,
    };
  });
}

const newGrants = (places: readonly WantedPlace[]) =>
  places.flatMap(({ wanted, path }) =>
    thingsIn({ ...emptyWanted(wanted.resource), grants: wanted.grants }).map((thing) => ({
      thing,
      path,
      where: wanted.resource,
    })),
  );

/** Google accepts a grant that exists, so this update works; the update that deletes it in the other stack removes it from both. */
function grantsOfOtherStacks(
  name: string,
  grants: ReturnType<typeof newGrants>,
  others: ReadonlyMap<string, OtherResource>,
): readonly Refused[] {
  const byStack = Map.groupBy(grants, ({ thing }) => others.get(thing)?.stack ?? "");
  return [...byStack].flatMap(([stack, [first, ...more]]): Refused[] => {
    if (stack === "" || first === undefined) return [];
    const rest =
      more.length === 0 ? " is" : ` and ${counted(more.length, "more grant")} ${more.length === 1 ? "is" : "are"}`;
    const message = `${first.thing}${rest} in the stack ${stack} too, and an update that deletes it in one stack would remove it from both; if it moves here, update ${stack} first, otherwise remove it from one of the two configs`;
    return [
      {
        kind: "claimed-twice",
        path: first.path,
        resource: "",
        where: first.where,
        isCertain: false,
        things: [],
        message: new ConfigError(name, [{ path: first.path, message }]).message,
      },
    ];
  });
}

/**
 * The error for a contact that somebody else has created.
 * @param contact A description from formerState.ts.
 */
export async function contactExistsMessage(contact: string): Promise<string> {
  const other = (await otherStacksWith([contact])).get(contact);
  return other === undefined ? contactOfOthers(contact) : contactOfStack(contact, other.stack, contactsKept()(other));
}

export function contactOfOthers(contact: string): string {
  const adopt = adoptCommands();
  return `${contact} already exists and is not in this stack, ${secondContactRefused}; ${adopt === undefined ? "if no other stack has it, delete it with gcloud essential-contacts delete" : `run ${adopt}`}, or leave the contact out`;
}

/** @param isKept Whether the config of that stack has the contact too. */
function contactOfStack(contact: string, stack: string, isKept: boolean): string {
  return isKept
    ? `${contact} is in the stack ${stack} and in its config, ${secondContactRefused}; leave it out of one of the two configs, and if it is to move here, update ${stack} first`
    : `${contact} is in the stack ${stack}: update that stack first, or move the contact with the command that care diff shows for the previews of both stacks; until then Google refuses a second one`;
}

/** Whether the config of another stack has the contact that is in its state. */
function contactsKept() {
  const keeps = contactsOfStacks(projectDirectory(pulumi.getRootDirectory()), pulumi.getProject());
  return ({ stack, outputs: { email, parent } }: OtherResource) =>
    keeps(stack, { email: String(email), resource: String(parent) });
}
