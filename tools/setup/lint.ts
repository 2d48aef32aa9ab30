/** `npm run lint`: checks format, lint, types, workflows and the subjects of commits. It runs all checks, then reports which failed. */
import { root } from "./bootstrap/places.mjs";
import { checks, runInClone } from "./codeStyle.ts";
import { subjectProblem, subjectsSinceRule } from "./commitSubjects.ts";

const failed: string[] = [];
for (const { name, args } of checks) {
  if ((await runInClone(args)) !== 0) failed.push(name);
}
const problems = (await subjectsSinceRule(root)).flatMap((subject) => subjectProblem(subject) ?? []);
for (const problem of problems) console.error(`commit: ${problem}`);
if (problems.length > 0) failed.push("commit subjects");
console.log(
  failed.length === 0 ? "Format, lint, types, workflows and commit subjects passed." : `Failed: ${failed.join(", ")}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
