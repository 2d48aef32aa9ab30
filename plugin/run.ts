/** The runs of programs that ask for components: each construct has a monitor of its own, at the one address of its run. */
import * as pulumi from "@pulumi/pulumi";
import { joinRun, RunContext } from "../components/run.ts";
import type { RunOptions } from "../components/run.ts";

/** What each client of gRPC has, though the type of this one does not say so. */
interface Client {
  getChannel(): { getTarget(): string };
}

export class Runs {
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
