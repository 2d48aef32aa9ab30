/** Checks the subjects of commits: at most 72 characters, in the imperative. */
import { run } from "./bootstrap/process.mjs";

const longest = 72;

/** The rule applies to commits after the one that added this file. */
const ruleFile = "tools/setup/commitSubjects.ts";

/** Imperatives that look like another form. */
const imperatives = new Set(["alias", "bring", "embed", "feed", "focus", "need", "ping", "proceed", "seed", "speed"]);

export function subjectProblem(subject: string): string | undefined {
  // Git writes these, and the reverted subject is part of it.
  if (/^(Revert|Reapply) "/.test(subject)) return undefined;
  if (subject.length > longest)
    return `${JSON.stringify(subject)} has ${String(subject.length)} characters; write at most ${String(longest)}, and the rest into the body`;
  const [, verb = ""] = /^(?:[\w()/-]+: )?(\w+)/.exec(subject) ?? [];
  if (/(ed|ing|[^s]s)$/i.test(verb) && !imperatives.has(verb.toLowerCase()))
    return `${JSON.stringify(subject)} begins with ${JSON.stringify(verb)}; write the imperative, such as "Add" instead of "Added" or "Adds"`;
  return undefined;
}

/**
 * The subjects of the commits that descend from the rule's, except those of merges and of bots. In a shallow clone, the oldest commit
 * seems to add the file, so only the commits after that one are checked.
 *
 * @returns none outside of a git repository
 */
export async function subjectsSinceRule(cwd: string): Promise<string[]> {
  const git = async (...args: string[]) => {
    const { code, stdout } = await run("git", args, { cwd });
    return code === 0 ? stdout.split("\n").filter((line) => line !== "") : [];
  };
  const added = (await git("log", "--diff-filter=A", "--format=%H", "--", ruleFile)).at(-1);
  if (added === undefined) return [];
  const commits = await git("log", "--no-merges", "--ancestry-path", "--format=%an%x00%s", `${added}..HEAD`);
  return commits.flatMap((commit) => {
    const [author = "", subject = ""] = commit.split("\0");
    return author.endsWith("[bot]") ? [] : [subject];
  });
}
