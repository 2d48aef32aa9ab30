/** `npm test [-- PART…]`: the parts of the tests, one after the other, and one line of sums at the end. */
import { duration } from "../local/setup/bootstrap/progress.mjs";
import { SetUpError, setUp } from "../local/setup/index.ts";
import { chromiumPath } from "./browser/chromium.ts";
import { inWords, none, sum } from "./counts.ts";
import type { Results } from "./counts.ts";
import { engineVariable } from "./engineFromEnvironment.ts";
import { chooseParts, testFilesOf } from "./parts.ts";
import type { Part } from "./parts.ts";
import { runPart } from "./runPart.ts";

let engineEnvironment: Record<string, string> | undefined;

async function environmentFor(part: Part): Promise<NodeJS.ProcessEnv> {
  const { CUSTOMER_CARE_TRANSCRIPTS: transcripts, ...environment } = process.env;
  const own = part.isCompared === true && transcripts !== undefined ? process.env : environment;
  // Here and not by the test file alone, so that the minute that it takes is seen.
  if (part.needsBrowser === true) chromiumPath();
  if (!part.needsEngine) return own;
  if (engineEnvironment === undefined) {
    const engine = await setUp();
    console.log(`engine: Pulumi ${engine.version} (${engine.source}), gcp plugin: ${engine.gcpPlugin}`);
    engineEnvironment = { ...engine.environment, [engineVariable]: JSON.stringify(engine) };
  }
  return { ...own, ...engineEnvironment };
}

async function main(): Promise<void> {
  let total = none;
  const allFailures: string[] = [];
  for (const part of chooseParts(process.argv.slice(2))) {
    const files = testFilesOf(part);
    if (files.length === 0) {
      console.log(`${part.name}: no tests yet`);
      continue;
    }
    let begin = Date.now();
    let results: Results;
    try {
      const environment = await environmentFor(part);
      console.log(part.name);
      begin = Date.now();
      results = await runPart(part, files, environment);
    } catch (error) {
      if (!(error instanceof SetUpError)) throw error;
      console.error(error.message);
      results = { counts: { ...none, failed: 1 }, failures: [`${part.name}: ${error.message}`] };
    }
    console.log(`${part.name}: ${inWords(results.counts)}, ${duration(Date.now() - begin)}`);
    total = sum(total, results.counts);
    allFailures.push(...results.failures);
  }
  // Again, since the first time may be thousands of lines above.
  if (allFailures.length > 0) console.log(["What failed:", ...allFailures].join("\n"));
  if (total.passed + total.failed === 0) console.error("No test ran.");
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  console.log(inWords(total));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
