/** One provider, one process: it constructs the components, and leads the life of the case that they make. */
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
      makeCase: (name, inputs, opts) => new PackagedSupportCase(name, inputs, configs.kept(), { ...opts, version }),
    });
  }

  construct: typeof construct = (...request) => {
    this.#runs.join();
    return construct(...request);
  };
}

/** What each client of gRPC has, though the type of this one does not say so. */
interface Client {
  getChannel(): { getTarget(): string };
}

/** The runs of programs that ask for components: each construct has a monitor of its own, at the one address of its run. */
class Runs {
  readonly #options: RunOptions;
  readonly #ofAddresses = new Map<string, RunContext>();

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** To be called in each construct, before a component is made. */
  join(): void {
    const monitor = pulumi.runtime.getMonitor() as Partial<Client> | undefined;
    const address = monitor?.getChannel?.().getTarget() ?? "";
    const run = this.#ofAddresses.get(address) ?? new RunContext(this.#options);
    this.#ofAddresses.set(address, run);
    joinRun(run);
  }
}
