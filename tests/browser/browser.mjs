// A browser and a page in it that may talk to the service only.
import puppeteer from "puppeteer-core";

/** Where the service under test is, e.g. http://127.0.0.1:8093. */
export const BASE = process.env.LESSONS_URL ?? "http://127.0.0.1:8080";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return puppeteer.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

/** A fresh page of this width that notes what it asks for and what goes wrong. */
export async function open(browser, { width = 1280, height = 900, script = true } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.setJavaScriptEnabled(script);
  const seen = { elsewhere: [], faults: [], bytes: 0 };
  page.on("request", (request) => {
    if (!request.url().startsWith(BASE)) seen.elsewhere.push(request.url());
  });
  page.on("pageerror", (error) => seen.faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") seen.faults.push(message.text());
  });
  const session = await page.createCDPSession();
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  session.on("Network.loadingFinished", (event) => (seen.bytes += event.encodedDataLength));
  return { page, seen, session };
}

/** The JSON of an address of the API. */
export async function api(path) {
  const response = await fetch(`${BASE}/api/v1${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** One page of each kind, with ids from the data that is served. */
export async function paths() {
  const recommendations = await api("/recommendations?answered=yes&size=1");
  const [recommendation] = recommendations.results;
  const review = recommendation.review.url;
  const partnership = recommendation.partnership.id;
  return {
    home: "/",
    reviews: "/reviews?q=neglect",
    recommendations: "/recommendations?q=police",
    lessons: "/lessons",
    answers: "/answers",
    nothing: "/reviews?q=zzzzqqqq",
    review,
    text: review.replace("/reviews/", "/documents/"),
    recommendation: recommendation.url,
    themes: "/themes",
    theme: "/themes/neglect",
    agencies: "/agencies",
    agency: "/agencies/police",
    partnerships: "/partnerships",
    partnership: `/partnerships/${partnership}`,
    benchmark: `/benchmark?partnership=${partnership}`,
    trends: "/trends",
    coverage: "/coverage",
    similar: "/similar",
    about: "/about",
    method: "/method",
    help: "/help",
    privacy: "/privacy",
    accessibility: "/accessibility",
    removal: "/removal",
    api: "/api",
    missing: "/no-such-page",
  };
}
