/** The initial state of the local cloud, from a YAML file or data. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
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
  const result = seedSchema.safeParse(data);
  if (result.success) return result.data;
  throw new Error(`${what} is not valid:\n${z.prettifyError(result.error)}`);
}
