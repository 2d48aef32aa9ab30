/** A text in which a person has written `[secret]`, and a value that the engine has masked. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { toString } from "mdast-util-to-string";
import { signature, unknownValue } from "../../../components/internal.ts";
import { shown } from "../../../care/diff/phrases.ts";
import { knownText, masked, valueOf } from "../../../care/diff/values.ts";

const textOf = (property: unknown) => toString({ type: "paragraph", children: [...shown(property, "name")] });
const words = fc.stringMatching(/^[a-z][a-z ,.]{1,20}$/);

describe("a value with the placeholder for a secret", () => {
  it("is shown if it has words next to it, and is never known", () =>
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = `${before} ${masked} ${after}`;
        assert.equal(textOf(text), `${text} (perhaps a part of it is a secret)`);
        assert.equal(knownText(text), undefined);
      }),
    ));

  it("is hidden if the engine masked it, as a value, in JSON, or in an object", () =>
    fc.assert(
      fc.property(words, words, (key, other) => {
        const secret = { [signature.key]: signature.secret, plaintext: JSON.stringify("s3cr3t") };
        const object = { [key]: masked, x: other };
        const nested = { [key]: secret, x: other };
        for (const property of [
          masked,
          JSON.stringify(masked),
          JSON.stringify(object),
          object,
          [other, masked],
          nested,
        ])
          assert.equal(textOf(property), "name (a secret)");
        assert.deepEqual(valueOf(`${other} ${masked} ${unknownValue}`), { kind: "secret" });
      }),
    ));
});
