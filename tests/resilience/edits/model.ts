/** A config as the walk edits it, and the args that it is written as. */
import { check } from "../../../onboarding/index.ts";

/** How a value is written, which does not change its meaning. */
export interface Written {
  /** Its key, where it has one. */
  key: string;
  /** Whether it is an Output, and so named by its key. */
  later: boolean;
}

export interface Member extends Written {
  readonly member: string;
}

export interface Members {
  /** Whether they are a map with names, in place of a list. */
  named: boolean;
  members: Member[];
}

export interface Contact {
  readonly email: string;
  categories: string[];
  byAddress: boolean;
}

export interface Place {
  readonly roles: Record<string, Members>;
  contacts: Contact[];
}

/** The alerts of a project. */
export interface Alerts {
  /** E-mail addresses; empty for `contacts`. */
  notify: string[];
  /** Whether the project's existing channel is notified too. */
  channel: boolean;
  /** Whether the channel is an Output. */
  later: boolean;
  on: "all-updates" | "new-incidents" | undefined;
  locations: string[];
}

/** A project, or what each project of a folder has. */
export interface ProjectPlace extends Place {
  alerts: Alerts | undefined;
}

export interface Level extends Place, Written {
  readonly id: string;
}

export interface Project extends Level, ProjectPlace {
  /** Whether the folder's everyProject covers it. */
  ofFolder: boolean;
  instance: "care" | "second";
}

/** The topic of support events. */
export interface Events {
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
  everyProject: ProjectPlace;
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

export const roleNames = ["editors", "contactViewers"];

export const people = [
  "user:ada@example.com",
  "user:bob@example.com",
  "group:sre@example.com",
  "group:shop@example.com",
];

/** A notification channel that others have created. */
export const channelOf = (projectId: string) => `projects/${projectId}/notificationChannels/77`;

/** Whether the model makes sense, as it is or once each key is one's only. */
export function isValidModel(model: Model): boolean {
  return normalized(model) && Object.values(argsOf(model)).every((args) => isValid(args));
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
        .map((project) => [project.key, { ...idOf(known(project), "projectId"), ...projectOf(project, project.id) }]),
    );
  const care = {
    plan: "enhanced",
    ...(organization && { organization: { id: organizationId, ...placeOf(organization), supportEvents } }),
    ...(folder && {
      folders: {
        [folder.key]: {
          ...idOf(isAsked ? { ...folder, later: false } : folder, "folderId"),
          ...placeOf(folder),
          ...(isAsked && { everyProject: projectOf(model.everyProject) }),
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

/** @param id Without it, there is no one channel that all projects have. */
function projectOf(place: ProjectPlace, id?: string): Args {
  return { ...placeOf(place), ...(place.alerts && { alerts: { serviceHealth: serviceHealthOf(place.alerts, id) } }) };
}

function serviceHealthOf({ notify, channel, later, on, locations }: Alerts, id?: string): Args {
  const channels = channel && id !== undefined ? [value(channelOf(id), later)] : [];
  return {
    notify: notify.length === 0 ? "contacts" : [...notify, ...channels],
    ...(on && { on }),
    ...(locations.length > 0 && { locations }),
  };
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
