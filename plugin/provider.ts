/** One provider, one process: it constructs the components, and leads the life of the case that they make. */
import { readFileSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import { construct } from "./construct.ts";
import { Runs } from "./run.ts";
import { PackagedSupportCase } from "./supportCaseResource.ts";
import * as supportCase from "./supportCase.ts";
import { namedKey } from "./words.ts";

const schema = readFileSync(new URL("schema.json", import.meta.url), "utf8");

export class CustomerCareProvider implements pulumi.provider.Provider {
  readonly version: string;
  readonly schema = schema;
  readonly #runs: Runs;

  constructor() {
    const { version } = JSON.parse(schema) as { version: string };
    this.version = version;
    this.#runs = new Runs({
      namedMembersKey: namedKey,
      makeCase: (name, inputs, opts) => new PackagedSupportCase(name, inputs, { ...opts, version }),
    });
  }

  construct: typeof construct = (...request) => {
    this.#runs.join();
    return construct(...request);
  };

  check = supportCase.check;
  diff = supportCase.diff;
  create = supportCase.create;
  read = supportCase.read;
  update = supportCase.update;
  delete = supportCase.remove;
}
