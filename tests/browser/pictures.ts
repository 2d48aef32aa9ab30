/**
 * Takes the screenshots of the report in docs/images/, from the page that `npm start` has written: run `npm start`, then
 * `node tests/browser/pictures.ts`. Chromium must be on PATH.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { chromiumPath } from "../support/chromium.ts";
import { openPage } from "./openPage.ts";

interface Picture {
  readonly file: string;
  readonly options: BrowserContextOptions;
  /** The part of the page to show first. @default its head */
  readonly part?: string;
  /** @default screen */
  readonly media?: "print";
}

const pictures: readonly Picture[] = [
  { file: "report.png", options: { viewport: { width: 1120, height: 900 } } },
  { file: "report-dark.png", options: { viewport: { width: 1120, height: 640 }, colorScheme: "dark" } },
  { file: "report-contacts.png", options: { viewport: { width: 1120, height: 600 } }, part: "#recipients" },
  { file: "report-phone.png", options: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 } },
  // A4 between its margins.
  { file: "report-print.png", options: { viewport: { width: 688, height: 960 }, colorScheme: "dark" }, media: "print" },
];

// A text, as there are no types of a browser here.
const show = (page: Page, part: string) => page.evaluate(`document.querySelector("${part}").scrollIntoView()`);

const executablePath = chromiumPath();
if (executablePath === undefined) throw new Error("Chromium is not on PATH and cannot be installed. Install it.");
const html = await readFile(join(home, "quickstart", "report.html"), "utf8");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const { file, options, part, media = "screen" } of pictures) {
  const opened = await openPage(browser, html, options);
  await opened.page.emulateMedia({ media, ...(options.colorScheme && { colorScheme: options.colorScheme }) });
  if (part !== undefined) await show(opened.page, part);
  await opened.page.screenshot({ path: join(root, "docs", "images", file) });
  await opened.close();
}
await browser.close();
