/** Sets the engine up once for a run, before the first test that needs it. */
import { setUp } from "../../tools/setup/index.ts";
import { engineVariable } from "./engineFromEnvironment.ts";

export default async function provideEngine(): Promise<void> {
  if (process.env[engineVariable] !== undefined) return;
  const engine = await setUp();
  console.log(
    `engine: Pulumi ${engine.version} (${engine.source}), gcp plugin: ${engine.gcpPlugin} ${engine.gcpPluginVersion}`,
  );
  // The workers inherit this process's environment.
  const standIn = { CUSTOMER_CARE_STAND_IN_SPEED: "20" };
  Object.assign(process.env, engine.environment, standIn, { [engineVariable]: JSON.stringify(engine) });
}
