import assert from "node:assert/strict";
import { delimiter, dirname, join } from "node:path";
import { it } from "vitest";
import { environmentOf } from "../../../tools/setup/environment.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const home = temporaryFolder();

it("an engine's environment keeps it to the clone", async () => {
  const pulumiHome = join(home, "pulumi-home", "stand-in");
  const environment = await environmentOf({ home, cli: { pulumi: "/engine/bin/pulumi" }, pulumiHome });
  assert.equal(environment.HOME, undefined);
  assert.equal(environment.PULUMI_HOME, pulumiHome);
  assert.equal(environment.PULUMI_BACKEND_URL, `file://${home}/state`);
  assert.deepEqual(environment.PATH?.split(delimiter).slice(0, 2), ["/engine/bin", dirname(process.execPath)]);
});
