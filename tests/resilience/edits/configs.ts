/** Random configs and the edits that people make to them. */
import { notificationCategoryNames } from "../../../guide/index.ts";
import { folderId, isValidModel, people, projectIds, roleNames } from "./model.ts";
import type { Alerts, Contact, Events, Member, Model, Place, Project, ProjectPlace, Written } from "./model.ts";

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

const addresses = ["oncall@example.com", "finops@example.com", "security@example.com"];
const folderAddress = "folder@example.com";
const everyAddress = "every@example.com";
const keys = ["one", "two", "main", "other"];
const locations = ["europe-west1", "us-east1"];
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
      everyProject: this.#projectPlace([everyAddress]),
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
      ...this.#projectPlace(addresses),
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

  #projectPlace(emails: readonly string[]): ProjectPlace {
    return { ...this.#place(emails), alerts: this.#chance(0.4) ? this.#alerts() : undefined };
  }

  #alerts(): Alerts {
    return {
      notify: this.#chance(0.35) ? [] : addresses.filter(() => this.#chance(0.6)),
      channel: this.#chance(0.4),
      later: this.#chance(0.3),
      on: this.#one([undefined, "all-updates", "new-incidents"]),
      locations: locations.filter(() => this.#chance(0.3)),
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
    const withAlerts = this.#one([...model.projects, model.everyProject]) ?? model.everyProject;
    const { alerts } = withAlerts;
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
      "alerts added or removed": () => (withAlerts.alerts = alerts === undefined ? this.#alerts() : undefined),
      "other people are alerted": () => alerts && (alerts.notify = this.#alerts().notify),
      "existing channel added or removed": () => alerts && (alerts.channel = !alerts.channel),
      "channel known at once or later": () => alerts && (alerts.later = !alerts.later),
      "other incidents": () => {
        const { on, locations } = this.#alerts();
        Object.assign(alerts ?? {}, { on, locations });
      },
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
      if (isValidModel(model)) return model;
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
