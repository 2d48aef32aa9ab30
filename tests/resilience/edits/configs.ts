/** Random configs and the edits that people make to them. */
import { check } from "../../../onboarding/index.ts";
import { notificationCategoryNames } from "../../../guide/index.ts";

/** A number from 0 up to, and without, 1. */
export type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How a value is written, which does not change its meaning. */
interface Written {
  /** Its key, where it has one. */
  key: string;
  /** Whether it is an Output, and so named by its key. */
  later: boolean;
}

interface Member extends Written {
  readonly member: string;
}

interface Members {
  /** Whether they are a map with names, in place of a list. */
  named: boolean;
  members: Member[];
}

interface Contact {
  readonly email: string;
  categories: string[];
  byAddress: boolean;
}

interface Place {
  readonly roles: Record<string, Members>;
  contacts: Contact[];
}

interface Level extends Place, Written {
  readonly id: string;
}

interface Project extends Level {
  /** Whether the folder's everyProject covers it. */
  ofFolder: boolean;
  instance: "care" | "second";
}

/** The topic of support events. */
interface Events {
  project: string;
  topic: string;
  later: boolean;
}

export interface Model {
  organization: Place | undefined;
  /** Only with an organization. */
  events: Events | undefined;
  folder: Level | undefined;
  projects: Project[];
  /** What each project below the folder has that is not listed. */
  everyProject: Place;
  testCase: { project: string; description: string } | undefined;
  readonly keepOpen: boolean;
}

export type Args = Readonly<Record<string, unknown>>;

/** The projects of the cloud, and whether each is below the folder. */
export const projectIds: Readonly<Record<string, boolean>> = {
  "shop-dev": true,
  "pay-dev": true,
  "ops-admin": false,
  "shop-prod": false,
};
export const folderId = "456789012345";
export const organizationId = "123456789012";

export const people = [
  "user:ada@example.com",
  "user:bob@example.com",
  "group:sre@example.com",
  "group:shop@example.com",
];
const addresses = ["oncall@example.com", "finops@example.com", "security@example.com"];
const folderAddress = "folder@example.com";
const everyAddress = "every@example.com";
const keys = ["one", "two", "main", "other"];
const roleNames = ["editors", "contactViewers"];
const categories = notificationCategoryNames.filter((name) => name !== "all").slice(0, 4);

export class Edits {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A valid config from nothing. */
  config(): Model {
    return this.#valid(() => this.#model(this.#chance(0.5)));
  }

  /** Another valid config that a few edits lead to, with their names. */
  edited(model: Model): { readonly model: Model; readonly edits: readonly string[] } {
    let names: string[] = [];
    const edited = this.#valid(() => {
      const copy = structuredClone(model);
      names = Array.from({ length: 1 + this.#below(3) }, () => this.#edit(copy));
      return copy;
    });
    return { model: edited, edits: names };
  }

  #model(keepOpen: boolean): Model {
    const ids = Object.keys(projectIds).filter(() => this.#chance(0.7));
    const projects = ids.map((id) => this.#project(id));
    return {
      organization: this.#chance(0.4) ? this.#place([addresses[2] ?? ""]) : undefined,
      events: this.#chance(0.5) ? this.#events() : undefined,
      folder: this.#chance(0.6) ? { id: folderId, ...this.#written(), ...this.#place([folderAddress]) } : undefined,
      projects,
      everyProject: this.#place([everyAddress]),
      testCase: this.#chance(0.5)
        ? { project: this.#one(ids) ?? "", description: this.#one(["A", "B"]) ?? "A" }
        : undefined,
      keepOpen,
    };
  }

  #events(): Events {
    return {
      project: this.#one(["ops-admin", "shop-dev"]) ?? "",
      topic: this.#one(["cases", "support-events"]) ?? "",
      later: this.#chance(0.3),
    };
  }

  #project(id: string): Project {
    return {
      id,
      ...this.#written(),
      ...this.#place(addresses),
      ofFolder: false,
      instance: this.#chance(0.25) ? "second" : "care",
    };
  }

