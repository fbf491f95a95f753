// Takes the pictures of the pages that the README shows, into the folder named.
import { join } from "node:path";
import { BASE, launch, open, paths } from "./browser.mjs";

const PAGES = ["home", "results", "review", "recommendation", "theme", "benchmark", "text"];
const folder = process.argv[2];
if (!folder) throw new Error("usage: node screenshots.mjs FOLDER");

const browser = await launch();
const all = await paths();
all.results = all.recommendations;
for (const name of PAGES) {
  const { page } = await open(browser, { width: 1200, height: 800 });
  await page.goto(BASE + all[name], { waitUntil: "load" });
  await page.screenshot({ path: join(folder, `${name}.png`), optimizeForSpeed: false });
  await page.close();
}
await browser.close();
