// The pages in a real browser, over the story of the demo: what people do on them, and whether everybody can.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { base, document, launch, summit } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

// A page that tells of everything that should not happen on it.
const open = async (path, options = {}) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("dialog", (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) faults.push(`a request to ${request.url()}`);
  });
  await page.goto(base + path);
  return { page, faults, close: () => context.close() };
};

const within = async (path, work, options) => {
  const { page, faults, close } = await open(path, options);
  try {
    await work(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
};

test("the front page leads to what is ahead, new and active", () =>
  within("/", async (page) => {
    for (const heading of ["Ahead", "New", "Activity", "Most active pairs"]) {
      assert.equal(await page.getByRole("heading", { name: heading, exact: true }).count(), 1, heading);
    }
    await page.locator(".pairs tbody a").first().click();
    await page.waitForURL(/\/pairs\//);
    assert.ok((await page.locator(".chart svg rect").count()) > 0);
    await page.locator("h1 a").first().click();
    await page.waitForURL(/\/actors\//);
  }));

const lit = (page, selector) => page.locator(`${selector}.lit`).count();

test("words and what was read from them light each other up", async () => {
  const path = `/documents/${await document("Biden and Putin to meet in Geneva on June 16")}`;
  await within(path, async (page) => {
    const event = page.locator(".margin #v1");
    await event.hover();
    assert.ok((await lit(page, ".text .m")) > 0, "the words of the event");
    assert.ok((await lit(page, ".text .m.actor")) > 0, "those of its parties");
    const words = page.locator(".text .m.time").first();
    const id = (await words.getAttribute("data-m")).split(" ")[0];
    await words.hover();
    assert.equal(await lit(page, `.margin #${id}`), 1, "the entry of the words");
    assert.equal(await lit(page, ".margin #v1"), 0, "and no other");
    // The same by the keyboard.
    await page.locator(".margin #s1 a.back").focus();
    assert.ok((await lit(page, ".text .m.statement")) > 0);
    await page.keyboard.press("Escape");
    assert.equal(await lit(page, ".m"), 0);
    // A click leads to the entry, and its words lead back.
    await page.locator(".text .m.event").first().click();
    await page.waitForURL(/#v1$/);
    await page.locator(".margin #v1 a.back").click();
    await page.waitForURL(/#in-v1$/);
    assert.ok(await page.locator("#in-v1").evaluate((element) => element.getBoundingClientRect().top >= 0));
  });
});

test("a layer can be left out, and no script is needed for it", async () => {
  const path = `/documents/${await document("Biden and Putin to meet in Geneva on June 16")}`;
  const said = (page) =>
    page.locator(".text .m.statement").first().evaluate((element) => getComputedStyle(element).backgroundColor);
  await within(
    path,
    async (page) => {
      const before = await said(page);
      await page.getByRole("checkbox", { name: /Statements/ }).uncheck();
      assert.notEqual(await said(page), before);
      assert.equal(await page.locator("#h-statements").isVisible(), false);
      assert.ok(await page.locator("#h-events").isVisible());
    },
    { javaScriptEnabled: false },
  );
});

test("an event tells its history, and what was known on a day", async () => {
  const id = await summit();
  await within(`/events/${id}`, async (page) => {
    const statuses = () => page.locator(".changes .badge").allInnerTexts();
    const words = (await statuses()).map((text) => text.split(" ").at(-1));
    for (const status of ["proposed", "scheduled", "cancelled", "occurred"]) {
      assert.ok(words.includes(status), `${status} in ${words}`);
    }
    assert.ok((await page.locator(".changes blockquote").count()) === words.length);
    await page.getByLabel("As of").fill("2021-06-02");
    await page.getByRole("button", { name: "Show what was known" }).click();
    await page.waitForURL(/as_of=2021-06-02/);
    const then = (await statuses()).map((text) => text.split(" ").at(-1));
    assert.equal(then.at(-1), "cancelled");
    assert.ok(!then.includes("occurred"));
    // The quote leads to its words in the document.
    await page.locator(".changes .who a").last().click();
    await page.waitForURL(/\/documents\/.*#v/);
    assert.ok(await page.locator(".margin li:target").isVisible());
  });
});

test("a search is narrowed by a facet and widened again", () =>
  within("/", async (page) => {
    await page.getByLabel("Search documents").fill("summit");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=summit/);
    const found = async () => Number((await page.getByRole("status").innerText()).split(" ")[0]);
    const all = await found();
    assert.ok((await page.locator(".snippet mark").count()) > 0);
    const facet = page.locator(".facets section", { hasText: "Publisher" }).locator("li").first();
    const n = Number(await facet.locator(".n").innerText());
    await facet.locator("a").click();
    await page.waitForURL(/publisher=/);
    assert.equal(await found(), n);
    assert.ok(n < all);
    await page.locator(".facets [aria-current]").first().click();
    await page.waitForURL((url) => !url.search.includes("publisher"));
    assert.equal(await found(), all);
  }));

test("the agenda shows a month and turns its page", () =>
  within("/agenda?month=2021-06&as_of=2021-05-26", async (page) => {
    const day = page.locator(".month td", { has: page.locator("time[datetime='2021-06-16']") });
    assert.match(await day.innerText(), /Consult: .*(Biden.*Putin|Putin.*Biden).*scheduled/s);
    await page.getByLabel("The month after").click();
    await page.waitForURL(/month=2021-07/);
    assert.match(page.url(), /as_of=2021-05-26/);
    assert.equal(await page.getByRole("heading", { name: /July 2021/ }).count(), 1);
  }));

test("pages are reached by the keyboard alone", () =>
  within("/", async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Skip to the content");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
  }));

const paths = async () => [
  "/",
  `/documents/${await document("Biden and Putin to meet in Geneva on June 16")}`,
  `/events/${await summit()}`,
  "/agenda?month=2021-06&as_of=2021-05-26",
  "/search?q=summit",
  "/events",
  "/documents",
  "/actors",
  "/api",
  "/nowhere",
];

for (const colorScheme of ["light", "dark"]) {
  test(`no page shuts anybody out, in ${colorScheme} colors`, async () => {
    const { page, close } = await open("/", { colorScheme });
    const links = await page.locator(".pairs a, .row .who a[href^='/actors/']").evaluateAll((all) => all.map((a) => a.pathname));
    for (const path of [...(await paths()), links.find((it) => it.startsWith("/pairs")), links.find((it) => it.startsWith("/actors"))]) {
      await page.goto(base + path);
      // The content policy keeps scripts of others out; this one comes through the debugger.
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      const serious = found.violations.filter((it) => ["serious", "critical"].includes(it.impact));
      assert.deepEqual(serious.map((it) => `${path}: ${it.id} at ${it.nodes.map((node) => node.target).join(", ")}`), []);
    }
    await close();
  });
}

test("nothing moves while a page comes in, and a narrow screen has room for it", async () => {
  for (const width of [360, 1280]) {
    for (const path of await paths()) {
      const { page, close } = await open("/healthz", { viewport: { width, height: 900 } });
      await page.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(base + path, { waitUntil: "networkidle" });
      assert.equal(await page.evaluate(() => window.shift), 0, path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} is ${wide} wide on a screen of ${width}`);
      await close();
    }
  }
});

test("the front page is small", () =>
  within("/healthz", async (page) => {
    let bytes = 0;
    page.on("response", async (response) => {
      bytes += (await response.body()).length;
    });
    await page.goto(base + "/", { waitUntil: "networkidle" });
    assert.ok(bytes < 100_000, `${bytes} bytes`);
  }));
