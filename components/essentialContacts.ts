import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { notificationCategories } from "../guide/index.ts";
import { placeOfArgs } from "../onboarding/index.ts";
import type { AcknowledgingArgs, Contact, Contacts, ScopeArgs } from "../onboarding/index.ts";
import { rememberAcknowledged } from "./acknowledge.ts";
import { claim } from "./claims.ts";
import { preventLosses } from "./endOfProgram.ts";
import { contactThing } from "./formerState.ts";
import { componentTypes } from "./supportCase/componentTypes.ts";
import { contactType } from "./gcpTypes.ts";
import { conflictNote, formerNames } from "./names.ts";
import type { ChildOptions, LocatedPlace, Scope } from "./places.ts";
import { propagationHooks } from "./propagation.ts";
import { readinessHooks, whenPlaceReady } from "./readiness.ts";
import { currentRun } from "./run.ts";
import type { RunContext } from "./run.ts";
import { scopeOf, withoutScope } from "./places.ts";

const type = componentTypes.essentialContacts;

export interface EssentialContactsArgs extends ScopeArgs, AcknowledgingArgs {
  /** The contacts, by notification category or by address. */
  readonly contacts: Contacts;
}

/** The Essential Contacts of one organization, folder or project (guide row G5 contacts): one contact for each address. */
export class EssentialContacts extends pulumi.ComponentResource {
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly resourceName: pulumi.Output<string>;

  constructor(name: string, args: EssentialContactsArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    const scope = scopeOf(run, name, args);
    const { contacts } = placeOfArgs(name, scope.level, withoutScope(args), ["contacts"], run.namedMembersKey);
    super(type, name, {}, opts);
    rememberAcknowledged(run, this, args.acknowledge);
    preventLosses(run, this);
    this.resourceName = scope.resourceName;
    const ready = whenPlaceReady(run, name, this, args, { contacts }, opts);
    const options = { parent: this, hooks: hooksOf(run, name, this), ...(ready && { dependsOn: ready }) };
    createContacts(run, name, scope, contacts, options);
    this.registerOutputs({ resourceName: this.resourceName });
  }
}

/** The contacts of all places, in one component for the same reason as SupportAccessOfPlaces. */
export class EssentialContactsOfPlaces extends pulumi.ComponentResource {
  readonly of: (place: LocatedPlace) => readonly gcp.essentialcontacts.Contact[];

  /** @param neededBy The resources that the contacts of a place depend on. */
  constructor(
    run: RunContext,
    name: string,
    places: readonly LocatedPlace[],
    neededBy: (place: LocatedPlace) => readonly pulumi.Resource[],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(type, name, {}, opts);
    const options = { parent: this, hooks: hooksOf(run, name, this) };
    const contacts = new Map(
      places.map((place) => [
        place,
        createContacts(run, place.name, place.scope, place.contacts, { ...options, dependsOn: [...neededBy(place)] }),
      ]),
    );
    this.of = (place) => contacts.get(place) ?? [];
    this.registerOutputs();
  }
}

function hooksOf(run: RunContext, name: string, component: pulumi.Resource): pulumi.ResourceHookBinding {
  return {
    ...propagationHooks(run, `${name}/contacts`, {
      component,
      refusal: (urn) => conflictNote(run, urn),
    }),
    ...readinessHooks(run, `${name}/contacts`, component),
  };
}

function createContacts(
  run: RunContext,
  placeName: string,
  { resourceName }: Scope,
  contacts: readonly Contact[],
  { parent, ...options }: ChildOptions,
): gcp.essentialcontacts.Contact[] {
  return contacts.map(({ email, categories, language }) => {
    const name = `${placeName}/${email}`;
    const thing = resourceName.apply((where) => contactThing(email, where));
    claim(run, { name, parent }, "contact", thing, resourceName);
    return new gcp.essentialcontacts.Contact(
      name,
      {
        parent: resourceName,
        email,
        notificationCategorySubscriptions: categories.map((category) => notificationCategories[category].apiName),
        languageTag: language,
      },
      // Google allows one contact for each address, so a replacement cannot be created first.
      {
        ...options,
        parent,
        aliases: formerNames(run, { name, type: contactType, parent }, thing),
        deleteBeforeReplace: true,
      },
    );
  });
}
