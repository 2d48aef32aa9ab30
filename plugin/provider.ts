/** The provider of the component package. It constructs the components, and manages their case. */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { joinRun, RunContext } from "../components/run.ts";
import type { RunOptions } from "../components/run.ts";
import { PackagedCaseProvider } from "./caseProvider.ts";
import { construct } from "./construct.ts";
import { GcpConfigs, PackagedSupportCase } from "./packagedCase.ts";
import { namedKey } from "./words.ts";

const schema = readFileSync(new URL("schema.json", import.meta.url), "utf8");

export class CustomerCareProvider extends PackagedCaseProvider implements pulumi.provider.Provider {
  readonly version: string;
  readonly schema = schema;
  readonly #runs: Runs;

  constructor() {
    const configs = new GcpConfigs();
    super(configs);
    const { version } = JSON.parse(schema) as { version: string };
    this.version = version;
    this.#runs = new Runs({
      namedMembersKey: namedKey,
      createCaseResource: (name, inputs, opts) =>
        new PackagedSupportCase(name, inputs, configs.kept(), { ...opts, version }),
    });
  }

  construct: typeof construct = (...request) => {
    this.#runs.join();
    return construct(...request);
  };
}

/** Methods of each gRPC client that the SDK's types do not include. */
interface Client {
  getChannel(): { getTarget(): string };
}

/** The runs of programs. Each construct call has its own monitor, but all calls of a run have the same address. */
class Runs {
  readonly #options: RunOptions;
  readonly #ofAddresses = new Map<string, RunContext>();

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** Call this in each construct, before a component is created. */
  join(): void {
    const monitor = pulumi.runtime.getMonitor() as Partial<Client> | undefined;
    const address = monitor?.getChannel?.().getTarget() ?? "";
    const run = this.#ofAddresses.get(address) ?? new RunContext(this.#options);
    this.#ofAddresses.set(address, run);
    joinRun(run);
  }
}
