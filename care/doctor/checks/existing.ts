/** Grants and contacts of the config that exist already: in another stack, or created outside of Pulumi. */
import { goneContactRemedy, goneContacts, isGranted, withAddress } from "../../../components/internal.ts";
import { notificationCategories } from "../../../guide/index.ts";
import { contactsOfStacks, formatPath } from "../../../onboarding/index.ts";
import { contactThing, grantThing } from "../../stack/claims.ts";
import type { Claim } from "../../stack/claims.ts";
import type { Finding } from "../finding.ts";
import type { Place } from "../../google/eventPlaces.ts";
import type { PlaceReadings } from "../readGoogle.ts";
import { namesOf, refusalsHere } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { adoptCommand } from "../remedies.ts";

/** A grant or a contact of the config at a place. */
interface Wanted {
  readonly name: string;
  readonly thing: string;
  /** Its path in the config. */
  readonly path: readonly string[];
  /** The address of a contact that exists. */
  readonly email?: string | undefined;
  /** The finding if it was created outside of the stack; undefined if it was not. */
  readonly exists: (readings: PlaceReadings) => Pick<Finding, "id" | "level" | "what" | "remedy"> | undefined;
}

export function existingFindings(all: Readings): Finding[] {
  const { stack, states, google } = all;
  const keeps = contactsOfStacks(stack.workDir, stack.project);
  return google.places.flatMap((readings) => {
    const { place } = readings;
    const existing = new Set(
      refusalsHere(readings, all).flatMap((one) => (one.kind === "contact-exists" ? contactThing(one.email) : [])),
    );
    const names = namesOf(readings);
    const gone = goneContacts(
      place.contacts.map(({ email, categories, language }) => ({
        email,
        language,
        categories: categories.map((category) => notificationCategories[category].apiName),
      })),
      states.contacts.filter(({ resource }) => names.has(resource)),
      readings.contacts?.value,
    );
    const isIn = (claims: readonly Claim[] | undefined, { thing }: Wanted) =>
      claims?.some((claim) => names.has(claim.resource) && claim.thing === thing) === true;
    const ofWanted = wantedAt(place, stack, existing).flatMap((wanted): Finding[] => {
      const others = states.others.filter(({ claims }) => isIn(claims, wanted)).map(({ name }) => name);
      if (others.length > 0) return [claimedTwice(wanted, place, stack, others, keeps)];
      const exists = isIn(states.claims, wanted) ? undefined : wanted.exists(readings);
      return exists === undefined ? [] : [{ where: place.resource, ...exists }];
    });
    return [...ofWanted, ...gone.map(({ email }) => goneContact(email, readings, stack.name))];
  });
}

function goneContact(email: string, { place: { resource }, contacts }: PlaceReadings, stack: string): Finding {
  const again = withAddress(email, contacts?.value);
  return {
    id: "contact-gone",
    level: "error",
    where: resource,
    what: `The contact ${email} was deleted outside of Pulumi${again === undefined ? "" : ` and created again as ${again.name}`}, and the config changes it: pulumi up fails.`,
    remedy:
      again === undefined ? goneContactRemedy : `run pulumi refresh, then import the contact: ${adoptCommand(stack)}`,
  };
}

/** Google accepts a grant that exists, but no second contact. The preview decides the same (components/otherStacks.ts). */
function claimedTwice(
  { name, path, email }: Wanted,
  { resource }: Place,
  stack: Readings["stack"],
  others: readonly string[],
  keeps: ReturnType<typeof contactsOfStacks>,
): Finding {
  const verb = others.length > 1 ? "have" : "has";
  const keeper = email === undefined ? undefined : others.find((other) => keeps(other, { email, resource }));
  const effect =
    keeper !== undefined
      ? `The config of ${keeper} has it too, and Google refuses a second one: pulumi up fails.`
      : email === undefined
        ? "The update that deletes it in one stack removes it from both."
        : `Until ${others.join(" and ")} is updated, pulumi up fails, since Google refuses a second one.`;
  return {
    id: "claimed-twice",
    level: keeper === undefined ? "warning" : "error",
    where: resource,
    what: `${name}: the ${others.length > 1 ? "stacks" : "stack"} ${others.join(", ")} ${verb} it too. ${effect}`,
    remedy: `if it moves to ${stack.name}, update ${others.join(" and ")} first; else remove it from ${stack.project}:${formatPath(path)} of ${stack.name}, or from the config of ${others.join(" and ")}`,
  };
}

/** @param existing The contacts that exist and that the stack does not have. */
function wantedAt(place: Place, { name: stack, project }: Readings["stack"], existing: ReadonlySet<string>): Wanted[] {
  const { path } = place;
  const grants = place.grants.map(({ role, roleName, member }): Wanted => {
    const at = [...path, roleName];
    return {
      name: `The grant of ${role} to ${member}`,
      thing: grantThing(role, member),
      path: at,
      exists: ({ policy }) =>
        isGranted(policy?.value, role, member)
          ? {
              id: "grant-exists",
              level: "note",
              what: `${member} has ${role} already: pulumi up adds this grant to the stack, and pulumi destroy removes it.`,
              remedy: `if the stack must never remove it, leave it out of ${project}:${formatPath(at)}`,
            }
          : undefined,
    };
  });
  const contacts = place.contacts.map(({ email }): Wanted => ({
    name: `The contact ${email}`,
    thing: contactThing(email),
    path: [...path, "contacts"],
    email: existing.has(contactThing(email)) ? email : undefined,
    exists: () => {
      return !existing.has(contactThing(email))
        ? undefined
        : {
            id: "contact-exists",
            level: "error",
            what: `The contact ${email} exists already, outside of the stack: pulumi up fails, since Google refuses a second one. Import it with care adopt and the pulumi import command that it prints.`,
            remedy: adoptCommand(stack),
          };
    },
  }));
  return [...grants, ...contacts];
}
