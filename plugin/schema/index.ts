/**
 * The package's schema, from which Pulumi generates the SDK of each language. `npm run generate` writes it to
 * ../schema.json.
 */
import { readFileSync } from "node:fs";
import { components, outputTypes, supportCase } from "./resources.ts";
import { packageName } from "./spec.ts";
import { configTypes } from "./types.ts";

interface Manifest {
  readonly version: string;
  readonly license: string;
}

export function packageSchema(): object {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Manifest;
  const ofVersion = { respectSchemaVersion: true };
  // Without it, Go refers to missing `Args` of types that are used only in plain maps.
  const go = { ...ofVersion, generateExtraInputTypes: true };
  return {
    name: packageName,
    displayName: "Customer Care",
    version: manifest.version,
    description: 'Google Cloud\'s guide "Customer Care onboarding"',
    license: manifest.license,
    keywords: ["gcp", "support", "category/cloud", "kind/component"],
    language: { nodejs: ofVersion, python: ofVersion, go, csharp: ofVersion, java: {} },
    types: { ...configTypes(), ...outputTypes },
    resources: { ...components, ...supportCase },
  };
}
