// Pictures of each kind of page, of a library of the examples, into docs/shots/: light, dark, and on a phone.

import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { palette } from "./palette.mjs";
import { browser, dateline, root, serve } from "./world.mjs";

const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const out = join(root, "docs/shots");
// always the same folder: its name stands on the pages. The day of making stands on the library's page alone.
const home = join(tmpdir(), "dateline-shots");
await rm(home, { recursive: true, force: true });
await cp(join(root, "examples/pages"), join(home, "pages"), { recursive: true });
await dateline(["add", "--library", join(home, "desk"), join(home, "pages")]);
const desk = await serve(join(home, "desk"));
const chromium = await browser();

const api = async (path) => (await fetch(`${desk.base}/api/v1/${path}`)).json();
const stories = (await api("stories?limit=500")).items;
const story = stories.find((s) => s.title.includes("ferry")).story;
const radar = stories.find((s) => s.title.includes("radar picture"));
const cable = stories.find((s) => s.title.includes("Data cable")).story;

/** A brief of two stories with a note, put together as a reader does. */
async function brief() {
  const page = await chromium.newPage();
  await page.goto(`${desk.base}/brief?add=${cable}`);
  await page.fill("main input[name=title]", "The Baltic this spring");
  await page.fill("main input[name=by]", "The night desk");
  await page.locator("main form.new-brief button").click();
  await page.waitForURL((url) => /^\/brief\/b/.test(url.pathname));
  await page.getByRole("button", { name: /^Add: Lauringsoo back in Riga/ }).click();
  await page.fill("#lead", "Two stories for Thursday’s page: the cable, and the patrols it led to.");
  await page.locator(".acts button[value=save]").click();
  await page.waitForLoadState();
  const path = new URL(page.url()).pathname;
  await page.close();
  return path;
}

/** The first address on a page that such a link leads to. */
async function linked(path, link) {
  const page = await chromium.newPage();
  await page.goto(desk.base + path);
  const to = await page.locator(link).first().getAttribute("href");
  await page.close();
  return new URL(to, desk.base + path);
}

const words = await linked((await linked(`/story/${story}`, "main a[href^='/article/']")).pathname, ".notes .said a");
words.searchParams.set("saved", "1");
const pages = {
  today: "/",
  story: `/story/${story}`,
  storyline: `/storyline/${radar.storyline}`,
  article: words.pathname + words.search + words.hash,
  person: "/who?name=Kadri%20Lauringsoo",
  place: "/place?name=Riga",
  search: "/search?q=radar",
  figures: "/figures?about=cable",
  brief: await brief(),
  library: "/library",
  add: "/add",
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [look, how] of Object.entries(looks)) {
  const context = await chromium.newContext({ ...how, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" });
  const page = await context.newPage();
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(desk.base + path, { waitUntil: "networkidle" });
    // both at the same place whichever of them was there first
    for (const frame of page.frames().slice(1)) await frame.locator("#dateline-words").evaluate((words) => words.scrollIntoView({ block: "center" }));
    await page.evaluate(() => window.scrollTo(0, 0));
    const png = await page.screenshot({ animations: "disabled", caret: "hide" });
    await writeFile(join(out, `${name}-${look}.png`), palette(png));
  }
  await context.close();
}
await chromium.close();
desk.stop();
await rm(home, { recursive: true, force: true });
