// What holds for every page, in both languages: no barrier that axe-core finds, valid HTML, nothing
// from elsewhere, light enough for a slow line, and no sideways scrolling in a narrow window.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { BASE, launch, open, paths } from "./browser.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Most bytes of a first view, compressed. */
const WEIGHT = 100_000;
/** Windows that must not scroll sideways: a small phone, which is also a desktop at 400 %. */
const NARROW = 320;

const html = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // Style, not validity: templates write what reads best.
    "attr-quotes": "off",
    "doctype-style": "off",
    "no-inline-style": "error",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "long-title": "off",
    "no-implicit-button-type": "off",
    // A search is a `form` with the role that older screen readers know.
    "prefer-native-element": "off",
    // Anchors come from printed labels.
    "valid-id": "off",
    "text-content": "off",
    "tel-non-breaking": "off",
  },
});

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

async function violations(page) {
  await page.evaluate(AXE);
  const results = await page.evaluate((rules) => window.axe.run({ runOnly: rules }), RULES);
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}

for (const language of ["", "/cy"]) {
  describe(`pages at ${language || "/"}`, async () => {
    for (const [name, path] of Object.entries(await paths())) {
      test(name, async () => {
        const { page, seen, session } = await open(browser);
        const address = language + path;
        const response = await page.goto(BASE + address, { waitUntil: "load" });
        assert.equal(response.status(), name === "missing" ? 404 : 200, address);
        assert.deepEqual(await violations(page), [], `${address}: axe`);
        await session.send("Emulation.setEmulatedMedia", {
          features: [{ name: "forced-colors", value: "active" }],
        });
        assert.deepEqual(await violations(page), [], `${address}: axe, forced colours`);
        await session.send("Emulation.setEmulatedMedia", { features: [] });
        assert.deepEqual(seen.elsewhere, [], `${address}: asked elsewhere`);
        const faults = seen.faults.filter((fault) => !fault.includes("404"));
        assert.deepEqual(faults, [], `${address}: faults`);
        assert.ok(seen.bytes < WEIGHT, `${address}: ${seen.bytes} bytes`);
        assert.equal(await page.$eval("html", (html) => html.lang), language ? "cy" : "en");

        await page.setViewport({ width: NARROW, height: 800 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(overflow <= 0, `${address}: ${overflow} px too wide at ${NARROW} px`);

        const report = await html.validateString(await (await fetch(BASE + address)).text());
        const faulty = report.results.flatMap((result) => result.messages);
        assert.deepEqual(
          faulty.map(({ ruleId, line, message }) => `${line} ${ruleId}: ${message}`),
          [],
          `${address}: HTML`,
        );
        await page.close();
      });
    }
  });
}
