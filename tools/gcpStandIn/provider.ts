import { Batcher } from "./batcher.ts";
import type { Clock } from "./clock.ts";
import type { Configuration } from "./configuration.ts";
import { GoogleApis } from "./googleApis.ts";
import { Transport } from "./transport.ts";

/** The provider as configured: what the resource types and functions work with. */
export interface Provider {
  configuration: Configuration;
  clock: Clock;
  apis: GoogleApis;
  locks: Locks;
  iamBatcher: Batcher;
  serviceUsageBatcher: Batcher;
}

/** Makes the provider of a configuration. */
export function makeProvider(configuration: Configuration, clock: Clock): Provider {
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

/** The project whose quota pays for a request about a project: none, unless the provider's configuration overrides it. */
export function userProject({ configuration }: Provider, project: string | undefined): string | undefined {
  return configuration.userProjectOverride ? (configuration.billingProject ?? project) : undefined;
}

/** Locks by name: who asks first goes first. */
class Locks {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does some work while nobody else holds the lock. */
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
