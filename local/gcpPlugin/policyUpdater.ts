import { minute, second } from "./clock.ts";
import { hasCode, wrap } from "./googleApiError.ts";
import { conditionalVersion, readPolicy, writePolicy } from "./iamPolicy.ts";
import { retry } from "./retry.ts";

import type { IamTarget } from "./iamTarget.ts";
import type { Policy } from "./iamPolicy.ts";
import type { Provider } from "./provider.ts";

/** A change of a policy, in place. */
export type Change = (policy: Policy) => void;

const longestPause = 30 * second;
const verifications = 3;

/** Reads and changes the policy of one resource; one at a time, as the provider does. */
export class PolicyUpdater {
  readonly #provider: Provider;
  readonly #target: IamTarget;
  readonly #name: string;

  constructor(provider: Provider, target: IamTarget, name: string) {
    this.#provider = provider;
    this.#target = target;
    this.#name = name;
  }

  /** The resource in ids. */
  get id(): string {
    return this.#target.id(this.#name);
  }

  /** The resource in errors. */
  get description(): string {
    return `${this.#target.kind} ${JSON.stringify(this.id)}`;
  }

  /** The policy. */
  read(): Promise<Policy> {
    const { clock, locks } = this.#provider;
    return locks.with(this.#lock, () => retry(() => this.#get(), { clock, timeout: 10 * minute }));
  }

  /** Changes the policy, together with other changes of it where its kind allows. */
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

  /** Reads, changes and writes; all of it again when somebody else was faster, after 1, 2, 4, 8 and 16 seconds. */
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

  /** The policy; nothing, after a pause, when there were too many requests. */
  async #getOrWait(pause: number): Promise<Policy | undefined> {
    try {
      return await this.#get();
    } catch (error) {
      if (!hasCode(error, 429)) throw error;
      await this.#provider.clock.sleep(pause);
      return undefined;
    }
  }

  /** Reads the policy some times, with pauses: a change takes a moment to be seen everywhere. */
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
      const body = { options: { requestedPolicyVersion: conditionalVersion } };
      return readPolicy(await this.#call("getIamPolicy", body));
    } catch (error) {
      throw wrap(`Error retrieving IAM policy for ${this.description}: `, error);
    }
  }

  async #set(policy: Policy): Promise<void> {
    try {
      const body = { policy: writePolicy(policy), updateMask: "bindings,etag,auditConfigs" };
      await this.#call("setIamPolicy", body);
    } catch (error) {
      throw wrap(`Error setting IAM policy for ${this.description}: `, error);
    }
  }

  #call(method: string, body: Parameters<Provider["apis"]["client"]>[0]["body"]) {
    const path = `${this.#target.path(this.#name)}:${method}`;
    return this.#provider.apis.client({ api: this.#target.api, method: "POST", path, body });
  }
}
