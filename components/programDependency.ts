/**
 * The state of a test case refers to this package by its name, and Pulumi loads it from the program's folder. A package manager
 * that isolates dependencies, such as pnpm or Yarn PnP, finds it there only if the program itself depends on it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { projectDirectory } from "../onboarding/index.ts";
import { withSection } from "../text/index.ts";

/** What the provider in the state imports (./dynamicCase.ts). */
const entry = "customer-care/supportCase";

/**
 * @param component The component's name.
 * @throws RunError if Pulumi cannot load the provider of the case
 */
export function requireInProgram(component: string): void {
  // The program can run in another folder than the provider, such as an inline program of the Automation API.
  const folders = [...new Set([process.cwd(), projectDirectory(pulumi.getRootDirectory())])];
  if (folders.some(isInstalledFor)) return;
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const [folder = "."] = folders;
  throw new pulumi.RunError(
    withSection(
      `${component}: the program in ${folder} does not depend on customer-care itself, and Pulumi loads the provider of the test case from there; add "customer-care": "^${version}" to the dependencies of its package.json, and install them`,
      "config",
    ),
  );
}

/**
 * Pulumi writes the provider of a case into the state as a text, which it cannot do in Bun, also with mocks.
 *
 * @throws RunError in Bun
 */
export function requireNode(component: string, versions: NodeJS.ProcessVersions = process.versions): void {
  if (versions["bun"] === undefined) return;
  throw new pulumi.RunError(
    withSection(
      `${component}: Pulumi cannot create a test case in Bun ${versions["bun"]}; run the program with the runtime nodejs, and its unit tests with Node, such as with Vitest`,
      "config",
    ),
  );
}

function isInstalledFor(folder: string): boolean {
  try {
    createRequire(join(folder, "index.js")).resolve(entry);
    return true;
  } catch {
    return false;
  }
}
