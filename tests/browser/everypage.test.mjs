// The invented world, made hostile: every paragraph, headline and outlet carries markup that wants to act and marks that
// turn the direction of text. Every kind of page is then opened: nothing runs, nothing leaves, nothing is obeyed.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pages as attacks } from "./hostile.mjs";
import { browser, crawl, dateline, folder, kind, ran, root, serve, trap, watched } from "./world.mjs";

const TURNING = /[\u202a-\u202e\u2066-\u2069]/;
const WORDS = "<img src=x onerror=window.PWNED=1> \u202egnp.exe";
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const tags = "<script>window.PWNED=1</script><img src=x onerror=window.PWNED=1><svg onload=window.PWNED=1></svg>";

let chromium, snare, home, desk;

/** A page with something hostile in its title, its outlet, each paragraph and each quotation. */
const spoiled = (html) => html
  .replace(/<\/title>/i, ` ${escaped(WORDS)}</title>`)
  .replace(/<\/h1>/i, ` ${escaped(WORDS)}</h1>`)
  .replace(/(property="og:(?:title|site_name)" content="[^"]*)/gi, `$1 ${escaped(WORDS)}`)
  .replace(/<\/p>/gi, `${tags} ${escaped(WORDS)}</p>`);

before(async () => {
  [chromium, snare, home] = await Promise.all([browser(), trap(), folder()]);
  const world = join(home.path, "world");
  await cp(join(root, "examples/pages"), world, { recursive: true });
  for (const name of await readdir(world, { recursive: true })) {
    if (name.endsWith(".html")) await writeFile(join(world, name), spoiled(await readFile(join(world, name), "utf8")));
  }
  for (const [name, html] of attacks(snare.at)) await writeFile(join(world, `${name}.html`), html);
  // one page captured twice, with another wording and another figure
  const again = (n, said, day) => `<!doctype html><html lang="en"><head><title>Testburg counts its boats ${escaped(WORDS)}</title>
    <link rel="canonical" href="https://www.quay-ledger.example/sea/boats-31"><meta property="og:site_name" content="Ledger ${escaped(WORDS)}">
    <meta property="article:published_time" content="2026-04-02T10:00:00Z"><meta property="article:modified_time" content="${day}T10:00:00Z"></head>
    <body><article><h1>Testburg counts its boats ${escaped(WORDS)}</h1><p>The harbour of Testburg holds ${n} boats, ${said} ${escaped(WORDS)}</p>
    <p>“Each of them ${escaped(WORDS)} was counted twice,” said Petra Lindqvarn, the harbour master, on Tuesday.</p></article></body></html>`;
  await writeFile(join(world, "boats-1.html"), again(40, "its master said.", "2026-04-02"));
  await writeFile(join(world, "boats-2.html"), again(45, "a count found on Tuesday.", "2026-04-03"));
  const dir = join(home.path, "desk");
  // `add` ends with 1: some of the world is not there to be read
  await dateline(["add", "--library", dir, world]).catch((error) => assert.equal(error.code, 1));
  await dateline(["watch", "add", `boats ${WORDS}`, "boats OR radar", "--library", dir]);
  desk = await serve(dir);
});
after(async () => {
  await chromium?.close();
  desk?.stop();
  snare?.close();
  await home?.remove();
});

/** What a reader does: hostile words into every form. */
async function written() {
  const page = await chromium.newPage();
  const stories = (await (await fetch(`${desk.base}/api/v1/stories?limit=500`)).json()).items;
  await page.goto(`${desk.base}/story/${stories[1].story}`);
  const rename = page.locator("form:has(input[name=title])").first();
  await rename.locator("input[name=title]").evaluate((field) => field.closest("details")?.setAttribute("open", ""));
  await rename.locator("input[name=title]").fill(`Renamed ${WORDS}`);
  await Promise.all([page.waitForNavigation(), rename.locator("input[name=title]").press("Enter")]);
  await page.goto(`${desk.base}/brief?add=${stories[0].story}`);
  await page.fill("main input[name=title]", `For Thursday ${WORDS}`);
  await page.fill("main input[name=by]", WORDS);
  await page.locator("main form.new-brief button").click();
  await page.waitForURL((url) => /^\/brief\/b/.test(url.pathname));
  const brief = new URL(page.url()).pathname;
  await page.fill("#lead", `A note ${WORDS}`);
  await page.locator(".acts button[value=save]").click();
  await page.waitForLoadState();
  await page.goto(`${desk.base}/add`);
  await page.setInputFiles("#pages", [{ name: `${WORDS}.html`, mimeType: "text/html", buffer: Buffer.from(`<h1>${WORDS}</h1>${tags}`) }, { name: `none ${WORDS}`, mimeType: "", buffer: Buffer.alloc(0) }]);
  await page.click("form.add button");
  await page.waitForURL(/\/add\/\d+$/);
  await page.waitForSelector("main h1:has-text('Pages added')", { timeout: 60000 });
  const added = new URL(page.url()).pathname;
  await page.close();
  const asked = encodeURIComponent(WORDS);
  return [
    brief, `${brief}/html`, added, "/add", "/api", "/nowhere",
    `/search?q=${asked}`, `/figures?about=${asked}`, `/who?name=${asked}`, `/place?name=${asked}`, `/?about=${asked}&place=${asked}&sort=${asked}`,
    `/brief?q=${asked}`, `/watch?q=${asked}&since=${asked}`, `/login?to=${asked}`, `/article/${asked}`, `/story/${asked}`, `/add/${asked}`,
  ];
}

