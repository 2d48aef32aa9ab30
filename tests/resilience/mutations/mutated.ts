/** `node --import ./tests/resilience/mutations/mutated.ts`: a process without one guard of the product, the one that CUSTOMER_CARE_MUTATION names. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { mutatedText } from "./mutation.ts";
import type { Mutation } from "./mutation.ts";

const mutation = JSON.parse(process.env["CUSTOMER_CARE_MUTATION"] ?? assert.fail("no mutation")) as Mutation;
const mutated = pathToFileURL(join(root, mutation.file)).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== mutated) return loaded;
    return { ...loaded, source: mutatedText(readFileSync(join(root, mutation.file), "utf8"), mutation) };
  },
});
