/** Values that are known only later, at each path of a component's args: accepted where allowed, else reported by their path. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import type { CustomerCareArgs } from "../../components/index.ts";
import { onboardingOfArgs, formatPath } from "../../onboarding/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { other, pathsIn, sharded, whole, withValue } from "../support/wholeConfigs.ts";

const later: Readonly<Record<string, (value: unknown) => unknown>> = {
  "an Output": (value) => pulumi.output(value),
  "a secret": (value) => pulumi.secret(value),
  "a Promise": (value) => Promise.resolve(value),
};

/** What the engine names or finds only as it runs. */
const mayBeLater =
  /^(organization\.(id|supportEvents\.project)|folders\.\w+\.folderId|projects\.\w+\.(projectId|alerts\.serviceHealth\.notify\[\d\]))$/;

describe("a value that is known only later", () => {
  const [before, folder] = [process.cwd(), temporaryFolder()];
  beforeAll(() => {
    process.chdir(folder);
    mkdirSync("logs");
    writeFileSync(join("logs", "boot.txt"), "harmless");
  });
  afterAll(() => process.chdir(before));

  for (const [what, wrap] of Object.entries(later))
    it(`is reported by its path where it must be known, as ${what}: at each path, in one line, without its value`, () => {
      for (const document of [whole, other, sharded])
        for (const path of pathsIn(document)) {
          const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], document);
          const args = withValue(document, path, wrap(value)) as CustomerCareArgs;
          const place = formatPath(path);
          if (mayBeLater.test(place)) {
            onboardingOfArgs("care", args);
            continue;
          }
          assert.throws(
            () => onboardingOfArgs("care", args),
            (error: unknown) => {
              assert.ok(error instanceof pulumi.RunError);
              const lines = error.message.split("\n");
              assert.ok(
                lines.some((line) => line.startsWith(`care:${place}: is an Output or a Promise`)),
                `${place}: ${error.message}`,
              );
              assert.doesNotMatch(error.message, /undefined|\[object|Calling \[toJSON\]/);
              return true;
            },
          );
        }
    });
});
