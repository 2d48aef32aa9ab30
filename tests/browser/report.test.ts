/** The report's page in headless Chromium: accessible, quiet, safe with whatever others wrote, and of use to a person. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import axe from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { htmlOf } from "../../care/report/html/page.ts";
import type { Report } from "../../care/report/report.ts";
import { languageNames } from "../../guide/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import { bigSeed, config as bigConfig } from "../support/report/bigOrganization.ts";
import { reportOn } from "../support/report/reportOn.ts";
import { chromiumPath } from "../support/chromium.ts";
import { hostile, plant } from "./hostile.ts";
import { openPage } from "./openPage.ts";

const executablePath = chromiumPath();

const config = {
  plan: "enhanced",
  valueAddedServices: ["media-cdn"],
  organization: { domain: "example.com", editors: ["group:sre@example.com"] },
  folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
  projects: {
    "shop-dev": { services: ["servicehealth.googleapis.com", "recommender.googleapis.com"] },
    "pay-dev": {},
    "legacy-dev": {},
    "gone-dev": {},
    "not-there": {},
  },
  testCase: { project: "shop-dev" },
};

/** Phones, and the width of a desk. */
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

describe("the report's page", () => {
  let browser: Browser;
  const reports = new Map<string, Report>();
  let big: Report;

  beforeEach((t) => t.skip(executablePath === undefined, "there is no Chromium, and none could be installed"));
  beforeAll(async () => {
    if (executablePath === undefined) return;
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const cloud = await startCloud();
    for (const service of ["servicehealth.googleapis.com", "recommender.googleapis.com"])
      cloud.state.projects.get("shop-dev")?.services.set(service, { enabledAt: 0 });
    plant(cloud.state);
    const cases = ["projects/shop-dev/cases/43595344"];
    const now = new Date("2026-09-10T12:00:00Z");
    for (const language of languageNames)
      reports.set(language, await reportOn(cloud, { config, cases, language, now }));
    await cloud.close();
    const bigCloud = await startCloud({ seed: bigSeed() });
    bigCloud.state.projects.get("shop-042")?.services.delete("servicehealth.googleapis.com");
    big = await reportOn(bigCloud, { config: bigConfig });
    await bigCloud.close();
  });
  afterAll(() => (executablePath === undefined ? undefined : browser.close()));

  const reportIn = (language: string) => reports.get(language) ?? assert.fail(language);

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source);
    // A text, as there are no types of a browser here.
    const found = await page.evaluate<axe.Result[]>("axe.run().then(({ violations }) => violations)");
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  }

  for (const language of languageNames)
    for (const colorScheme of ["light", "dark"] as const)
      for (const [name, viewport] of Object.entries(sizes))
        it(`is accessible in ${language}, ${colorScheme}, at the width of a ${name}`, async () => {
          const opened = await openPage(browser, htmlOf(reportIn(language)), { colorScheme, viewport });
          const { page } = opened;
          await page.click("#open-all");
          assert.deepEqual(await violations(page), []);
          const tooWide = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
          assert.ok(tooWide <= 0, `${String(tooWide)} pixels too wide`);
          assert.equal(await page.evaluate("document.documentElement.lang"), language);
          assert.deepEqual([opened.errors, opened.requests], [[], []]);
          await opened.close();
        });

  it("shows what others wrote as text, and runs none of it", async () => {
    const opened = await openPage(browser, htmlOf(reportIn("en")));
    const { page } = opened;
    await page.click("#open-all");
    assert.equal(await page.evaluate("globalThis.hacked"), undefined);
    assert.equal(await page.locator("img, iframe, object, script:not(body > script)").count(), 0);
    const body = (await page.textContent("body")) ?? "";
    for (const text of [hostile.script, hostile.image, hostile.entity]) assert.ok(body.includes(text), text);
    assert.doesNotMatch(body, /[\u202a-\u202e\u2066-\u2069]/);
    assert.deepEqual([opened.errors, opened.requests], [[], []]);
    await opened.close();
  });

  it("forbids any script and style but its own, and any request", async () => {
    const opened = await openPage(browser, htmlOf(reportIn("en")));
    const { page } = opened;
    await page.evaluate(`
      const script = document.createElement("script");
      script.textContent = "globalThis.planted = true";
      const image = document.createElement("img");
      image.src = "https://planted.example/";
      document.body.append(script, image);
    `);
    assert.equal(await page.evaluate("globalThis.planted"), undefined);
    assert.ok(opened.errors.length >= 2, opened.errors.join("\n"));
    assert.ok(
      opened.errors.every((error) => error.includes("Content Security Policy")),
      opened.errors.join("\n"),
    );
    await opened.close();
  });

  it("finds a project among a hundred, and what is open", async () => {
    const opened = await openPage(browser, htmlOf(big), { viewport: sizes.phone });
    const { page } = opened;
    const shown = () => page.locator("[data-place]:visible").count();
    assert.equal(await shown(), 103);
    await page.fill("#search", "shop-017");
    assert.equal(await shown(), 1);
    assert.equal(await page.textContent("#told"), "1 of 103 places shown");
    assert.equal(await page.locator("tr[data-place-name]:visible").count(), 2);
    await page.fill("#search", "");
    await page.selectOption("#show", "open");
    assert.equal(await page.locator("[data-place]:visible h3").first().textContent(), "shop-042");
    assert.equal(await shown(), 1);
    await page.fill("#search", "nothing is called so");
    assert.equal(await page.textContent("#told"), "Nothing fits.");
    await opened.close();
  });

  it("is used with the keyboard alone", async () => {
    const opened = await openPage(browser, htmlOf(big));
    const { page } = opened;
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.className"), "skip");
    const second = page.locator("[data-place]").nth(1);
    await second.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await second.getAttribute("open"), "");
    await page.keyboard.press("Space");
    assert.equal(await second.getAttribute("open"), null);
    await opened.close();
  });

  it("has all of it on paper, and without scripts", async () => {
    const opened = await openPage(browser, htmlOf(big), { javaScriptEnabled: false });
    const { page } = opened;
    assert.equal(await page.locator(".controls").isVisible(), false);
    await page.emulateMedia({ media: "print" });
    const row = page.locator("[data-place]").nth(50).locator(".rows li").first();
    assert.ok(((await row.boundingBox())?.height ?? 0) > 0);
    assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
    await opened.close();
  });
});
