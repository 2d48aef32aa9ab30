import { guide } from "./guide.ts";
import { page } from "./page.ts";
import { details, next, statuses, statusPlurals, tasks, why } from "./rows.ts";

export const en = { guide, tasks, statuses, statusPlurals, details, next, why, page };

/** The texts that each language must provide. */
export type Words = typeof en;
