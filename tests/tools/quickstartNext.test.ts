/** The next steps of `npm start`: they work on the machine, or name what to install first (tools/quickstart/next.ts). */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, it } from "vitest";
import { counted } from "../../text/index.ts";
import { Screen } from "../../tools/quickstart/screen.ts";
import { showProgress } from "../../tools/quickstart/operation.ts";
import { wrappedLines } from "../../tools/setup/index.ts";
import { thisMachine, toInstall } from "../../tools/quickstart/next.ts";

describe("the next steps", () => {
  it("install nothing on a machine with all programs", () => {
    assert.deepEqual(toInstall({ node: "22.18.0", hasPulumi: true, hasGcloud: true }), []);
  });

  it("install a Node that is new enough, Pulumi and gcloud", () => {
    assert.deepEqual(toInstall({ node: "20.20.2", hasPulumi: false, hasGcloud: false }), [
      "Node 22.18 or later (here: 20.20.2): https://nodejs.org",
      "Pulumi 3.259 or later: https://www.pulumi.com/docs/install/",
      "gcloud: https://cloud.google.com/sdk/docs/install",
    ]);
  });

  it("use the machine's own Node, not the clone's", () => {
    const environment = { PATH: "/nowhere", CUSTOMER_CARE_MACHINE_NODE: "20.20.2" };
    assert.deepEqual(thisMachine({ source: "go build" }, environment), {
      node: "20.20.2",
      hasPulumi: false,
      hasGcloud: false,
    });
  });
});

describe("the output of npm start", () => {
  it("breaks lines between words", () => {
    assert.deepEqual(wrappedLines("a check that passed", 12), ["a check", "that passed"]);
    assert.deepEqual(wrappedLines("see https://nodejs.org/en/download", 12), ["see", "https://nodejs.org/en/download"]);
  });

  it("breaks the engine's messages between words too", () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
    const report = showProgress(new Screen(stream as unknown as NodeJS.WriteStream), 1);
    const message = "waiting for monitoring.googleapis.com on shop-dev to propagate\n(0 s of at most 300 s)";
    report({ diagnosticEvent: { severity: "info", message } } as Parameters<typeof report>[0]);
    assert.deepEqual(stripVTControlCharacters(String(stream.read())).split("\n"), [
      "  waiting for",
      "    monitoring.googleapis.com on",
      "    shop-dev to propagate",
      "  (0 s of at most 300 s)",
      "",
    ]);
  });

  it("has the errors of a resource only once it has failed, because the program repeats attempts", () => {
    const urnOf = (name: string) => `urn:pulumi:a::b::gcp:essentialcontacts/contact:Contact::${name}`;
    const error = (urn: string | undefined, message: string) => ({
      diagnosticEvent: { severity: "error", message, urn },
    });
    const ended = (name: string) => ({ metadata: { op: "create", type: "gcp:a:B", urn: urnOf(name) } });
    const shown = (...events: readonly object[]) => {
      const stream = Object.assign(new PassThrough(), { isTTY: false });
      const report = showProgress(new Screen(stream as unknown as NodeJS.WriteStream), 1);
      for (const event of events) report(event as Parameters<typeof report>[0]);
      return String(stream.read() ?? "")
        .split("\n")
        .filter((line) => line.includes("403"))
        .map((line) => line.trim());
    };
    const attempts = ["first", "second", "first"].map((name) => error(urnOf(name), `403 ${name}`));
    assert.deepEqual(shown(...attempts), []);
    assert.deepEqual(shown(...attempts, { resOutputsEvent: ended("first") }), []);
    const failed = [...attempts, { resOpFailedEvent: ended("first") }];
    assert.deepEqual(shown(...failed), ["403 first"]);
    assert.deepEqual(shown(...failed, { cancelEvent: {} }), ["403 first", "403 second"]);
    for (const urn of [undefined, "urn:pulumi:a::b::pulumi:pulumi:Stack::b-a"])
      assert.deepEqual(shown(error(urn, "403 of the program")), ["403 of the program"]);
  });

  it("counts in the singular and the plural", () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => counted(count, "contact")),
      ["0 contacts", "1 contact", "2 contacts"],
    );
  });
});
