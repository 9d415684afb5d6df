// Pictures of the demo for the README: FOLDER is the first argument.
import { base, document, launch, summit } from "./browser.mjs";

const folder = process.argv[2];
const id = await summit();
const article = await document("Biden and Putin to meet in Geneva on June 16");
const shots = [
  ["front", "/", 900],
  ["event", `/events/${id}`, 900],
  ["article", `/documents/${article}`, 900],
  ["agenda", "/agenda?month=2021-06&as_of=2021-05-26", 900],
];
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1160, height: 900 }, colorScheme: "light" });
const page = await context.newPage();
for (const [name, path, height] of shots) {
  await page.setViewportSize({ width: 1160, height });
  await page.goto(base + path, { waitUntil: "networkidle" });
  if (name === "article") await page.locator(".margin #v1").hover();
  await page.screenshot({ path: `${folder}/${name}.png` });
}
await browser.close();
