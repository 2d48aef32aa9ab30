/** `npm run generate`: writes the files that are made from the schema. */
import { writeFile } from "node:fs/promises";
import { generatedFiles } from "./generatedFiles.ts";

for (const [path, text] of await generatedFiles()) {
  await writeFile(new URL(`../${path}`, import.meta.url), text);
  console.log(path);
}
