import { setUp } from "../../tools/setup/index.ts";
import type { Engine } from "../../tools/setup/index.ts";

/** Where `npm test` leaves the engine that it has set up, for the test files. */
export const engineVariable = "CUSTOMER_CARE_ENGINE";

/**
 * The engine, for a test file: the one that `npm test` has set up, or one of its own where the file is run by hand. This
 * process's environment then leads to it.
 */
export async function engineFromEnvironment(): Promise<Engine> {
  const given = process.env[engineVariable];
  const engine = given ? (JSON.parse(given) as Engine) : await setUp();
  // A second set-up would take this environment for the user's own.
  Object.assign(process.env, engine.environment, { [engineVariable]: JSON.stringify(engine) });
  return engine;
}
