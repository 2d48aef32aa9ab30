/** What a release consists of: its version, checked against the tag, and its notes, from the changelog. */
import { gt, valid } from "semver";
import { counted } from "../../text/index.ts";
import { SetUpError } from "../setup/bootstrap/setUpError.mjs";

export interface ReleaseSources {
  /** Such as `v0.1.0`. */
  readonly tag: string | undefined;
  /** The version in each file that has one. */
  readonly versions: ReadonlyMap<string, string>;
  readonly changelog: string;
  /** The address of the repository, such as `https://github.com/octo-org/customer-care`. */
  readonly repository: string | undefined;
  readonly now: Date;
}

export interface Release {
  readonly version: string;
  readonly notes: string;
}

/** @throws SetUpError with each reason why the tag cannot be released */
export function releaseOf({ tag, versions, changelog, repository, now }: ReleaseSources): Release {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag ?? "")?.[1];
  if (version === undefined || valid(version) === null)
    throw new SetUpError(`${tag === undefined ? "No tag given" : `"${tag}" is not a tag`}; write one such as v0.2.0.`);
  const sections = sectionsOf(changelog);
  const own = sections.find(({ name }) => name === version);
  const problems = [
    ...[...versions].flatMap(([file, other]) =>
      other === version ? [] : [`${file}: the version is ${other}, but the tag is v${version}.`],
    ),
    ...problemsOf(version, sections, own, now).map((problem) => `CHANGELOG.md: ${problem}`),
  ];
  if (problems.length > 0 || own === undefined) throw new SetUpError(problems.join("\n"));
  return { version, notes: withAddresses(own.text, repository && `${repository}/blob/v${version}`) };
}

/** A section of the changelog, such as `## [0.2.0] - 2026-12-24`. */
interface Section {
  /** The version, or `Unreleased`. */
  readonly name: string;
  readonly date: string;
  readonly text: string;
}

function sectionsOf(changelog: string): Section[] {
  const [, ...sections] = changelog.split(/^## /m);
  return sections.map((section) => {
    const [heading = ""] = section.split("\n", 1);
    const [, name = "", date = ""] = /^\[([^\]]*)\](?: - (.*))?$/.exec(heading.trim()) ?? [];
    return { name, date, text: section.slice(heading.length).trim() };
  });
}

function problemsOf(version: string, sections: readonly Section[], own: Section | undefined, now: Date): string[] {
  const entries = sections.find(({ name }) => name === "Unreleased")?.text.match(/^- /gm)?.length ?? 0;
  const later = sections.find(({ name }) => valid(name) !== null && gt(name, version));
  return [
    ...(own === undefined || own.date === "" || own.text === ""
      ? [`there is no section "## [${version}] - DATE" with text.`]
      : dateProblems(own, now)),
    ...(sections.filter(({ name }) => name === version).length > 1 ? [`there are two sections of ${version}.`] : []),
    ...(entries > 0
      ? [
          `[Unreleased] still has ${counted(entries, "entry", "entries")}; move ${entries === 1 ? "it" : "them"} into the section of ${version}.`,
        ]
      : []),
    ...(later === undefined ? [] : [`${later.name} is already there, and ${version} is an earlier version.`]),
  ];
}

function dateProblems({ name, date }: Section, now: Date): string[] {
  const parsed = new Date(/^\d{4}-\d\d-\d\d$/.test(date) ? date : NaN);
  // JavaScript reads 30 February as 2 March.
  if (Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(date))
    return [`the section of ${name} has the date "${date}"; write a day such as 2026-12-24.`];
  // Where the day begins first, it begins 14 hours before UTC's.
  const today = new Date(now.getTime() + 14 * 3_600_000).toJSON().slice(0, 10);
  return date > today ? [`the section of ${name} has a date in the future, ${date}; write today's.`] : [];
}

/** On the page of a release, a relative link would lead elsewhere. */
function withAddresses(text: string, folder: string | undefined): string {
  if (folder === undefined) return text;
  return text.replace(/\]\((?![a-z]+:|#)([^()\s]+)\)/g, (_, path: string) => `](${folder}/${path})`);
}
