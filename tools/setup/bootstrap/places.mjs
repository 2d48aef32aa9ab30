import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** All that the set-up fetches, builds and remembers. Deleting it starts afresh. */
export const home = join(root, ".customer-care");
