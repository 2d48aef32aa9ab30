import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Everything that the setup downloads, builds and stores. Delete it to start over. */
export const home = join(root, ".customer-care");
