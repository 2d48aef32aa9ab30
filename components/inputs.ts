/** Args as a config: what is plain is checked at once, what is an Output when it is known. */
import * as pulumi from "@pulumi/pulumi";
import { check, checkValue, ConfigError } from "../config/index.ts";
import type { ValueKind } from "../config/index.ts";
import { roleNames } from "../guide/index.ts";
import type { Level } from "../guide/index.ts";
import type { CustomerCareArgs, Members, OrganizationArgs, ProjectArgs, TestCaseArgs } from "./args.ts";

/** A value that the config proper does not have: an Output, or members under names of their own. */
interface Aside {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The args, checked, with all that is known in its one spelling.
 * @param name What an error starts with: the component's name.
 * @param part The keys that lead to the part of the args that a user wrote, which errors leave out.
 * @throws RunError that names each problem
 */
export function checkedArgs(name: string, args: CustomerCareArgs, part: readonly string[] = []): CustomerCareArgs {
  const asides: Aside[] = [];
  const document = setAside(args, [], asides);
  const isAside = (path: readonly string[]) => asides.some((aside) => isSamePath(aside.path, path));
  const { config, problems } = check(document, isAside);
  if (config === undefined) {
    const named = problems.map(({ path, message }) => ({
      path: withMemberName(path, asides).slice(part.length),
      message,
    }));
    throw userError(new ConfigError(name, named));
  }
  for (const { path, value } of asides) put(config, path, putBack(name, path.slice(part.length), value));
  return config;
}

/** What a component takes that works on one level, checked as the same part of the whole is. */
export function checkedLevelArgs<Args extends ProjectArgs & OrganizationArgs>(
  name: string,
  level: Level,
  args: Args,
): Args {
  // A level's own id is not the config's to check here: any that is well-formed will do.
  if (level === "organization") {
    const whole = { plan: "basic", organization: { ...args, id: "1" } } as const;
    return { ...args, ...withoutId(checkedArgs(name, whole, ["organization"]).organization) };
  }
  const [collection, key] = level === "folder" ? (["folders", "1"] as const) : (["projects", "any-project"] as const);
  const checked = checkedArgs(name, { plan: "basic", [collection]: { [key]: args } }, [collection, key]);
  return { ...args, ...checked[collection]?.[key] };
}

/** What a test case takes, checked as the same part of the whole is. */
export function checkedTestCaseArgs(name: string, args: Omit<TestCaseArgs, "project" | "organization">): TestCaseArgs {
  const whole = {
    plan: "premium",
    projects: { "any-project": {} },
    testCase: { ...args, project: "any-project" },
  } as const;
  return checkedArgs(name, whole, ["testCase"]).testCase ?? {};
}

function withoutId(args: OrganizationArgs = {}): OrganizationArgs {
  const { id: _id, ...rest } = args;
  return rest;
}

/** A member of a role, under its name in the state. */
export interface NamedMember {
  readonly name: string;
  readonly member: pulumi.Input<string>;
}

/** Sorted by name, so that the order of a config means nothing. */
export function namedMembers(members: Members = []): NamedMember[] {
  const named = Array.isArray(members)
    ? (members as readonly string[]).map((member) => ({ name: member, member }))
    : Object.entries(members as Record<string, pulumi.Input<string>>).map(([name, member]) => ({ name, member }));
  return named.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The args that have a value: an absent one leaves the default. */
export function known<Args extends object>(args: Args): Args {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as Args;
}

/** A user's mistake: the engine shows such an error's message alone, without a stack trace. */
export function userError(error: unknown): unknown {
  return error instanceof ConfigError ? new pulumi.RunError(error.message) : error;
}

const isRole = (key: string | undefined) => (roleNames as readonly (string | undefined)[]).includes(key);

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isKnownLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** A copy that is a config: Outputs are left out, and members under names become a list of those that are known. */
function setAside(value: unknown, path: readonly string[], asides: Aside[]): unknown {
  if (isKnownLater(value)) {
    asides.push({ path, value });
    return undefined;
  }
  if (Array.isArray(value)) return value.map((element, index) => setAside(element, [...path, String(index)], asides));
  if (!isMap(value)) return value;
  if (isRole(path.at(-1))) {
    asides.push({ path, value });
    return Object.values(value).filter((member) => !isKnownLater(member));
  }
  const children = Object.entries(value).map(([key, child]) => [key, setAside(child, [...path, key], asides)] as const);
  return Object.fromEntries(children.filter(([, child]) => child !== undefined));
}

function putBack(name: string, path: readonly string[], value: unknown): unknown {
  if (isMap(value) && !isKnownLater(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, later(name, [...path, key], "member", member)]),
    );
  const kind = path.at(-1) === "id" ? "organizationId" : (path.at(-1) as ValueKind);
  return later(name, path, kind, value);
}

function later(name: string, path: readonly string[], kind: ValueKind, input: unknown): pulumi.Input<string> {
  const checked = (value: unknown) => {
    try {
      return checkValue(name, path, kind, value);
    } catch (error) {
      throw userError(error);
    }
  };
  return isKnownLater(input) ? pulumi.output(input as pulumi.Output<string>).apply(checked) : checked(input);
}

function put(config: unknown, path: readonly string[], value: unknown): void {
  const last = path.at(-1) ?? "";
  let at = config as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[last] = value;
}

/** Members under names were checked as a list: a problem's index is one of those that are known. */
function withMemberName(path: readonly PropertyKey[], asides: readonly Aside[]): readonly PropertyKey[] {
  const aside = asides.find((one) => isMap(one.value) && isSamePath(one.path, path.slice(0, one.path.length)));
  const index = aside === undefined ? undefined : path[aside.path.length];
  if (aside === undefined || typeof index !== "number") return path;
  const known = Object.entries(aside.value as object).filter(([, member]) => !isKnownLater(member));
  return [...aside.path, known[index]?.[0] ?? index, ...path.slice(aside.path.length + 1)];
}

function isSamePath(one: readonly PropertyKey[], other: readonly PropertyKey[]): boolean {
  return one.length === other.length && one.every((key, index) => String(key) === String(other[index]));
}
