import { minute, second } from "./clock.ts";
import { hasCode, wrap } from "./googleApiError.ts";
import { readPolicy, writePolicy } from "./iamPolicy.ts";
import { retry } from "./retry.ts";

import type { IamTarget } from "./iamTarget.ts";
import type { Policy } from "./iamPolicy.ts";
import type { Provider } from "./provider.ts";
import type { Properties } from "./values.ts";

/** A change of a policy, in place. */
export type Change = (policy: Policy) => void;

const longestPause = 30 * second;
const verifications = 3;

/** Reads and changes the policy of one resource, one change at a time, like the provider. */
export class PolicyUpdater {
  readonly #provider: Provider;
  readonly #target: IamTarget;
  /** The resource's name in IDs. */
  readonly id: string;

  constructor(provider: Provider, target: IamTarget, values: Properties) {
    this.#provider = provider;
    this.#target = target;
    this.id = target.id(values, provider);
  }

  /** The identifying properties in the state, if they differ from the program's. */
  get named(): Properties {
    return this.#target.named?.(this.id) ?? {};
  }

  /** The resource's name in errors. */
  get description(): string {
    return `${this.#target.kind} ${JSON.stringify(this.id)}`;
  }

  /** The policy. */
  read(): Promise<Policy> {
    const { clock, locks } = this.#provider;
    return locks.with(this.#lock, () => retry(() => this.#get(), { clock, timeout: 10 * minute }));
  }

  /** Changes the policy, batched with other changes if its kind supports that. */
  change(change: Change, description: string): Promise<void> {
    const apply = (changes: Change[]): Promise<void> =>
      this.#provider.locks.with(this.#lock, () => this.#apply((policy) => changes.forEach((each) => each(policy))));
    if (!this.#target.batched) return apply([change]);
    const key = `${this.#lock} modifyIamPolicy`;
    return this.#provider.iamBatcher.send({ key, items: [change], description, send: apply });
  }

  get #lock(): string {
    return `iam-${this.#target.kind}-${this.id}`;
  }

  /** Reads, changes and writes the policy. After a conflict, retries all of it after 1, 2, 4, 8 and 16 seconds. */
  async #apply(change: Change): Promise<void> {
    const { clock } = this.#provider;
    for (let pause = second; ;) {
      const policy = await this.#getOrWait(pause);
      if (!policy) continue;
      change(policy);
      try {
        await this.#set(policy);
      } catch (error) {
        if (hasCode(error, 409, 412)) {
          await clock.sleep(pause);
          pause *= 2;
          if (pause <= longestPause) continue;
          throw wrap(`Error applying IAM policy to ${this.description}: Too many conflicts.  Latest error: `, error);
        }
        throw wrap(`Error applying IAM policy for ${this.description}: `, error);
      }
      return this.#verify();
    }
  }

  /** The policy; undefined, after a wait, if there were too many requests. */
  async #getOrWait(pause: number): Promise<Policy | undefined> {
    try {
      return await this.#get();
    } catch (error) {
      if (!hasCode(error, 429)) throw error;
      await this.#provider.clock.sleep(pause);
      return undefined;
    }
  }

  /** Reads the policy several times, with waits, because changes need time to propagate. */
  async #verify(): Promise<void> {
    let pause = second;
    for (let seen = 0; seen < verifications;) {
      if (pause > longestPause) {
        throw new Error(`Error applying IAM policy to ${this.description}: Waited too long for propagation.\n`);
      }
      await this.#provider.clock.sleep(pause);
      try {
        await this.#get();
        seen += 1;
      } catch (error) {
        if (!hasCode(error, 429)) throw error;
        pause *= 4;
      }
    }
  }

  async #get(): Promise<Policy> {
    try {
      return readPolicy(await this.#target.get(this.#provider, this.id));
    } catch (error) {
      throw wrap(`Error retrieving IAM policy for ${this.description}: `, error);
    }
  }

  async #set(policy: Policy): Promise<void> {
    try {
      await this.#target.set(this.#provider, this.id, writePolicy(policy));
    } catch (error) {
      throw wrap(`Error setting IAM policy for ${this.description}: `, error);
    }
  }
}
