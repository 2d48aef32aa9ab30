import { setTimeout } from "node:timers/promises";

/** How many requests the cloud has at most before it answers one of them: each sleeps there for its latency. */
export function countingClock() {
  let now = 0;
  const count = {
    most: 0,
    clock: {
      now: () => Date.now(),
      sleep: async (milliseconds: number) => {
        now += 1;
        count.most = Math.max(count.most, now);
        await setTimeout(milliseconds);
        now -= 1;
      },
    },
  };
  return count;
}
