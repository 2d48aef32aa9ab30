import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder of the calling test file, gone when its tests have ended. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "customer-care-")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
