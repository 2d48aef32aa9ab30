import { wrap } from "./googleApiError.ts";

/** The settings of `gcp:batching`. */
export interface Batching {
  enabled: boolean;
  /** How long the first request of a batch waits for others, in milliseconds. */
  sendAfter: number;
}

/** A request that can be batched with others that have the same key. */
export interface BatchRequest<Item, Result> {
  /** Requests with the same key can be batched. */
  key: string;
  items: Item[];
  /** Names the request in errors. */
  description: string;
  send: (items: Item[]) => Promise<Result>;
}

interface Waiting {
  request: BatchRequest<unknown, unknown>;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

interface Batch {
  waiting: Waiting[];
  timer: NodeJS.Timeout;
}

/** Collects requests and sends those with the same key as one. */
export class Batcher {
  readonly #batching: Batching;
  readonly #batches = new Map<string, Batch>();
  #cancelled = false;

  constructor(batching: Batching) {
    this.#batching = batching;
  }

  /** Sends a request individually if batching is disabled, otherwise in a batch. */
  async send<Item, Result>(request: BatchRequest<Item, Result>): Promise<Result> {
    if (!this.#batching.enabled) return request.send(request.items);
    if (this.#cancelled) throw cancelled(request.key);
    try {
      return await new Promise<Result>((resolve, reject) =>
        this.#add({ request, resolve, reject } as unknown as Waiting),
      );
    } catch (error) {
      throw error instanceof Cancelled ? error : wrap(`Request \`${request.description}\` returned error: `, error);
    }
  }

  /** Rejects all waiting requests. */
  cancel(): void {
    this.#cancelled = true;
    for (const [key, batch] of this.#batches) {
      clearTimeout(batch.timer);
      for (const { reject } of batch.waiting) reject(cancelled(key));
    }
    this.#batches.clear();
  }

  #add(waiting: Waiting): void {
    const { key } = waiting.request;
    const started = this.#batches.get(key);
    if (started) {
      started.waiting.push(waiting);
      return;
    }
    const batch: Batch = {
      waiting: [waiting],
      timer: setTimeout(() => {
        this.#batches.delete(key);
        void sendBatch(batch.waiting);
      }, this.#batching.sendAfter),
    };
    this.#batches.set(key, batch);
  }
}

/** Sends a batch as one request. If that fails, sends each request individually, so that only invalid ones fail. */
async function sendBatch(waiting: Waiting[]): Promise<void> {
  const [first, ...others] = waiting;
  if (!first) return;
  try {
    const result = await first.request.send(waiting.flatMap(({ request }) => request.items));
    for (const { resolve } of waiting) resolve(result);
  } catch (error) {
    if (others.length === 0) return first.reject(error);
    for (const { request, resolve, reject } of waiting) {
      try {
        resolve(await request.send(request.items));
      } catch (single) {
        // Go's %q: quotes inside are escaped.
        const description = JSON.stringify(request.description);
        const words = `Batch request and retried single request ${description} both failed. Final error: `;
        reject(wrap(words, single));
      }
    }
  }
}

class Cancelled extends Error {}

function cancelled(key: string): Cancelled {
  return new Cancelled(`Parent context of request ${key} canceled`);
}
