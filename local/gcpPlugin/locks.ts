/** Locks by name: who asks first goes first. */
export class Locks {
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
