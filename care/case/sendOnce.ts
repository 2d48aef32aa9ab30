/** A write that is sent once and never repeated: no call of this API is idempotent. */
import { setTimeout as systemSleep } from "node:timers/promises";
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import { UserError } from "../userError.ts";

export interface Write<Effect> {
  /** The question that stays open if no clear answer arrives, such as `whether the comment was added`. */
  readonly question: string;
  /** The command by which a person finds out, such as `care case show`. */
  readonly checkWith: string;
  readonly send: () => Promise<Effect>;
  /** Looks for the effect; undefined if it is not visible, or not yet. */
  readonly find: () => Promise<Effect | undefined>;
}

/** How long an effect is looked for, in milliseconds: half a minute, as the resource does (lifeCycle.ts). */
const looking = { every: 2500, times: 12 };

/**
 * @param sleep Waits that many milliseconds.
 * @param report Receives the message that the effect is looked for.
 * @throws GoogleError if the write certainly had no effect
 * @throws UserError if it may have had one
 */
export async function sendOnce<Effect>(
  { question, checkWith, send, find }: Write<Effect>,
  sleep: (milliseconds: number) => Promise<unknown> = systemSleep,
  report: (text: string) => void = console.error,
): Promise<Effect> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof GoogleError) || !isAmbiguous(error)) throw error;
    const seconds = String((looking.every * looking.times) / 1000);
    report(`It is not clear ${question} (${error.message}); looking for it, for ${seconds} s at most.`);
    for (let times = 0; times < looking.times; times++) {
      await sleep(looking.every);
      const found = await find().catch(ignoreGoogle);
      if (found !== undefined) return found;
    }
    throw new UserError(
      `it is not known ${question}: no trace of it within ${seconds} s, and it was not sent again; ` +
        `look with \`${checkWith}\` before you send it again: ${error.message}`,
      { cause: error },
    );
  }
}

/** A failed look-up does not prove that the effect is missing. */
function ignoreGoogle(error: unknown): undefined {
  if (!(error instanceof GoogleError)) throw error;
}
