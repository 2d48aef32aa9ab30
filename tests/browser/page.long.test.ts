/** The report's page in headless Chromium: accessible, quiet, safe with whatever others wrote, and of use to a person. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import axe from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { htmlOf } from "../../care/report/html/page.ts";
import type { Report } from "../../care/report/report.ts";
import { languageNames, words } from "../../guide/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import { bigSeed, config as bigConfig } from "../support/report/bigOrganization.ts";
import { reportOn } from "../support/report/reportOn.ts";
import { chromiumPath } from "../support/chromium.ts";
import { hostile, plant } from "./hostile.ts";
import { cases, gaps, states } from "./states.ts";
import { openPage } from "./openPage.ts";
import type { OpenPage } from "./openPage.ts";
import {
  brokenWords,
  coveringLabels,
  cutOff,
  darkGrounds,
  keysOutOfView,
  largeNotes,
  notesOutOfView,
  openers,
  tooWide,
} from "./measures.ts";

const executablePath = chromiumPath();

/** Phones, the width of a desk, and A4 between its margins. */
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const paper = { width: 688, height: 1010 };

describe("the report's page", () => {
  let browser: Browser;
  const reports = new Map<string, Report>();
  let big: Report;
  const ofStates = new Map<string, Readonly<Record<string, Report>>>();

  beforeEach((t) => t.skip(executablePath === undefined, "there is no Chromium, and none could be installed"));
  beforeAll(async () => {
    if (executablePath === undefined) return;
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const cloud = await startCloud();
    for (const service of ["servicehealth.googleapis.com", "recommender.googleapis.com"])
      cloud.state.projects.get("shop-dev")?.services.set(service, { enabledAt: 0 });
    plant(cloud.state);
    const now = new Date("2026-09-10T12:00:00Z");
    for (const language of languageNames)
      reports.set(language, await reportOn(cloud, { config: gaps, cases, language, now }));
    await cloud.close();
    const bigCloud = await startCloud({ seed: bigSeed() });
    bigCloud.state.projects.get("shop-042")?.services.delete("servicehealth.googleapis.com");
    big = await reportOn(bigCloud, { config: bigConfig });
    await bigCloud.close();
    for (const language of languageNames)
      ofStates.set(language, { ...(await states(language)), "text of others": reportIn(language) });
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

  const stateNames = [
    "healthy",
    "gaps",
    "incident",
    "organization not owned",
    "nothing read",
    "many contacts",
    "alerts",
    "long names",
    "empty stack",
    "text of others",
  ];

  /** The page of a state, all of it open. */
  async function openState(name: string, options: BrowserContextOptions, language = "en"): Promise<OpenPage> {
    const opened = await openPage(browser, htmlOf(ofStates.get(language)?.[name] ?? assert.fail(name)), options);
    await opened.page.click("#open-all");
    return opened;
  }

  for (const name of stateNames)
    it(`is accessible, and no wider than a phone: ${name}`, async () => {
      const opened = await openState(name, { viewport: sizes.phone });
      assert.deepEqual(await violations(opened.page), []);
      assert.equal(await opened.page.evaluate(tooWide), 0);
      // Moved to its end, a table still has its first column in view; a card has its own.
      const keys = await opened.page.evaluate<{ tables: number; outOfView: string[] }>(keysOutOfView);
      assert.ok(keys.tables > 1 || name === "empty stack", String(keys.tables));
      assert.deepEqual(keys.outOfView, []);
      assert.deepEqual(await opened.page.evaluate(notesOutOfView), []);
      assert.deepEqual(await opened.page.evaluate(brokenWords), []);
      assert.deepEqual(await opened.page.evaluate(coveringLabels), []);
      await opened.close();
    });

  it("has a shadow where a table continues", async () => {
    const opened = await openState("gaps", { viewport: sizes.phone });
    const { page } = opened;
    const sides = () => page.locator("section[aria-labelledby=contacts] .scroll").first().getAttribute("class");
    assert.equal(await sides(), "scroll more-end");
    await page.evaluate('document.querySelector("section[aria-labelledby=contacts] .scroller").scrollLeft = 9999');
    await page.locator(".more-start").waitFor();
    assert.equal(await sides(), "scroll more-start");
    await opened.close();
  });

  it("has a time line that can be read on a phone", async () => {
    const opened = await openState("incident", { viewport: sizes.phone });
    const { page } = opened;
    const bars = page.locator("svg.bars");
    assert.equal(await bars.count(), 6);
    for (const bar of await bars.all()) {
      const box = (await bar.boundingBox()) ?? assert.fail();
      assert.ok(box.width > 280 && box.x >= 0 && box.x + box.width <= sizes.phone.width, JSON.stringify(box));
    }
    const time = page.locator(".when p").first();
    assert.match((await time.textContent()) ?? "", /2026.* – ongoing$/);
    const size = `Number.parseFloat(getComputedStyle(document.querySelector(".when p")).fontSize)`;
    assert.ok((await page.evaluate<number>(size)) >= 14);
    await opened.close();
  });

  it("shows an ongoing incident on the first screen", async () => {
    for (const viewport of Object.values(sizes)) {
      const opened = await openState("incident", { viewport });
      const { page } = opened;
      const box = await page.locator(".open .pill.ongoing").first().boundingBox();
      assert.ok(box !== null && box.y + box.height < viewport.height, JSON.stringify(box));
      await opened.close();
    }
  });

  for (const language of languageNames)
    for (const name of stateNames)
      it(`is whole and light on A4 in ${language}: ${name}`, async () => {
        const opened = await openState(name, { viewport: paper, colorScheme: "dark" }, language);
        const { page } = opened;
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        assert.equal(await page.evaluate(tooWide), 0);
        assert.deepEqual(await page.evaluate(cutOff), []);
        assert.deepEqual(await page.evaluate(brokenWords), []);
        assert.deepEqual(await page.evaluate(darkGrounds), []);
        assert.deepEqual(await page.evaluate(largeNotes), []);
        assert.equal(await page.evaluate(openers), 0);
        const line = 'getComputedStyle(document.querySelector("main a")).textDecorationLine';
        assert.equal(await page.evaluate(line), "underline");
        assert.equal(await page.locator(".controls").isVisible(), false);
        await opened.close();
      });

  for (const name of stateNames)
    it(`breaks no word on the width of a desk: ${name}`, async () => {
      const opened = await openState(name, { viewport: sizes.desk });
      assert.deepEqual(await opened.page.evaluate(brokenWords), []);
      assert.deepEqual(await opened.page.evaluate(notesOutOfView), []);
      await opened.close();
    });

  it("has no table without rows, and no praise for a stack without content", async () => {
    for (const language of languageNames) {
      const opened = await openState("empty stack", { viewport: sizes.desk }, language);
      const { page } = opened;
      assert.equal(await page.locator("table:not(:has(tbody tr))").count(), 0);
      const verdict = page.locator(".verdict");
      assert.equal(await verdict.textContent(), words[language].page.verdictEmpty);
      assert.equal(await verdict.getAttribute("class"), "verdict");
      await opened.close();
    }
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

  it("finds a project among a hundred, and the open findings", async () => {
    const opened = await openPage(browser, htmlOf(big), { viewport: sizes.phone });
    const { page } = opened;
    const shown = () => page.locator("[data-place]:visible").count();
    assert.equal(await shown(), 103);
    await page.fill("#search", "shop-017");
    assert.equal(await shown(), 1);
    assert.equal(await page.textContent("#matches"), "1 of 103 places shown");
    assert.equal(await page.locator("tr[data-place-name]:visible").count(), 2);
    await page.fill("#search", "");
    await page.selectOption("#show", "open");
    assert.equal(await page.locator("[data-place]:visible h3").first().textContent(), "shop-042");
    assert.equal(await shown(), 1);
    await page.fill("#search", "nothing is called so");
    assert.equal(await page.textContent("#matches"), "No matches.");
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
