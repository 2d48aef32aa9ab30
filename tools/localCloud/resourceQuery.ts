/** The query languages of Resource Manager's list and search methods. Fields and values are case-insensitive. */
import { compileFilter, glob, parseFilter, unsupportedRestriction } from "./filter.ts";
import type { Expression, Predicate, Restriction } from "./filter.ts";
import { own } from "./json.ts";
import type { Folder, Organization, Project } from "./state.ts";

type Fields<Item> = Readonly<Record<string, (item: Item) => string>>;

function equality<Item>(fields: Fields<Item>): (restriction: Restriction) => Predicate<Item> {
  return (restriction) => {
    const read = own(fields, restriction.field.toLowerCase());
    if (read === undefined || (restriction.operator !== ":" && restriction.operator !== "="))
      throw unsupportedRestriction(restriction);
    const matches = glob(restriction.value);
    return (item) => matches(read(item));
  };
}

const organizationFields: Fields<Organization> = {
  directorycustomerid: ({ directoryCustomerId }) => directoryCustomerId,
  "owner.directorycustomerid": ({ directoryCustomerId }) => directoryCustomerId,
};

/**
 * `domain:example.com`, `directorycustomerid:C01`. A search by domain also finds organizations whose domain contains the
 * search term, such as `dev.example.com`.
 *
 * Source: https://github.com/terraform-google-modules/terraform-google-org-policy/issues/36
 */
export function organizationQuery(query: string): Predicate<Organization> {
  const restriction = (one: Restriction): Predicate<Organization> => {
    if (one.field.toLowerCase() !== "domain") return equality(organizationFields)(one);
    const matches = equality<string>({ domain: (domain) => domain })(one);
    return ({ displayName }) => partsOf(displayName).some(matches);
  };
  return compileFilter(query, { restriction });
}

/** `dev.example.com` → itself, `dev.example`, `dev`, `example.com`, and so on: each sequence of its labels. */
function partsOf(domain: string): string[] {
  const labels = domain.split(".");
  return labels.flatMap((_, start) =>
    labels.slice(start).map((_, length) => labels.slice(start, start + length + 1).join(".")),
  );
}

/** `displayName=Test*`, `parent=folders/123 AND state=ACTIVE`. */
export function folderQuery(query: string): Predicate<Folder> {
  const fields: Fields<Folder> = {
    displayname: ({ displayName }) => displayName,
    parent: ({ parent }) => parent,
    state: ({ state }) => state,
    lifecyclestate: ({ state }) => state,
  };
  return compileFilter(query, { restriction: equality(fields), dialect: { not: true } });
}

const projectFields: Fields<Project> = {
  name: ({ displayName }) => displayName,
  displayname: ({ displayName }) => displayName,
  id: ({ projectId }) => projectId,
  projectid: ({ projectId }) => projectId,
  parent: ({ parent }) => parent ?? "",
  "parent.type": ({ parent }) => parent?.split("/")[0]?.slice(0, -1) ?? "",
  "parent.id": ({ parent }) => parent?.split("/")[1] ?? "",
  state: ({ state }) => state,
  lifecyclestate: ({ state }) => state,
};

function projectRestriction(restriction: Restriction): Predicate<Project> {
  const [, label] = /^labels\.(.+)$/i.exec(restriction.field) ?? [];
  if (label === undefined) return equality(projectFields)(restriction);
  const matches = glob(restriction.value);
  return ({ labels }) => {
    const value = own(labels, label);
    return value !== undefined && matches(value);
  };
}

/** The parent in a query with both `parent.type` and `parent.id`. */
export function parentOfQuery(query: string): string | undefined {
  const parsed = parseFilter(query);
  const operands: readonly Expression[] = parsed?.kind === "sequence" || parsed?.kind === "and" ? parsed.operands : [];
  const value = (field: string) =>
    operands.find(
      (operand): operand is Restriction => operand.kind === "restriction" && operand.field.toLowerCase() === field,
    )?.value;
  const type = value("parent.type");
  const id = value("parent.id");
  return type === undefined || id === undefined ? undefined : `${type.toLowerCase()}s/${id}`;
}

/**
 * `labels.color:red name:how*`: several fields match any of them, as documented for both versions. A query by parent
 * (`parent.type:folder parent.id:123`) uses a separate index and only finds resources in the parent.
 */
export function projectQuery(query: string): Predicate<Project> {
  const sequence = parentOfQuery(query) === undefined ? "or" : "and";
  return compileFilter(query, { restriction: projectRestriction, sequence });
}