  #place(emails: readonly string[]): Place {
    return {
      roles: Object.fromEntries(
        roleNames.map((role) => [
          role,
          {
            named: this.#chance(0.4),
            members: people.filter(() => this.#chance(0.35)).map((one) => this.#member(one)),
          },
        ]),
      ),
      contacts: emails.filter(() => this.#chance(0.5)).map((email) => this.#contact(email)),
    };
  }

  #member(member: string): Member {
    return { member, ...this.#written() };
  }

  #contact(email: string): Contact {
    const some = categories.filter(() => this.#chance(0.4));
    return { email, categories: some.length > 0 ? some : ["security"], byAddress: this.#chance(0.5) };
  }

  #written(): Written {
    return { key: this.#one(keys) ?? "one", later: this.#chance(0.3) };
  }

  #edit(model: Model): string {
    const places = [model.organization, model.folder, ...model.projects, model.everyProject].filter(
      (place) => place !== undefined,
    );
    const place = this.#one(places) ?? model.everyProject;
    const otherPlace = this.#one(places) ?? model.everyProject;
    const role = this.#one(roleNames) ?? "editors";
    const members = place.roles[role];
    const level = this.#one([model.folder, ...model.projects].filter((one) => one !== undefined));
    const project = this.#one(model.projects);
    const contact = this.#one(place.contacts);
    const edits: Record<string, () => unknown> = {
      "another key": () => level && (level.key = this.#one([...keys, level.id]) ?? level.id),
      "ID known at once or later": () => level && (level.later = !level.later),
      "keys exchanged": () => {
        const [one, other] = model.projects;
        if (one !== undefined && other !== undefined) [one.key, other.key] = [other.key, one.key];
      },
      "list or map": () => members && (members.named = !members.named),
      "another name of a member": () => members?.members.forEach((one) => (one.key = this.#one(keys) ?? "one")),
      "member known at once or later": () => members?.members.forEach((one) => (one.later = !one.later)),
      "category or address": () => place.contacts.forEach((one) => (one.byAddress = !one.byAddress)),
      "other categories": () => contact && (contact.categories = this.#contact("").categories),
      "member added or removed": () => {
        const member = this.#one(people) ?? "";
        if (members === undefined) return;
        const has = members.members.some((one) => one.member === member);
        members.members = has
          ? members.members.filter((one) => one.member !== member)
          : [...members.members, this.#member(member)];
      },
      "contact added or removed": () => {
        const email = this.#one(addresses) ?? "";
        const has = place.contacts.some((one) => one.email === email);
        place.contacts = has
          ? place.contacts.filter((one) => one.email !== email)
          : [...place.contacts, this.#contact(email)];
      },
      "project added or removed": () => {
        const id = this.#one(Object.keys(projectIds)) ?? "";
        const has = model.projects.some((one) => one.id === id);
        if (has) model.projects = model.projects.filter((one) => one.id !== id);
        else model.projects.push(this.#project(id));
      },
      "member moved to another level": () => {
        const target = otherPlace.roles[role];
        const moved = members?.members.pop();
        if (moved !== undefined && target?.members.every(({ member }) => member !== moved.member) === true)
          target.members.push(moved);
      },
      "contact moved to another level": () => {
        const moved = place.contacts.pop();
        if (moved !== undefined && otherPlace.contacts.every(({ email }) => email !== moved.email))
          otherPlace.contacts.push(moved);
      },
      "project to or from everyProject": () => {
        if (project === undefined || projectIds[project.id] !== true || model.folder === undefined) return;
        project.ofFolder = !project.ofFolder;
        Object.assign(project, structuredClone(model.everyProject));
      },
      "project to another instance": () =>
        project && (project.instance = project.instance === "care" ? "second" : "care"),
      "test case added, moved or removed": () => {
        const id = this.#one(model.projects)?.id;
        model.testCase = id === undefined || this.#chance(0.3) ? undefined : { project: id, description: "A" };
      },
      "another test case": () =>
        model.testCase && (model.testCase.description = model.testCase.description === "A" ? "B" : "A"),
      "other support events": () => (model.events = this.#chance(0.7) ? this.#events() : undefined),
      "organization added or removed": () => {
        model.organization = model.organization ? undefined : this.#place([addresses[2] ?? ""]);
      },
      "folder added or removed": () => {
        model.folder = model.folder ? undefined : { id: folderId, ...this.#written(), ...this.#place([folderAddress]) };
      },
    };
    const name = this.#one(Object.keys(edits)) ?? "";
    edits[name]?.();
    return name;
  }

  #valid(draw: () => Model): Model {
    for (;;) {
      const model = draw();
      const args = normalized(model) ? argsOf(model) : undefined;
      if (args !== undefined && Object.values(args).every((one) => isValid(one))) return model;
    }
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #one<Value>(values: readonly Value[]): Value | undefined {
    return values[this.#below(values.length)];
  }
}

/** Gives each key to one only; whether the model then makes sense. */
function normalized(model: Model): boolean {
  const listed = model.projects.filter(({ ofFolder }) => !ofFolder);
  unique(listed);
  const places = [model.organization, model.folder, ...model.projects, model.everyProject];
  for (const place of places) for (const { members } of Object.values(place?.roles ?? {})) unique(members);
  const { testCase, projects, folder } = model;
  if (
    testCase !== undefined &&
    !projects.some(({ id, ofFolder, instance }) => id === testCase.project && !ofFolder && instance === "care")
  )
    model.testCase = undefined;
  // A project of another instance would have a second owner below the folder.
  const isOwnedTwice = (one: Project) =>
    one.instance === "second" && folder !== undefined && everyProjectIsUsed(model) && projectIds[one.id] === true;
  return projects.length > 0 && !projects.some((one) => (one.ofFolder && folder === undefined) || isOwnedTwice(one));
}

function unique(written: readonly Written[]): void {
  const seen = new Set<string>();
  for (const one of written) {
    while (seen.has(one.key)) one.key += "x";
    seen.add(one.key);
  }
}

const everyProjectIsUsed = ({ projects }: Model) => projects.some(({ ofFolder }) => ofFolder);

/** The args of each instance. */
export function argsOf(model: Model): Record<string, Args> {
  const { organization, events, folder, testCase, keepOpen } = model;
  const supportEvents = events && { project: value(events.project, events.later), topic: events.topic };
  const isAsked = everyProjectIsUsed(model);
  // What may be one of those that are looked up must be known then.
  const known = (project: Project) =>
    isAsked && projectIds[project.id] === true ? { ...project, later: false } : project;
  const projectsOf = (instance: Project["instance"]): Args =>
    Object.fromEntries(
      model.projects
        .filter((project) => project.instance === instance && !project.ofFolder)
        .map((project) => [project.key, { ...idOf(known(project), "projectId"), ...placeOf(project) }]),
    );
  const care = {
    plan: "enhanced",
    ...(organization && { organization: { id: organizationId, ...placeOf(organization), supportEvents } }),
    ...(folder && {
      folders: {
        [folder.key]: {
          ...idOf(isAsked ? { ...folder, later: false } : folder, "folderId"),
          ...placeOf(folder),
          ...(isAsked && { everyProject: placeOf(model.everyProject) }),
        },
      },
    }),
    projects: projectsOf("care"),
    ...(testCase && {
      testCase: {
        project: model.projects.find(({ id }) => id === testCase.project)?.key,
        description: testCase.description,
        keepOpen,
      },
    }),
  };
  const second = projectsOf("second");
  return { care, ...(Object.keys(second).length > 0 && { second: { plan: "enhanced", projects: second } }) };
}

/** Such as `later:shop-dev` for an Output. */
const value = (text: string, later: boolean) => (later ? `later:${text}` : text);

function idOf({ id, key, later }: Level, name: string): Args {
  return key === id && !later ? {} : { [name]: value(id, later) };
}

function placeOf({ roles, contacts }: Place): Args {
  const members: Args = Object.fromEntries(
    Object.entries(roles).map(([role, { named, members }]) => [
      role,
      named
        ? Object.fromEntries(members.map(({ key, member, later }) => [key, value(member, later)]))
        : members.map(({ member }) => member),
    ]),
  );
  const entries: Record<string, unknown> = {};
  for (const { email, categories: subscribed, byAddress } of contacts) {
    if (byAddress) entries[email] = { categories: subscribed };
    else
      for (const category of subscribed)
        entries[category] = [...((entries[category] as string[] | undefined) ?? []), email];
  }
  return { ...members, contacts: entries };
}

/** As plain values: an Output is checked once it is known. */
function isValid(args: Args): boolean {
  const plain = (at: unknown): unknown => {
    if (typeof at === "string") return at.replace(/^later:/, "");
    if (Array.isArray(at)) return at.map(plain);
    if (at === null || typeof at !== "object") return at;
    return Object.fromEntries(
      Object.entries(at).map(([key, child]) => [
        key,
        roleNames.includes(key) && !Array.isArray(child) ? Object.values(plain(child) as object) : plain(child),
      ]),
    );
  };
  return check(plain(args)).problems.length === 0;
}
