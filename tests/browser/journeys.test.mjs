// What people come for, done with the keyboard alone; with and without script.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { BASE, launch, open, paths } from "./browser.mjs";

/** Most steps of the Tab key before something that must be in reach. */
const REACH = 150;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Presses Tab until what has the focus is what is wanted. */
async function reach(page, wanted, what) {
  for (let step = 0; step < REACH; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      return {
        text: (element.innerText || element.labels?.[0]?.innerText || "").trim(),
        id: element.id,
        href: element.getAttribute("href") ?? "",
        main: Boolean(element.closest("main")),
        visible: box.width > 0 && box.height > 0,
      };
    });
    assert.ok(focused.visible, `the focus is on something that cannot be seen: ${focused.text}`);
    if (wanted(focused)) return focused;
  }
  assert.fail(`no way by Tab to ${what} on ${page.url()}`);
}

/** Presses Enter, and waits for the page that this leads to. */
async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

async function heading(page) {
  return page.$eval("h1", (h1) => h1.innerText.trim());
}

for (const script of [true, false]) {
  describe(script ? "with script" : "without script", () => {
    test("a practitioner finds cases like theirs and what they teach", async () => {
      const { page } = await open(browser, { script });
      await page.goto(BASE);
      await reach(page, ({ id }) => id === "q", "the search box");
      await page.keyboard.type("baby neglect health visitor");
      await enter(page);
      assert.match(page.url(), /\/reviews\?q=baby/);
      await reach(page, ({ href }) => /^\/reviews\/[a-z-]+\/[0-9a-f]{8}$/.test(href), "a case");
      await enter(page);
      assert.ok((await heading(page)).length > 0);
      const own = await page.title();
      assert.ok(!/baby|neglect/i.test(own), `the title repeats the search or the case: ${own}`);
      await reach(page, ({ href }) => href === "#recommendations", "its recommendations");
      await page.keyboard.press("Enter");
      await reach(page, ({ href }) => href.startsWith("/recommendations/"), "one of them");
      await enter(page);
      assert.match(await heading(page), /^Recommendation/);
    });

    test("a researcher narrows a search and takes it away as a table", async () => {
      const { page } = await open(browser, { script });
      await page.goto(`${BASE}/recommendations?q=information+sharing`);
      const before = await count(page);
      await reach(page, ({ id }) => id.startsWith("agency-"), "a filter");
      await page.keyboard.press("Space");
      await reach(page, ({ text }) => text === "Apply filters", "the button that applies it");
      await enter(page);
      assert.match(page.url(), /agency=/);
      assert.ok((await count(page)) <= before);
      await reach(page, ({ text }) => text.startsWith("Remove filter"), "the filter in use");
      const link = await reach(page, ({ href }) => href.includes("format=csv"), "the table");
      const table = await (await fetch(BASE + link.href)).text();
      assert.equal(table.trim().split("\r\n").length - 1 > 0, true);
      assert.match(table, /^id,review,title,label,text,/);
    });

    test("a partnership sees what it published and sets it beside another", async () => {
      const { page } = await open(browser, { script });
      await page.goto(`${BASE}/partnerships`);
      await reach(page, ({ href }) => /^\/partnerships\/./.test(href), "a partnership");
      await enter(page);
      const name = await heading(page);
      await reach(page, ({ href }) => href.startsWith("/benchmark"), "the comparison");
      await enter(page);
      assert.ok((await page.$eval("table", (table) => table.innerText)).includes(name));
      await reach(page, ({ text, main }) => main && text === "Partnerships", "the list to choose from");
      await page.keyboard.press("Enter");
      await reach(page, ({ id }) => id.startsWith("partnership-"), "another partnership");
      await page.keyboard.press("Space");
      await reach(page, ({ text }) => text === "Show side by side", "the button");
      await enter(page);
      const columns = await page.$$eval("thead th", (cells) => cells.length);
      assert.ok(columns >= 1, `${columns} columns`);
    });
  });
}

test("the way out leaves no way back", async () => {
  const { page } = await open(browser);
  await page.setRequestInterception(true);
  let left;
  page.on("request", (request) => {
    if (request.url().startsWith(BASE)) return request.continue();
    left = request.url();
    return request.respond({ status: 200, contentType: "text/html", body: "elsewhere" });
  });
  await page.goto(`${BASE}/reviews`);
  await Promise.all([page.waitForNavigation(), page.click("#exit")]);
  assert.ok(left, "nothing else was opened");
  await page.goBack().catch(() => {});
  assert.ok(!page.url().startsWith(`${BASE}/reviews`), page.url());
});

test("a review prints as a brief for supervision", async () => {
  const { page } = await open(browser);
  const { review } = await paths();
  await page.goto(BASE + review);
  const printed = Buffer.from(await page.pdf({ format: "A4", preferCSSPageSize: true }));
  const sheets = printed.toString("latin1").match(/\/Type \/Page\b/g).length;
  assert.ok(sheets <= 2, `${sheets} sheets`);
});

async function count(page) {
  const text = await page.$eval(".li-results__count", (heading) => heading.innerText);
  return Number(text.replace(/\D/g, ""));
}
