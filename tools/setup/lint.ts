/** `npm run lint`: checks format, lint, types, workflows and the subjects of commits. It runs all checks, then reports which failed. */
import { root } from "./bootstrap/places.mjs";
import { run } from "./bootstrap/process.mjs";
import { checks } from "./codeStyle.ts";
import { subjectProblem, subjectsSinceRule } from "./commitSubjects.ts";

const failed: string[] = [];
const env = { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) };
console.log(`Running in parallel: ${checks.map(({ name }) => name).join(", ")}.`);
await Promise.all(
  checks.map(async ({ name, args }) => {
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd: root, env });
    if (code !== 0) failed.push(name);
    console.log(`${name}: ${code === 0 ? "passed" : "failed"}`);
    if (code !== 0) process.stdout.write(`${stdout}${stderr}`);
  }),
);
const problems = (await subjectsSinceRule(root)).flatMap((subject) => subjectProblem(subject) ?? []);
for (const problem of problems) console.error(`commit: ${problem}`);
if (problems.length > 0) failed.push("commit subjects");
console.log(
  failed.length === 0 ? "Format, lint, types, workflows and commit subjects passed." : `Failed: ${failed.join(", ")}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
