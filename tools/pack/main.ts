/** `npm run pack`: the tarballs of the components and of `care`. */
import { relative } from "node:path";
import { root } from "../setup/bootstrap/places.mjs";
import { SetUpError } from "../setup/bootstrap/setUpError.mjs";
import { care, components, pack } from "./index.ts";

const kilobytes = (bytes: number) => `${String(Math.round(bytes / 1000))} kB`;

try {
  console.error("Compiling and packing…");
  for (const published of [components, care]) {
    const { path, files, size, unpackedSize } = await pack(undefined, published);
    console.log(
      `${relative(root, path)}: ${String(files.length)} files, ${kilobytes(size)}, unpacked ${kilobytes(unpackedSize)}`,
    );
  }
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
