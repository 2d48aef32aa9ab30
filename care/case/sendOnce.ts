/** A write that is sent once and never again: no call of the API can be told from its repetition. */
import { setTimeout as systemSleep } from "node:timers/promises";
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import { UserError } from "../userError.ts";

export interface Write<Effect> {
  /** What is not known if the answer tells nothing, such as `whether the comment was made`. */
  readonly question: string;
  /** Where a person finds it out, such as `care case show`. */
  readonly lookWith: string;
  readonly send: () => Promise<Effect>;
  /** Looks for the effect; undefined where it is not there, or not yet. */
  readonly find: () => Promise<Effect | undefined>;
}

/** How long an effect is looked for, in milliseconds: half a minute, as the resource does (lifeCycle.ts). */
const looking = { every: 2500, times: 12 };

/**
 * @param sleep Waits that many milliseconds.
 * @param tell Where it is said that the effect is looked for.
 * @throws GoogleError what surely had no effect
 * @throws UserError what is not known to have had one
 */
export async function sendOnce<Effect>(
  { question, lookWith, send, find }: Write<Effect>,
  sleep: (milliseconds: number) => Promise<unknown> = systemSleep,
  tell: (text: string) => void = console.error,
): Promise<Effect> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof GoogleError) || !isAmbiguous(error)) throw error;
    const seconds = String((looking.every * looking.times) / 1000);
    tell(`The answer does not tell ${question} (${error.message}); looking for it, for ${seconds} s at most.`);
    for (let times = 0; times < looking.times; times++) {
      await sleep(looking.every);
      const found = await find().catch(ignoreGoogle);
      if (found !== undefined) return found;
    }
    throw new UserError(
      `it is not known ${question}: no sign of it within ${seconds} s, and it was not sent again; ` +
        `look with \`${lookWith}\` before you send it again: ${error.message}`,
      { cause: error },
    );
  }
}

/** That it cannot be looked for now does not tell that it is not there. */
function ignoreGoogle(error: unknown): undefined {
  if (!(error instanceof GoogleError)) throw error;
}
