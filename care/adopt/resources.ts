/**
 * The program's resources for a config: the components and the gcp resources in them, each with its type token, its name
 * and its parent. The program's own code is in components/; tests/engine/adopt.long.test.ts checks that both agree.
 */
import { contactType, grantModuleOf, serviceType } from "../../components/internal.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import type { Contact } from "../../onboarding/index.ts";
import type { ResourceName, ServiceName } from "../../guide/index.ts";
import type { Grant, NamedPlace as Place } from "../../onboarding/index.ts";
import { programName } from "../stack/states.ts";

export interface Component {
  readonly type: string;
  readonly name: string;
  /** The program's one CustomerCare has none. */
  readonly parent: Component | undefined;
}

/** A resource of the config at a place. */
export type Thing =
  | { readonly kind: "service"; readonly service: ServiceName }
  | ({ readonly kind: "grant" } & Grant)
  | ({ readonly kind: "contact" } & Contact);

export interface WantedResource {
  readonly type: string;
  readonly name: string;
  readonly parent: Component;
  readonly place: Place;
  readonly thing: Thing;
}

export interface Wanted {
  /** Each after its parent. */
  readonly components: readonly Component[];
  readonly resources: readonly WantedResource[];
}

export function wantedOf(config: CustomerCareConfig, places: readonly Place[]): Wanted {
  const root: Component = { type: "customer-care:index:CustomerCare", name: programName, parent: undefined };
  const inRoot = (type: string, name: string): Component => ({
    type: `customer-care:index:${type}`,
    name,
    parent: root,
  });
  const nameOf = ({ level, resource }: Place) => `${programName}/${level === "organization" ? level : resource}`;
  const services = new Map(
    places.filter(({ level }) => level === "project").map((place) => [place, inRoot("ProjectServices", nameOf(place))]),
  );
  const access = inRoot("SupportAccess", programName);
  const contacts = inRoot("EssentialContacts", programName);
  const resources = places.flatMap((place): WantedResource[] => {
    const name = nameOf(place);
    const servicesAt = services.get(place);
    return [
      ...(servicesAt === undefined ? [] : place.services).map((service) => ({
        type: serviceType,
        name: `${name}/${service}`,
        parent: servicesAt ?? root,
        place,
        thing: { kind: "service", service } as const,
      })),
      ...place.grants.map((grant) => ({
        type: `gcp:${grantModuleOf(place.level)}/iAMMember:IAMMember`,
        name: `${name}/${grant.roleName}/${grant.member}`,
        parent: access,
        place,
        thing: { kind: "grant", ...grant } as const,
      })),
      ...place.contacts.map((contact) => ({
        type: contactType,
        name: `${name}/${contact.email}`,
        parent: contacts,
        place,
        thing: { kind: "contact", ...contact } as const,
      })),
    ];
  });
  const components = [
    root,
    ...services.values(),
    ...[access, contacts].filter((one) => resources.some(({ parent }) => parent === one)),
    ...(config.testCase === undefined ? [] : [inRoot("TestSupportCase", `${programName}/testCase`)]),
  ];
  return { components, resources };
}

/** Its URN in a stack. */
export function urnOf(
  { type, name, parent }: Component | WantedResource,
  { project, stack }: { readonly project: string; readonly stack: string },
): string {
  const types = [type];
  for (let above = parent; above !== undefined; above = above.parent) types.unshift(above.type);
  return `urn:pulumi:${stack.split("/").at(-1) ?? stack}::${project}::${types.join("$")}::${name}`;
}

/** The ID by which the gcp provider imports a service or a grant. */
export function importIdOf(resource: ResourceName, thing: Exclude<Thing, { readonly kind: "contact" }>): string {
  const id = resource.split("/")[1] ?? "";
  if (thing.kind === "service") return `${id}/${thing.service}`;
  return `${resource.startsWith("folders/") ? resource : id} ${thing.role} ${thing.member}`;
}

/**
 * The ID by which the gcp provider imports a contact. The provider takes the parent from it. The program writes a parent by its
 * ID, Google by its number: with the number, the first update would replace the contact.
 */
export function contactImportId(resource: ResourceName, contactName: string): string {
  return `${resource}/contacts/${contactName.split("/").at(-1) ?? ""}`;
}
