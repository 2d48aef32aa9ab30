import { Batcher } from "./batcher.ts";
import type { Clock } from "./clock.ts";
import type { Configuration } from "./configuration.ts";
import { GoogleApis } from "./googleApis.ts";
import { Transport } from "./transport.ts";

/** The configured provider, which resource types and functions use. */
export interface Provider {
  configuration: Configuration;
  clock: Clock;
  apis: GoogleApis;
  locks: Locks;
  iamBatcher: Batcher;
  serviceUsageBatcher: Batcher;
}

/** Creates the provider for a configuration. */
export function createProvider(configuration: Configuration, clock: Clock): Provider {
  const { token, requestTimeout, requestReason, userProjectOverride, billingProject, quotaProject } = configuration;
  const userProject = userProjectOverride && billingProject !== undefined ? billingProject : quotaProject;
  const transport = new Transport({ token, requestTimeout, requestReason, userProject, clock });
  return {
    configuration,
    clock,
    apis: new GoogleApis(configuration.endpoints, transport),
    locks: new Locks(),
    iamBatcher: new Batcher(configuration.batching),
    serviceUsageBatcher: new Batcher(configuration.batching),
  };
}

/** The quota project of a request for a project; undefined unless the provider's configuration overrides it. */
export function userProject({ configuration }: Provider, project: string | undefined): string | undefined {
  return configuration.userProjectOverride ? (configuration.billingProject ?? project) : undefined;
}

/** Locks by name, first come, first served. */
class Locks {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs work with the lock. */
  async with<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    }
  }
}
