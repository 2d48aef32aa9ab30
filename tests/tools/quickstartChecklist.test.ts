/** The checklist of `npm start`, in terminals of several widths (tools/quickstart/checklist.ts). */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "vitest";
import { stripVTControlCharacters } from "node:util";
import { showChecklist } from "../../tools/quickstart/checklist.ts";
import { Screen } from "../../tools/quickstart/screen.ts";

const link = "https://console.cloud.google.com/iam-admin/essential-contacts?project=shop-dev";

const checklist = {
  "projects/shop-dev": {
    "G3 editor: Grant Tech Support Editor": `done (${link}): user:ada@example.com`,
    "G5 contacts: Add contacts": `done (${link}): security: security@example.com, another-security@example.com`,
    "G6 Service Health: Watch incidents": `see the link (${link})`,
    "G5 contact roles: Grant Essential Contacts Admin": `not configured (${link})`,
  },
};

function shown(terminal: { readonly isTTY: boolean; readonly columns?: number }): string[] {
  const stream = Object.assign(new PassThrough(), terminal);
  showChecklist(new Screen(stream as unknown as NodeJS.WriteStream), checklist);
  return stripVTControlCharacters(String(stream.read())).trimEnd().split("\n");
}

describe("the checklist", () => {
  it("has each row and its link on one line where they fit, or where there is no terminal", () => {
    for (const terminal of [{ isTTY: true, columns: 200 }, { isTTY: false }]) {
      const lines = shown(terminal);
      assert.equal(lines.length, 5);
      assert.match(lines[1] ?? "", /^ {2}✓ {2}G3 editor: Grant Tech Support Editor +user:ada@example.com +https:\S+$/);
    }
  });

  it("marks the open rows", () => {
    const text = `not done (${link}): user:ada@example.com; missing: user:grace@example.com`;
    const stream = Object.assign(new PassThrough(), { isTTY: false });
    const screen = new Screen(stream as unknown as NodeJS.WriteStream);
    showChecklist(screen, { "projects/shop-dev": { "G3 editor: Grant Tech Support Editor": text } });
    assert.match(
      String(stream.read()),
      /^ {2}✗ {2}G3 editor: .+ user:ada@example.com; missing: user:grace@example.com /m,
    );
  });

  it("has the link on a line of its own in a narrow terminal, where nothing wraps", () => {
    const lines = shown({ isTTY: true, columns: 100 });
    assert.deepEqual(
      lines.filter((line) => line.length > 100 && !line.includes("not configured")),
      [],
    );
    assert.deepEqual(lines.slice(0, 3), [
      "  projects/shop-dev",
      "  ✓  G3 editor: Grant Tech Support Editor  user:ada@example.com",
      `     ${link}`,
    ]);
  });
});
