/** Compares the cloud after an operation with the config and with its earlier state. */
import type { GoogleSettings } from "../../google/index.ts";
import { createTransport, readGoogleSettings, supportApi } from "../../google/index.ts";
import { holdingsOf } from "../stack/index.ts";
import type { Holdings } from "../stack/index.ts";
import type { Cloud } from "../localCloud/index.ts";
import { counted } from "../../text/index.ts";
import type { Screen } from "./screen.ts";

const kinds = ["services", "grants", "contacts", "alerts"] as const;

const words = {
  services: ["service", "enabled"],
  grants: ["grant", "created"],
  contacts: ["contact", "created"],
  alerts: ["alert", "created"],
} as const;

/** After an update, everything in the config exists, and everything that existed before still does. */
export function showHoldings(
  screen: Screen,
  cloud: Cloud,
  configured: Omit<Holdings, "cases">,
  before: Holdings,
): void {
  const now = holdingsOf(cloud.state);
  for (const kind of kinds) {
    const missing = configured[kind].filter((line) => !now[kind].includes(line));
    const created = now[kind].filter((line) => !before[kind].includes(line));
    const unexpected = created.filter((line) => !configured[kind].includes(line));
    const lost = before[kind].filter((line) => !now[kind].includes(line));
    const faults = [
      ...missing.map((line) => `missing ${line}`),
      ...unexpected.map((line) => `not configured ${line}`),
      ...lost.map((line) => `lost ${line}`),
    ];
    screen.check(
      faults.length === 0,
      `${counted(configured[kind].length, words[kind][0])} ${words[kind][1]} as configured (${String(before[kind].length)} existed before)` +
        (faults.length === 0 ? "" : `: ${faults.join("; ")}`),
    );
  }
}

/** After a destroy, only services and the closed case remain from the stack, and everything else is unchanged. */
export function showRemaining(screen: Screen, cloud: Cloud, before: Holdings): void {
  const now = holdingsOf(cloud.state);
  for (const kind of ["grants", "contacts", "alerts"] as const) {
    const isAsBefore = JSON.stringify(now[kind]) === JSON.stringify(before[kind]);
    const [noun] = words[kind];
    const others = counted(before[kind].length, `${noun} of others is`, `${noun}s of others are`);
    screen.check(
      isAsBefore,
      before[kind].length === 0
        ? `no ${noun} of this stack remains`
        : `${others} unchanged, and none of this stack’s remain`,
    );
  }
  const stay = now.services.filter((line) => !before.services.includes(line));
  screen.check(
    stay.length > 0,
    `${counted(stay.length, "service stays", "services stay")} enabled, because others may use them`,
  );
  const open = now.cases.filter((line) => !before.cases.includes(line) && !line.endsWith("CLOSED"));
  screen.check(
    open.length === 0,
    "no case of this stack is open; the closed one remains, because cases cannot be deleted",
  );
}

/** Reads the test case with the product's own client. */
export async function showTestCase(screen: Screen, cloud: Cloud, name: string, before: Holdings): Promise<void> {
  const created = holdingsOf(cloud.state).cases.filter((line) => !before.cases.includes(line));
  screen.check(created.length === 1, `${counted(created.length, "case was", "cases were")} created`);
  const settings: GoogleSettings = readGoogleSettings(() => undefined, cloud.environment);
  const found = await supportApi(createTransport(settings)).getCase(name);
  screen.check(found.state === "CLOSED", `${found.name} is ${found.state}`);
  screen.check(found.testCase === true, "it is a test case, which no support agent answers");
  screen.line(`    ${found.displayName}  ${found.priority ?? ""}  ${found.classification?.displayName ?? ""}`);
  const time = (text: string | undefined) => (text ?? "").replace("T", " ").replace("Z", " UTC");
  screen.line(`    created ${time(found.createTime)}, closed ${time(found.updateTime)}`);
  for (const line of (found.description ?? "").split("\n")) screen.line(screen.style("dim", `    | ${line}`.trimEnd()));
}
