/** A write whose answer leaves open whether it had its effect is looked for, before it is sent again or fails. */
import { isAmbiguous } from "../../google/index.ts";
import type { Surroundings } from "./surroundings.ts";

/** How often such a write is sent in all, and the wait before it is looked for, in milliseconds. */
const writes = { tries: 3, wait: 1000 };

/**
 * @param write Sends the request.
 * @param look Answers what the write has made, or undefined where it has surely made nothing.
 */
export async function settled<Result>(
  { sleep }: Pick<Surroundings, "sleep">,
  write: () => Promise<Result>,
  look: () => Promise<Result | undefined>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      await sleep(writes.wait);
      const made = await look();
      if (made !== undefined) return made;
      if (tries === writes.tries) throw error;
    }
  }
}
