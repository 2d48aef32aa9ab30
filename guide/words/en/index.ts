import { guide } from "./guide.ts";
import { page } from "./page.ts";
import { details, next, statuses, tasks, why } from "./rows.ts";

export const en = { guide, tasks, statuses, details, next, why, page };

/** What each language has to say. */
export type Words = typeof en;
