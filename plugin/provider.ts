/** One provider, one process: it constructs the components, and leads the life of the case that they make. */
import { readFileSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import { useCaseResource } from "../components/caseResource.ts";
import { useRuns } from "../components/runs.ts";
import { useNamedMembersKey } from "../components/writtenKeys.ts";
import { construct } from "./construct.ts";
import { currentRun } from "./run.ts";
import { PackagedSupportCase } from "./supportCaseResource.ts";
import * as supportCase from "./supportCase.ts";
import { namedKey } from "./words.ts";

const schema = readFileSync(new URL("schema.json", import.meta.url), "utf8");

export class CustomerCareProvider implements pulumi.provider.Provider {
  readonly version: string;
  readonly schema = schema;

  constructor() {
    const { version } = JSON.parse(schema) as { version: string };
    this.version = version;
    useNamedMembersKey(namedKey);
    useRuns(currentRun);
    useCaseResource((name, inputs, opts) => new PackagedSupportCase(name, inputs, { ...opts, version }));
  }

  construct = construct;
  check = supportCase.check;
  diff = supportCase.diff;
  create = supportCase.create;
  read = supportCase.read;
  update = supportCase.update;
  delete = supportCase.remove;
}
