/** `npm run generate`: writes the files that are generated from the config's schema, the imports and the public types. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generatedFiles } from "./files.ts";
import { apiReports } from "../pack/index.ts";
import { root } from "../setup/bootstrap/places.mjs";

for (const [path, text] of [...(await generatedFiles()), ...(await apiReports())]) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  console.log(path);
}
