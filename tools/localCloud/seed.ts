/** The initial state of the local cloud, from a YAML file or data. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { mostFolders } from "./folders.ts";
import { bindingSchema } from "./iamPolicy.ts";

const organizationName = z.string().regex(/^organizations\/\d+$/);
const parentName = z.string().regex(/^(organizations|folders)\/\d+$/);
const number = z.string().regex(/^\d+$/, "a number in quotes");
const bindings = z.array(bindingSchema).default([]);
const time = z.iso.datetime({ offset: true });
const message = z.looseObject({ name: z.string() });

const seedSchema = z.strictObject({
  organizations: z
    .array(
      z.strictObject({
        id: number,
        domain: z.string(),
        directoryCustomerId: z.string(),
        createTime: time.default("2020-01-01T00:00:00Z"),
        cloudSupportApi: z.boolean().default(false),
        allowedContactDomains: z.array(z.string().startsWith("@")).optional(),
        managedContactDomains: z.array(z.string().startsWith("@")).optional(),
        allowedPolicyMemberDomains: z.array(z.string()).optional(),
        allowedPolicyMembers: z
          .strictObject({
            allowedMemberSubjects: z.array(z.string()).default([]),
            allowedPrincipalSets: z.array(z.string()).default([]),
          })
          .optional(),
        allowedServices: z.array(z.string()).optional(),
        bindings,
      }),
    )
    .default([]),
  folders: z
    .array(
      z.strictObject({
        id: number,
        displayName: z.string(),
        parent: parentName,
        createTime: time.default("2020-01-01T00:00:00Z"),
        bindings,
      }),
    )
    .default([]),
  projects: z
    .array(
      z.strictObject({
        projectId: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "not a project id"),
        projectNumber: number,
        displayName: z.string().optional(),
        parent: parentName.optional(),
        state: z.enum(["ACTIVE", "DELETE_REQUESTED"]).default("ACTIVE"),
        createTime: time.default("2020-01-01T00:00:00Z"),
        labels: z.record(z.string(), z.string()).default({}),
        billingAccountName: z.string().startsWith("billingAccounts/").optional(),
        services: z.array(z.string()).default([]),
        bindings,
      }),
    )
    .default([]),
  billingAccounts: z
    .array(
      z.strictObject({
        name: z.string().startsWith("billingAccounts/"),
        displayName: z.string(),
        open: z.boolean().default(true),
        parent: organizationName.optional(),
        bindings,
      }),
    )
    .default([]),
  principals: z
    .array(
      z.strictObject({
        /** As in a policy: `user:…`, `serviceAccount:…`, `principal://…`. */
        principal: z.string(),
        displayName: z.string().optional(),
        accessToken: z.string().optional(),
        /** A service account's own policy. */
        bindings,
      }),
    )
    .default([]),
  /** The permissions of custom roles, by `organizations/…/roles/NAME` or `projects/…/roles/NAME`. */
  roles: z
    .record(z.string().regex(/^((organizations|projects)\/[^/]+\/)?roles\/[\w.]+$/), z.array(z.string()))
    .default({}),
  groups: z.record(z.string().startsWith("group:"), z.array(z.string())).default({}),
  contacts: z
    .array(
      z.strictObject({
        parent: z.string(),
        email: z.string(),
        notificationCategorySubscriptions: z.array(z.string()),
        languageTag: z.string().default("en"),
        validationState: z.enum(["VALID", "INVALID"]).default("VALID"),
        validateTime: time.default("2020-01-01T00:00:00Z"),
      }),
    )
    .default([]),
  caseClassifications: z
    .array(z.strictObject({ id: z.string(), displayName: z.string(), deactivateTime: time.optional() }))
    .default([]),
  cases: z
    .array(
      z.strictObject({
        /** `organizations/…/cases/ID` or `projects/…/cases/ID`. */
        name: z.string(),
        displayName: z.string(),
        description: z.string(),
        /** The id of a classification. */
        classification: z.string(),
        priority: z.enum(["P0", "P1", "P2", "P3", "P4"]),
        state: z
          .enum(["NEW", "IN_PROGRESS_GOOGLE_SUPPORT", "ACTION_REQUIRED", "SOLUTION_PROVIDED", "CLOSED"])
          .default("NEW"),
        creator: z.string(),
        createTime: time,
        subscriberEmailAddresses: z.array(z.string()).default([]),
        testCase: z.boolean().default(false),
        comments: z.array(z.strictObject({ creator: z.string(), createTime: time, body: z.string() })).default([]),
      }),
    )
    .default([]),
  events: z.array(message).default([]),
  recommendations: z.array(message).default([]),
  insights: z.array(message).default([]),
});

/** A seed as written. */
export type SeedInput = z.input<typeof seedSchema>;

/** A seed with defaults. */
export type Seed = z.output<typeof seedSchema>;

const defaultSeedFile = new URL("seed.yaml", import.meta.url);

/** Reads and checks a seed: a YAML file's path, data, or without either the default. */
export function loadSeed(source?: string | SeedInput): Seed {
  // Cached, because a test run starts hundreds of clouds with it.
  if (source === undefined) return structuredClone((defaultSeed ??= readSeed(defaultSeedFile)));
  return typeof source === "object" ? check(source, "The seed") : readSeed(source);
}

