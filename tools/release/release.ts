/** What a release consists of: its version, checked against the tag, and its notes, from the changelog. */
import { SetUpError } from "../setup/bootstrap/setUpError.mjs";

export interface ReleaseSources {
  /** Such as `v0.1.0`. */
  readonly tag: string | undefined;
  /** The version in each file that has one. */
  readonly versions: ReadonlyMap<string, string>;
  readonly changelog: string;
  /** The address of the repository, such as `https://github.com/octo-org/customer-care`. */
  readonly repository: string | undefined;
}

export interface Release {
  readonly version: string;
  readonly notes: string;
}

/** @throws SetUpError with each reason why the tag cannot be released */
export function releaseOf({ tag, versions, changelog, repository }: ReleaseSources): Release {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag ?? "")?.[1];
  if (version === undefined)
    throw new SetUpError(`${tag === undefined ? "No tag given" : `"${tag}" is not a tag`}; write one such as v0.2.0.`);
  const problems = [...versions].flatMap(([file, own]) =>
    own === version ? [] : [`${file}: the version is ${own}, but the tag is v${version}.`],
  );
  const section = sectionOf(changelog, version);
  if (section === undefined) problems.push(`CHANGELOG.md: there is no section "## [${version}] - DATE" with text.`);
  if (problems.length > 0 || section === undefined) throw new SetUpError(problems.join("\n"));
  return { version, notes: withAddresses(section, repository && `${repository}/blob/v${version}`) };
}

function sectionOf(changelog: string, version: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((text) => text.startsWith(`[${version}] - `));
  const text = section?.slice(section.indexOf("\n")).trim();
  return text === "" ? undefined : text;
}

/** On the page of a release, a relative link would lead elsewhere. */
function withAddresses(text: string, folder: string | undefined): string {
  if (folder === undefined) return text;
  return text.replace(/\]\((?![a-z]+:|#)([^()\s]+)\)/g, (_, path: string) => `](${folder}/${path})`);
}
