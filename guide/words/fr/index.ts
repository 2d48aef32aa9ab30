import type { Words } from "../en/index.ts";
import { guide } from "./guide.ts";
import { page } from "./page.ts";
import { details, next, statuses, tasks, why } from "./rows.ts";

export const fr: Words = { guide, tasks, statuses, details, next, why, page };
