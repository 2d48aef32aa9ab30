/** The commands that read the program's own config, in the folder of a landing zone. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

describe("in the folder of a landing zone", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({
      name: "otherProgram",
      program: join(import.meta.dirname, "../engine/programs/landingZone.ts"),
      config: { "customer-care:billingAccount": "012345-567890-ABCDEF", "customer-care:organization": "123456789012" },
    });
  });
  afterAll(() => run.close());

  const expected =
    /^care \w+: [\w-]+ is a program of its own, and this command reads only the config of the program of customer-care; in a landing zone, pulumi preview reports what would block an update, and the output checklist of CustomerCare shows the status$/m;

  for (const command of ["doctor", "adopt", "report"])
    it(`care ${command} states in one sentence that it reads the program's config only`, async () => {
      const { code, stdout, stderr } = await care(run, [command, "--stack", "test"]);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, expected);
      assert.doesNotMatch(stderr, /is not a key here/);
    });

  it("states the same in a program of another language", async () => {
    const folder = join(run.directory, "python");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "Pulumi.yaml"), "name: zone\nruntime: python\n");
    const { code, stderr } = await care(run, ["doctor", "--cwd", folder]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, expected);
  });
});
