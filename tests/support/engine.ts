/** Sets the engine up once for a run, before the first test that needs it. */
import { join } from "node:path";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { withLock } from "../../tools/setup/bootstrap/lock.mjs";
import { setUp } from "../../tools/setup/index.ts";
import { engineVariable } from "./engineFromEnvironment.ts";

export default async function provideEngine(): Promise<void> {
  if (process.env[engineVariable] !== undefined) return;
  await waitForOtherRun();
  const engine = await setUp();
  console.log(
    `engine: Pulumi ${engine.version} (${engine.source}), gcp plugin: ${engine.gcpPlugin} ${engine.gcpPluginVersion}`,
  );
  // The workers inherit this process's environment.
  const standIn = { CUSTOMER_CARE_STAND_IN_SPEED: "20" };
  Object.assign(process.env, engine.environment, standIn, { [engineVariable]: JSON.stringify(engine) });
}

/** Waits for another run in this clone, because both would use the same folders. This process keeps the lock until it exits. */
function waitForOtherRun(): Promise<void> {
  const onWait = (pid: number) =>
    console.log(`Waiting for the process ${String(pid)}, which runs tests in this clone.`);
  return new Promise((resolve, reject) => {
    const untilExit = () => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    withLock(join(home, "locks", "tests"), untilExit, { onWait }).catch(reject);
  });
}
