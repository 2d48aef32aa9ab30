/** The stack's report, as `care report` makes it, and what it must say. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { allRows, isOpen } from "../../cli/report/report.ts";
import type { Report } from "../../cli/report/report.ts";
import type { Cloud } from "../cloud/index.ts";
import { root } from "../setup/bootstrap/places.mjs";
import type { Screen } from "./screen.ts";

/** Answers the page's path. */
export async function showReport(screen: Screen, cloud: Cloud, { workspace }: Stack): Promise<string> {
  const { workDir, envVars } = workspace;
  const asked = cloud.requests.length;
  const [page, data] = [join(workDir, "report.html"), join(workDir, "report.json")];
  const args = ["report", "--cwd", workDir, "--file", page, "--file", data];
  const child = spawn(process.execPath, [join(root, "cli", "main.ts"), ...args], {
    env: { ...process.env, ...envVars },
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) {
    screen.seen(false, `the report was made: ${errors.trim()}`);
    return page;
  }
  const found = JSON.parse(await readFile(data, "utf8")) as Report;
  const open = allRows(found).filter(({ row }) => isOpen(row));
  screen.seen(true, `${String(found.counts.done)} tasks are done, ${String(open.length)} are open:`);
  for (const { place, row } of open) screen.line(`      ${place?.resource ?? ""}  ${row.row}  ${row.details}`);
  const isRead = cloud.requests.slice(asked).every(({ method, rpc }) => method === "GET" || rpc === "GetIamPolicy");
  screen.seen(isRead, "the cloud was only read");
  return page;
}
