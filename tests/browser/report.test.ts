/** The report's page in headless Chromium: accessible, quiet, safe with whatever others wrote, and of use to a person. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import axe from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { htmlOf } from "../../care/report/html/page.ts";
import type { Report } from "../../care/report/report.ts";
import { languageNames } from "../../guide/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import { bigSeed, config as bigConfig } from "../support/report/bigOrganization.ts";
import { reportOn } from "../support/report/reportOn.ts";
import { chromiumPath } from "../support/chromium.ts";
import { hostile, plant } from "./hostile.ts";
import { cases, gaps, states } from "./states.ts";
import { openPage } from "./openPage.ts";
import type { OpenPage } from "./openPage.ts";

const executablePath = chromiumPath();

/** Phones, the width of a desk, and A4 between its margins. */
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const paper = { width: 688, height: 1010 };

// Texts, as there are no types of a browser here.
const tooWide = "Math.max(0, document.documentElement.scrollWidth - window.innerWidth)";

const keysOutOfView = `(() => {
  const outOfView = [];
  const tables = [...document.querySelectorAll(".scroller")];
  for (const table of tables) {
    table.scrollLeft = 9999;
    for (const key of table.querySelectorAll("tbody th")) {
      const { left, right, width } = key.getBoundingClientRect();
      if (left < 0 || right > window.innerWidth || width < 50) outOfView.push(key.textContent);
    }
    table.scrollLeft = 0;
  }
  return { tables: tables.length, outOfView };
})()`;

/** Addresses of which a line begins within a word. */
const brokenAddresses = `(() => {
  const broken = [];
  for (const element of document.querySelectorAll("main bdi")) {
    const text = element.textContent;
    if (!/^\\S+@\\S+$/.test(text) || /[^@./-]{35}/.test(text)) continue;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let top;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let index = 0; index < node.length; index += 1) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const rect = range.getBoundingClientRect();
        const isAfterHyphen = index > 0 && node.data[index - 1] === "-";
        if (top !== undefined && rect.top > top + 4 && !/[@./]/.test(node.data[index]) && !isAfterHyphen) broken.push(text);
        top = rect.top;
      }
    }
  }
  return broken;
})()`;

/** The labels of cards that are higher than their cell, and so cover the next one. */
const coveringLabels = `[...document.querySelectorAll(".cards td[data-label]")]
  .filter((cell) => parseFloat(getComputedStyle(cell, "::before").height) > cell.clientHeight + 1)
  .map((cell) => cell.getAttribute("data-label"))`;

/** The elements that are cut off, or beyond the edge of the paper. */
const cutOff = `[...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 || (getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1))
  .map((one) => one.outerHTML.slice(0, 100))`;

const darkGrounds = `[...document.querySelectorAll("html, body, main *")]
  .map((one) => [one.tagName, getComputedStyle(one).backgroundColor])
  .filter(([, ground]) => {
    const [red, green, blue, alpha = 1] = ground.match(/[\\d.]+/g).map(Number);
    return alpha > 0 && Math.min(red, green, blue) < 200;
  })
  .map(([tag, ground]) => tag + " " + ground)`;

describe("the report's page", () => {
  let browser: Browser;
  const reports = new Map<string, Report>();
  let big: Report;
  let ofStates: Readonly<Record<string, Report>>;

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
    ofStates = await states();
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
  ];

  /** The page of a state, all of it open. */
  async function openState(name: string, options: BrowserContextOptions): Promise<OpenPage> {
    const opened = await openPage(browser, htmlOf(ofStates[name] ?? assert.fail(name)), options);
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
      assert.ok(keys.tables > 1, String(keys.tables));
      assert.deepEqual(keys.outOfView, []);
      assert.deepEqual(await opened.page.evaluate(brokenAddresses), []);
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

  for (const name of stateNames)
    it(`is whole and light on A4: ${name}`, async () => {
      const opened = await openState(name, { viewport: paper, colorScheme: "dark" });
      const { page } = opened;
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      assert.equal(await page.evaluate(tooWide), 0);
      assert.deepEqual(await page.evaluate(cutOff), []);
      assert.deepEqual(await page.evaluate(darkGrounds), []);
      const line = 'getComputedStyle(document.querySelector("main a")).textDecorationLine';
      assert.equal(await page.evaluate(line), "underline");
      assert.equal(await page.locator(".controls").isVisible(), false);
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
