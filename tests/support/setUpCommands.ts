/** The commands with which docs/how-to/setUpWorkflows.md creates the identities. sh runs its blocks, with programs that only print their arguments. */
import { execFileSync } from "node:child_process";
import { blocks } from "./documents.ts";

export const page = "docs/how-to/setUpWorkflows.md";

const separator = "\u001f";

/** In place of each program. */
const stubs = ["gcloud", "gh", "mkdir", "pulumi"]
  .map((name) => `${name}() { printf '%s' ${name}; for word; do printf '${separator}%s' "$word"; done; echo; }`)
  .join("\n");

export const isSetUp = ({ place, language, text }: (typeof blocks)[number]) =>
  place.startsWith(`${page}:`) && language === "sh" && /^ *(gcloud|gh) /m.test(text);

/** The same for GitLab. */
export const isGitLabSetUp = ({ place, language, text }: (typeof blocks)[number]) =>
  place.startsWith("docs/how-to/otherPipelines.md:") && language === "sh" && /^ *gcloud /m.test(text);

/** The pipeline of GitLab, which is YAML and no config. */
export const isGitLab = ({ place, language }: (typeof blocks)[number]) =>
  place.startsWith("docs/how-to/otherPipelines.md:") && language === "yaml";

/** Each command's words, in the order in which they are run. */
const commandsOf = (isOfPage: typeof isSetUp): readonly (readonly string[])[] =>
  blocks
    .filter(isOfPage)
    .flatMap(({ text }) => execFileSync("sh", ["-eu", "-c", `${stubs}\n${text}`], { encoding: "utf8" }).split("\n"))
    .filter((line) => line !== "")
    .map((line) => line.split(separator));

export const setUpCommands = commandsOf(isSetUp);

export const gitLabCommands = commandsOf(isGitLabSetUp);

export interface Grant {
  /** Such as `organizations/123456789012`, `projects/shop-dev`, or the e-mail address of a service account. */
  readonly resource: string;
  readonly role: string;
  readonly member: string;
}

/** The grants among the commands that are set on one of these. */
export function grantsOn(
  group: "organizations" | "projects" | "iam service-accounts",
  commands = setUpCommands,
): Grant[] {
  return commands.flatMap(([program, ...words]) => {
    const [name = "", ...options] = words.slice(group.split(" ").length + 1);
    if (program !== "gcloud" || !words.join(" ").startsWith(`${group} add-iam-policy-binding `)) return [];
    const option = (key: string) => options.find((word) => word.startsWith(`--${key}=`))?.slice(key.length + 3) ?? "";
    const resource = group === "iam service-accounts" ? name : `${group}/${name}`;
    return [{ resource, role: option("role"), member: option("member") }];
  });
}