test("every kind of page of a hostile library: no script runs, nothing leaves, no mark of direction is obeyed", async (t) => {
  const made = await written();
  const boats = createHash("sha256").update(await readFile(join(home.path, "world/boats-2.html"))).digest("hex");
  const { found } = await crawl(desk.base, 2);
  // of the first page narrowed in all ways, some are enough
  const narrowed = found.filter((path) => path.startsWith("/?")).slice(8);
  const paths = [...new Set([...made, ...found.filter((path) => !narrowed.includes(path)), `/article/${boats}`])];
  const kinds = new Set(paths.map((path) => new URL(path, desk.base).pathname.split("/")[1]));
  for (const name of ["", "story", "storyline", "article", "capture", "who", "place", "figures", "search", "brief", "watch", "library", "add", "api"]) {
    assert.ok(kinds.has(name), `a page of the kind /${name} is among ${[...kinds]}`);
  }
  assert.ok(found.some((path) => path.includes("saved=1")), "an article with the page as it was saved");
  const { context, page, left } = await watched(chromium, desk.base);
  let carried = 0;
  let versions = 0;
  for (const path of paths) {
    await t.test(kind(path), async () => {
      await page.goto(desk.base + path);
      assert.equal(await ran(page), false, `${path}: a script ran`);
      // what a reader typed stays in its field as it was typed
      const html = (await page.content()).replace(/ value="[^"]*"/g, "").replace(/<textarea[^>]*>[^<]*/g, "");
      assert.doesNotMatch(html, TURNING, `${path} obeys a mark of direction`);
      assert.equal(await page.locator("[onerror], [onload], main img[src=x]").count(), 0, `${path}: markup of the page's`);
      carried += html.includes("&lt;img src=x onerror") ? 1 : 0;
      versions += await page.locator("details.versions").count();
      assert.deepEqual(left, [], path);
      assert.deepEqual(snare.caught, [], path);
    });
  }
  assert.ok(carried > paths.length / 3, `the hostile words stand on ${carried} of ${paths.length} pages`);
  assert.ok(versions > 0, "two captures of a page, and their differences");
  await context.close();
});

test("what is taken along is harmless, too", async () => {
  const { context, page, left } = await watched(chromium, desk.base);
  const briefs = await fetch(`${desk.base}/brief`).then((a) => a.text());
  const [, brief] = briefs.match(/href="(\/brief\/b[^"/?]*)"/);
  for (const form of ["html", "markdown", "json"]) {
    const answer = await fetch(`${desk.base}${brief}/${form}`);
    const text = await answer.text();
    assert.equal(answer.status, 200, form);
    assert.doesNotMatch(text, TURNING, form);
    if (form !== "html") assert.doesNotMatch(answer.headers.get("content-type"), /html/);
  }
  const file = join(home.path, "brief.html");
  await writeFile(file, await fetch(`${desk.base}${brief}/html`).then((a) => a.text()));
  await page.goto(`file://${file}`);
  assert.equal(await ran(page), false);
  assert.deepEqual(left.filter((l) => !l.startsWith("file://")), []);
  await context.close();
});

test("a page that would stop a browser is shown as its source", async () => {
  const heavy = { deep: "<div>".repeat(50_000), tables: "<table><tr><td>".repeat(20_000), wording: "<b><i><a>".repeat(20_000) };
  const files = [];
  for (const [name, tags] of Object.entries(heavy)) {
    const html = `<html><head><title>Deep ${name}</title></head><body>${tags}<p>The harbour board of Testburg met on Tuesday, its chair said.</p></body></html>`;
    files.push(join(home.path, `heavy-${name}.html`));
    await writeFile(files.at(-1), html);
  }
  const dir = join(home.path, "heavy");
  await dateline(["add", "--library", dir, ...files]).catch((error) => assert.equal(error.code, 1));
  const served = await serve(dir);
  const { context, page } = await watched(chromium, served.base);
  for (const file of files) {
    const id = createHash("sha256").update(await readFile(file)).digest("hex");
    await page.goto(`${served.base}/capture/${id}`, { timeout: 20000 });
    assert.match(await page.frames()[1].locator("body").innerText(), /would stop a browser/, file);
  }
  await context.close();
  served.stop();
});

test("other people's hostile files", async (t) => {
  // the corpus writes itself: `python3 hostile_corpus.py FOLDER`
  const more = process.env.DATELINE_HOSTILE;
  if (!more || !existsSync(more)) return t.skip("DATELINE_HOSTILE names no folder");
  const dir = join(home.path, "others");
  await dateline(["add", "--library", dir, more]).catch((error) => assert.equal(error.code, 1));
  const served = await serve(dir);
  const { found } = await crawl(served.base, 60);
  const { context, page, left } = await watched(chromium, served.base);
  for (const path of found) {
    await page.goto(served.base + path, { timeout: 20000 });
    assert.equal(await ran(page), false, `${path}: a script ran`);
    const html = (await page.content()).replace(/ value="[^"]*"/g, "");
    assert.doesNotMatch(html, TURNING, `${path} obeys a mark of direction`);
  }
  assert.deepEqual(left, []);
  await context.close();
  served.stop();
});
