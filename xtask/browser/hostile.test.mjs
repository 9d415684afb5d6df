// News that tries to be more than text, in every field a document has: two hundred strings, and not one of them does anything.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";

const blank = process.env.DATELINE_BLANK_URL;

const openings = ["", '">', "'>", "</title>", "</script>", "-->", "]]>", "</a></p>", '" autofocus x="', "`"];
const bodies = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<a href=javascript:alert(1)>x</a>",
  "<style>@import 'https://evil.example/x.css'</style>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "<base href=https://evil.example/>",
  "<form action=https://evil.example/><input name=q></form>",
  "<object data=javascript:alert(1)></object>",
  "<details open ontoggle=alert(1)>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "onmouseover=alert(1) style=position:fixed;inset:0",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "{{constructor.constructor('alert(1)')()}}",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "\u202egnp.evil\u202c\u200b\u0007",
  "%3Cscript%3Ealert(1)%3C/script%3E",
];
const hostile = openings.flatMap((opening) => bodies.map((body) => opening + body));

const countries = ["Norway", "Japan", "Kenya", "Ghana", "Peru", "Chile", "Poland", "Serbia", "India", "Vietnam", "Canada", "Mexico"];

let browser;
before(async () => {
  assert.equal(hostile.length, 200);
  browser = await launch();
  const lines = hostile.map((bad, n) => {
    const [one, other] = [countries[n % countries.length], countries[(n * 5 + 1) % countries.length]];
    const day = String((n % 27) + 1).padStart(2, "0");
    return JSON.stringify({
      text: `${one} expelled two diplomats of ${other} on Friday, ${bad} said. "We ${bad} agreed," Foreign Minister Kari ${bad} told ${bad}. President Ana ${bad} will visit ${other} on Monday.`,
      published: `2021-05-${day}`,
      title: bad,
      publisher: bad,
      agency: bad,
      byline: bad,
      url: n % 2 ? bad : `https://a.example/${bad}`,
    });
  });
  const answer = await fetch(`${blank}/api/v1/documents`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: lines.join("\n"),
  });
  const taken = await answer.json();
  assert.equal(taken.new + taken.changed, 200, JSON.stringify(taken).slice(0, 400));
});
after(() => browser.close());

test("no string of two hundred does anything on any page", async () => {
  const list = async (name) => {
    const answer = await fetch(`${blank}/api/v1/${name}.ndjson`);
    return (await answer.text()).trim().split("\n").map((line) => JSON.parse(line).id);
  };
  const paths = ["/", "/agenda?month=2021-05", "/agenda?month=2021-06", "/documents?order=latest", "/events", "/actors", "/search"];
  paths.push(...(await list("documents")).map((id) => `/documents/${id}`));
  paths.push(...(await list("events")).slice(0, 120).map((id) => `/events/${id}`));
  paths.push(...(await list("actors")).slice(0, 120).map((id) => `/actors/${id}`));
  for (const bad of hostile) paths.push(`/search?q=${encodeURIComponent(bad)}`);
  for (const bad of bodies) {
    for (const query of ["events?actor=", "documents?publisher=", "actors?name=", "events?type="]) {
      paths.push(`/${query}${encodeURIComponent(bad)}`);
    }
  }
  const page = await browser.newPage();
  const faults = [];
  let path = "";
  const fault = (what) => faults.push(`${path}: ${what}`);
  page.on("dialog", (dialog) => {
    fault(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    // A page that is not found is one of those asked for.
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) fault(message.text());
  });
  page.on("pageerror", (error) => fault(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(blank)) fault(`a request to ${request.url()}`);
  });
  for (path of paths) {
    const response = await page.goto(blank + path);
    if (response.status() >= 500) fault(`status ${response.status()}`);
    if (page.url().split("/")[2] !== blank.split("/")[2]) fault(`went to ${page.url()}`);
    const hidden = await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069\u200b\u0007]/.test(document.documentElement.textContent));
    if (hidden) fault("a hidden character is there and not shown");
    // What a mouse or a key may set off is set off.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("*")) {
        for (const name of ["mouseover", "focus", "toggle", "error", "load"]) element.dispatchEvent(new Event(name));
        if ([...element.attributes].some((it) => it.name.startsWith("on") || it.name === "style")) throw new Error(`an attribute of ${element.outerHTML.slice(0, 200)}`);
        if (/^\s*(javascript|data):/i.test(element.getAttribute("href") || "")) throw new Error(`an address: ${element.getAttribute("href")}`);
      }
    });
  }
  assert.deepEqual(faults, []);
  assert.ok(paths.length > 500, `${paths.length} pages`);
});
