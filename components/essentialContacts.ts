import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { contactsByAddress } from "../config/index.ts";
import { notificationCategories } from "../guide/index.ts";
import type { Contacts } from "./args.ts";
import { checkedLevelArgs } from "./inputs.ts";
import { waitForPropagation } from "./propagation.ts";
import { scopeOf, withoutScope } from "./scope.ts";
import type { ScopeArgs } from "./scope.ts";

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
    super("customer-care:index:EssentialContacts", name, {}, opts);
    this.resourceName = scope.resourceName;
    const options = { parent: this, hooks: waitForPropagation(`${name}/contacts`) };
    for (const { email, categories, language } of contactsByAddress(contacts))
      new gcp.essentialcontacts.Contact(
        `${name}/${email}`,
        {
          parent: this.resourceName,
          email,
          notificationCategorySubscriptions: categories.map((category) => notificationCategories[category].apiName),
          languageTag: language,
        },
        options,
      );
    this.registerOutputs({ resourceName: this.resourceName });
  }
}