let defaultSeed: Seed | undefined;

function readSeed(file: string | URL): Seed {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new Error(`The seed file ${String(file)} cannot be read; name a YAML file.`);
  }
  return check(parseYaml(text, String(file)), `The seed file ${String(file)}`);
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The seed file ${file} is not YAML: ${reason}`, { cause: error });
  }
}

function check(data: unknown, what: string): Seed {
  const result = seedSchema
    .superRefine((seed, context) => {
      for (const { path, message } of seedProblems(seed)) context.addIssue({ code: "custom", path, message });
    })
    .safeParse(data);
  if (result.success) return result.data;
  throw new Error(`${what} is not valid:\n${z.prettifyError(result.error)}`);
}

interface SeedProblem {
  /** Such as `["folders", 0, "parent"]`. */
  readonly path: (string | number)[];
  readonly message: string;
}

type Item<List> = List extends (infer One)[] ? One : never;

/** What Google permits only once, by the list of the seed. */
const identifiers: { readonly [List in keyof Seed]?: (item: Item<Seed[List]>) => (string | undefined)[] } = {
  organizations: ({ id, domain }) => [`organizations/${id}`, domain],
  folders: ({ id, parent, displayName }) => [`folders/${id}`, `folder "${displayName}" in ${parent}`],
  projects: ({ projectId, projectNumber }) => [`projects/${projectId}`, `projects/${projectNumber}`],
  billingAccounts: ({ name }) => [name],
  principals: ({ principal, accessToken }) => [principal, accessToken && `access token ${accessToken}`],
  contacts: ({ parent, email }) => [`contact ${email} at ${parent}`],
  caseClassifications: ({ id }) => [`classification ${id}`],
  cases: ({ name }) => [`case ${name.split("/").at(-1) ?? ""}`],
  events: ({ name }) => [name],
  recommendations: ({ name }) => [name],
  insights: ({ name }) => [name],
};

/** What the parts of a seed mean to each other: identifiers that exist twice, and places in the hierarchy. */
function seedProblems(seed: Seed): SeedProblem[] {
  return [...duplicates(seed), ...misplaced(seed)];
}

function duplicates(seed: Seed): SeedProblem[] {
  return Object.entries(identifiers).flatMap(([list, identify]) => {
    const first = new Map<string, number>();
    const items = seed[list as keyof Seed] as unknown as readonly never[];
    return items.flatMap((item, index) =>
      identify(item).flatMap((identifier): SeedProblem[] => {
        const before = identifier === undefined ? index : (first.get(identifier) ?? index);
        if (identifier !== undefined) first.set(identifier, before);
        if (before === index) return [];
        return [{ path: [list, index], message: `${identifier ?? ""} exists already, at ${list}[${String(before)}]` }];
      }),
    );
  });
}

function misplaced({ organizations, folders, projects, billingAccounts }: Seed): SeedProblem[] {
  const parents = new Map(folders.map(({ id, parent }) => [`folders/${id}`, parent]));
  const places = new Set([...parents.keys(), ...organizations.map(({ id }) => `organizations/${id}`)]);
  const children = new Map<string, number>();
  const problem = (list: string, index: number, message: string): SeedProblem[] => [
    { path: [list, index, "parent"], message },
  ];
  const missing = (list: string, index: number, name: string, parent: string | undefined) =>
    parent === undefined || places.has(parent)
      ? []
      : problem(list, index, `the seed has no ${parent}, the parent of ${name}`);
  return [
    ...folders.flatMap(({ id, parent }, index) => {
      const name = `folders/${id}`;
      const count = (children.get(parent) ?? 0) + 1;
      children.set(parent, count);
      const above = lineOf(name, parents);
      if (above.at(-1) === name) return problem("folders", index, `a circle: ${[name, ...above].join(" is in ")}`);
      // Deeper folders, and those in the circle of others, are not reported.
      const isFirst = above.filter((other) => parents.has(other)).length === mostFolders.activeLevels;
      return [
        ...missing("folders", index, name, parent),
        ...(isFirst ? problem("folders", index, `${name} is deeper than ${mostFolders.activeLevels} levels`) : []),
        ...(count === mostFolders.children + 1
          ? problem("folders", index, `${parent} has more than ${mostFolders.children} folders`)
          : []),
      ];
    }),
    ...projects.flatMap(({ projectNumber, parent }, index) =>
      missing("projects", index, `projects/${projectNumber}`, parent),
    ),
    ...billingAccounts.flatMap(({ name, parent }, index) => missing("billingAccounts", index, name, parent)),
  ];
}

/** The parent, its parent, and so on, up to the first one that is there already. */
function lineOf(name: string, parents: ReadonlyMap<string, string>): string[] {
  const above: string[] = [];
  const seen = new Set<string>();
  for (let next = parents.get(name); next !== undefined && !seen.has(next); next = parents.get(next)) {
    seen.add(next);
    above.push(next);
    if (next === name) break;
  }
  return above;
}
