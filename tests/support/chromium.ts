/** Where Chromium is: on PATH, or installed as Debian has it, where this process may do so. */
import { spawnSync } from "node:child_process";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Undefined where there is none, and none is available. */
export function chromiumPath(): string | undefined {
  return onPath() ?? (install() ? onPath() : undefined);
}

function onPath(): string | undefined {
  for (const name of names) {
    const { status, stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/** Once for the machine: apt keeps it. */
function install(): boolean {
  if (process.getuid?.() !== 0 || spawnSync("sh", ["-c", "command -v apt-get"]).status !== 0) return false;
  console.log("Installing Chromium with apt-get: this takes about a minute");
  // A machine without a package list must fetch it first.
  return (
    aptGet("install", "--yes", "--no-install-recommends", "chromium") ||
    (aptGet("update") && aptGet("install", "--yes", "--no-install-recommends", "chromium"))
  );
}

function aptGet(...args: readonly string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", args, { env: environment, stdio: "ignore", timeout: 300_000 }).status === 0;
}
