/** The input and output of `care case`: comments, answers, columns and exit codes. */
import assert from "node:assert/strict";
import { Readable, Writable } from "node:stream";
import { describe, it } from "vitest";
import { commentText } from "../../../care/case/commentText.ts";
import { confirm } from "../../../care/case/confirm.ts";
import { columns, oneLine } from "../../../care/case/output.ts";
import { visibleLines } from "../../../text/index.ts";
import { exitCodeOf } from "../../../care/exitCodes.ts";
import { UsageError } from "../../../care/userError.ts";

describe("the text of a comment", () => {
  it("is the argument, or standard input, without the line ends after it", async () => {
    assert.equal(await commentText("It happened again.\n\n", undefined), "It happened again.");
    assert.equal(
      await commentText("-", undefined, Readable.from(["It happened\n", "again.\n"])),
      "It happened\nagain.",
    );
    assert.match(await commentText(undefined, "LICENSE"), /^\s+Apache License/);
  });

  it("has 12,800 characters at most, counted as a reader counts", async () => {
    assert.equal((await commentText("🙂".repeat(12_800), undefined)).length, 25_600);
    await assert.rejects(commentText("🙂".repeat(12_801), undefined), {
      name: "UserError",
      message:
        "the comment has 12,801 characters, and Google accepts 12,800 at most; shorten it, or add it as a file with `care case attach`",
    });
  });

  it("is there, once, and is text", async () => {
    const refused: [string | undefined, string | undefined, RegExp][] = [
      [undefined, undefined, /^there is no comment; write it as an argument, name its file with --file/],
      ["", undefined, /^the comment is empty/],
      [" \n\t", undefined, /^the comment is empty/],
      ["words", "LICENSE", /^there are two comments, an argument and --file/],
      [undefined, "no/such/file", /no\/such\/file cannot be read: there is no such file or folder \(ENOENT\); write /],
      [undefined, "tests", /tests cannot be read: it is a folder/],
    ];
    for (const [given, file, message] of refused)
      await assert.rejects(
        commentText(given, file),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    await assert.rejects(commentText("-", undefined, Readable.from([])), /^UserError: the comment on standard input/);
    await assert.rejects(commentText(undefined, process.execPath), /is not text in UTF-8; add it as a file/);
  });
});

describe("the output", () => {
  it("shows what a terminal would obey, in its own lines or in one", () => {
    assert.equal(visibleLines("\u202egnp.exe\u2066 \u05e9\u05dc"), "\\u{202e}gnp.exe\\u{2066} \u05e9\u05dc");
    assert.equal(visibleLines("a\u001b[31mred\u009b2J\tb\r\nc"), "a\\u{1b}[31mred\\u{9b}2J    b\nc");
    assert.equal(oneLine(" one\n two "), "one two");
  });

  it("has columns", () => {
    assert.equal(
      columns([
        ["a", "bc"],
        ["def", "g"],
        ["", ""],
      ]),
      "a    bc\ndef  g",
    );
  });
});

describe("a question on a terminal", () => {
  const ask = async (answer: string[]) => {
    let asked = "";
    const output = new Writable({
      write(chunk, _encoding, done) {
        asked += String(chunk);
        done();
      },
    });
    const isYes = await confirm("Close it?", { input: Readable.from(answer), output });
    assert.equal(asked, "Close it? [y/N] ");
    return isYes;
  };

  it("is answered with y or yes; anything else, and no answer, is no", async () => {
    for (const yes of ["y\n", "Yes\n", " y \n"]) assert.equal(await ask([yes]), true, yes);
    for (const no of ["\n", "n\n", "yess\n", "close\n"]) assert.equal(await ask([no]), false, no);
    assert.equal(await ask([]), false);
  });
});

describe("the exit code", () => {
  it("of a fault of the program is Node's own, with its stack", () => {
    const fault = new TypeError("a fault");
    assert.throws(() => exitCodeOf(fault), fault);
  });
});
