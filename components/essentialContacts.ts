import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { contactsByAddress } from "../onboarding/index.ts";
import { notificationCategories } from "../guide/index.ts";
import type { Contacts } from "./args.ts";
import { claim } from "./claims.ts";
import { contactThing } from "./formerState.ts";
import { contactType } from "./gcpTypes.ts";
import { checkedLevelArgs } from "./inputs.ts";
import type { ConfigLevel } from "./levels.ts";
import { conflictNote, formerNames, refuseLosses } from "./names.ts";
import { waitForPropagation } from "./propagation.ts";
import { refuseWhereNotReady, whenPlaceReady } from "./readiness.ts";
import { scopeOf, withoutScope } from "./scope.ts";
import type { ChildOptions, Scope, ScopeArgs } from "./scope.ts";

const type = "customer-care:index:EssentialContacts";

export interface EssentialContactsArgs extends ScopeArgs {
  /** By notification category, or by address. */
  readonly contacts: Contacts;
}

/** Who is told what, at one level of the hierarchy (guide row G5 contacts): one contact for each address. */
export class EssentialContacts extends pulumi.ComponentResource {
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly resourceName: pulumi.Output<string>;

  constructor(name: string, args: EssentialContactsArgs, opts?: pulumi.ComponentResourceOptions) {
    const scope = scopeOf(name, args);
    const { contacts } = checkedLevelArgs(name, scope.level, withoutScope(args), ["contacts"]);
    super(type, name, {}, opts);
    refuseLosses();
    this.resourceName = scope.resourceName;
    const ready = whenPlaceReady(name, args, opts);
    makeContacts(name, scope, contacts, { parent: this, hooks: hooksOf(name), ...(ready && { dependsOn: ready }) });
    this.registerOutputs({ resourceName: this.resourceName });
  }
}

/** The contacts of all levels of a config that was checked, in one component for the reason that SupportAccessOfLevels tells. */
export class EssentialContactsOfLevels extends pulumi.ComponentResource {
  /** The contacts of a level; none where it has none. */
  readonly of: (level: ConfigLevel) => readonly gcp.essentialcontacts.Contact[];

  /** @param neededBy What the contacts of a level need. */
  constructor(
    name: string,
    levels: readonly ConfigLevel[],
    neededBy: (level: ConfigLevel) => readonly pulumi.Resource[],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(type, name, {}, opts);
    const options = { parent: this, hooks: hooksOf(name) };
    const contacts = new Map(
      levels.map((level) => [
        level,
        makeContacts(level.name, scopeOf(level.name, level.scope), level.args.contacts, {
          ...options,
          dependsOn: [...neededBy(level)],
        }),
      ]),
    );
    this.of = (level) => contacts.get(level) ?? [];
    this.registerOutputs();
  }
}

function hooksOf(name: string): pulumi.ResourceHookBinding {
  return { ...waitForPropagation(`${name}/contacts`, conflictNote), ...refuseWhereNotReady(`${name}/contacts`) };
}

function makeContacts(
  levelName: string,
  { resourceName }: Scope,
  contacts: Contacts | undefined,
  { parent, ...options }: ChildOptions,
): gcp.essentialcontacts.Contact[] {
  return contactsByAddress(contacts).map(({ email, categories, language }) => {
    const name = `${levelName}/${email}`;
    const thing = resourceName.apply((where) => contactThing(email, where));
    claim({ name, parent }, "contact", thing);
    return new gcp.essentialcontacts.Contact(
      name,
      {
        parent: resourceName,
        email,
        notificationCategorySubscriptions: categories.map((category) => notificationCategories[category].apiName),
        languageTag: language,
      },
      { ...options, parent, aliases: formerNames({ name, type: contactType, parent }, thing) },
    );
  });
}
