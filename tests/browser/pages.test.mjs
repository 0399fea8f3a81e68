// Every page that links lead to: headers, no serious fault for those who hear or cannot point, and all without a script.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, crawl, dateline, folder, library, root, serious, serve } from "./world.mjs";

const unlinked = ["/nowhere", "/add/999", "/search?q=gate%20(shut", "/search?q=nothingatall", "/who?name=Nobody"];
// what depends on colour and width alone is asked in each look, the rest in two
const seen = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];
const looks = [["light", 1280], ["dark", 1280, seen], ["dark", 390], ["light", 390, seen]];
let chromium, desk, paths, lost, taken;

before(async () => {
  [chromium, desk] = await Promise.all([browser(), library(join(root, "examples/pages"))]);
  const pages = await crawl(desk.base);
  // of the first page narrowed in all ways, two are enough
  const narrowed = pages.found.filter((path) => path.startsWith("/?"));
  paths = [...pages.found.filter((path) => !pages.lost.includes(path) && !narrowed.slice(2).includes(path)), ...unlinked];
  const stories = (await (await fetch(`${desk.base}/api/v1/stories?limit=500`)).json()).items;
  paths.push(`/storyline/${stories.find((s) => s.storyline).storyline}`);
  lost = pages.lost;
  // a brief that is being made, and pages that were added
  const page = await chromium.newPage();
  const story = paths.find((path) => path.startsWith("/story/")).split("/")[2].split("?")[0];
  await page.goto(`${desk.base}/brief?add=${story}`);
  await page.fill("main input[name=title]", "For Thursday");
  await page.locator("main form.new-brief button").click();
  await page.waitForURL((url) => /^\/brief\/b/.test(url.pathname));
  const brief = new URL(page.url()).pathname;
  await page.goto(`${desk.base}/add`);
  await page.fill("#text", "Testburg keeps its bridge open\n\nThe harbour board of Testburg met on Tuesday and voted to keep the swing bridge open, its chair said.");
  await page.click("form.add button");
  await page.waitForURL(/\/add\/\d+$/);
  await page.waitForSelector("main h1:has-text('Pages added')", { timeout: 60000 });
  paths.push(brief, new URL(page.url()).pathname);
  taken = `${brief}/html`;
  await page.close();
});
after(async () => {
  await chromium?.close();
  await desk?.end();
});

test("the pages are found, and every link leads somewhere", () => {
  assert.ok(paths.length > 8, paths.join("\n"));
  assert.deepEqual(lost, []);
});

test("headers", async () => {
  const nonces = new Set();
  for (const path of paths) {
    const answer = await fetch(desk.base + path);
    const policy = answer.headers.get("content-security-policy");
    const body = await answer.text();
    const nonce = policy.match(/script-src 'nonce-([0-9a-f]{64})';/)?.[1];
    assert.ok(nonce && !nonces.has(nonce), `${path}: a nonce of its own`);
    nonces.add(nonce);
    for (const part of ["default-src 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      assert.ok(policy.includes(part), `${path}: ${part}`);
    }
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("x-frame-options"), "DENY");
    assert.match(answer.headers.get("set-cookie") ?? "", /HttpOnly; SameSite=Strict/, path);
    for (const [tag] of body.matchAll(/<script[^>]*>/g)) assert.ok(tag.includes(`nonce="${nonce}"`), `${path}: ${tag}`);
    const inline = /<[a-z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*\s(?:style|on[a-z]+)\s*=/i;
    assert.doesNotMatch(body, inline, `${path}: no inline style or handler`);
  }
  const foreign = await fetch(desk.base, { headers: { "sec-fetch-site": "cross-site" } });
  assert.equal(foreign.status, 200, "a link from elsewhere leads here");
});

test("axe finds nothing serious, light and dark, wide and narrow; nothing is wider than the window", async () => {
  const wrong = [];
  const context = await chromium.newContext({ bypassCSP: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  for (const path of [...paths, taken]) {
    await page.goto(desk.base + path);
    for (const [colorScheme, width, rules] of looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const told = await serious(page, rules);
      wrong.push(...told.map((t) => `${path} ${colorScheme} ${width}: ${t}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) wrong.push(`${path} is ${wide}px wider than a window of ${width}`);
    }
  }
  await context.close();
  assert.equal(wrong.length, 0, wrong.join("\n\n"));
});

test("nothing moves once it is shown, and a first visit weighs less than 150 KB", async () => {
  const wrong = [];
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    for (const path of paths) {
      // a context of its own: nothing is kept from the page before
      const context = await chromium.newContext({ viewport });
      const page = await context.newPage();
      await page.addInitScript(() => {
        globalThis.shifts = [];
        const seen = (list) => globalThis.shifts.push(...list.getEntries().map((e) => [e.value, ...e.sources.map((s) => s.node?.outerHTML?.slice(0, 120) ?? "")]));
        new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: true });
      });
      const sizes = [];
      page.on("response", (answer) => { if (answer.frame() === page.mainFrame()) sizes.push(answer.body().then((b) => b.length, () => 0)); });
      await page.goto(desk.base + path, { waitUntil: "load" });
      await page.waitForTimeout(100);
      const shifts = await page.evaluate(() => globalThis.shifts);
      const sum = shifts.reduce((all, [value]) => all + value, 0);
      if (sum > 0.01) wrong.push(`${path} at ${viewport.width}: moved by ${sum}: ${JSON.stringify(shifts)}`);
      const bytes = (await Promise.all(sizes)).reduce((all, size) => all + size, 0);
      if (bytes >= 150_000) wrong.push(`${path}: ${bytes} bytes`);
      await context.close();
    }
  }
  assert.equal(wrong.length, 0, wrong.join("\n"));
});

test("no script complains, and nothing is asked for elsewhere", async () => {
  const page = await chromium.newPage();
  const wrong = [];
  // what the frame of a page as it was saved is not allowed is told on the console, as it should be
  const sandboxed = (message) => message.location().url.includes("/capture/") || /sandboxed|Content Security Policy directive: "(img-src data:|default-src 'none')"/.test(message.text());
  page.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !sandboxed(message)) wrong.push(message.text()); });
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => { if (!request.url().startsWith(desk.base) && !/^(data|about):/.test(request.url())) wrong.push(request.url()); });
  for (const path of paths.filter((p) => !unlinked.includes(p))) {
    await page.goto(desk.base + path);
    assert.deepEqual(wrong, [], path);
  }
  await page.close();
});

test("without JavaScript the pages work", async () => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of paths) {
    await page.goto(desk.base + path);
    assert.ok((await page.locator("main h1, main h2").count()) > 0, path);
    assert.equal(await page.locator("footer.site button.commands").count(), 0, "what wants a script is made by it");
  }
  await page.goto(desk.base);
  await page.fill("#q", "radar");
  await page.press("#q", "Enter");
  await page.locator("ol.hits a").first().click();
  await page.locator(".notes a, a.note").first().click();
  assert.ok(await page.locator("mark:target, a:target").count(), "a fact leads to its words");
  await page.locator("a.beside").click();
  const saved = page.frameLocator(".saved iframe");
  assert.ok(await saved.locator("mark#dateline-words").count(), "and to the same words in the page as it was saved");
  await context.close();
});

test("lists of the API page by page give each item once", async () => {
  const ask = async (path) => (await fetch(`${desk.base}/api/v1/${path}`)).json();
  for (const [path, id] of [["stories?limit=2", (s) => s.story], ["search?q=the&limit=5&sort=newest", (h) => h.id], ["who?name=Lauringsoo&limit=3", (s) => `${s.id} ${s.content}`]]) {
    const ids = [];
    for (let next = ""; next !== null;) {
      const page = await ask(path + (next && `&cursor=${encodeURIComponent(next)}`));
      ids.push(...page.items.map(id));
      next = page.next;
    }
    const whole = (await ask(path.replace(/limit=\d+/, "limit=500"))).items.map(id);
    assert.deepEqual(ids, whole, path);
    assert.equal(new Set(ids).size, ids.length, path);
    assert.ok(ids.length > 5, path);
  }
});

test("an empty library, and one with a password", async () => {
  const home = await folder();
  const none = join(home.path, "none");
  await dateline(["add", "--library", none, join(root, "examples/bad")]).catch((error) => assert.equal(error.code, 1));
  let served = await serve(none);
  const page = await chromium.newPage();
  for (const path of ["/", "/search", "/search?q=a"]) {
    const answer = await page.goto(served.base + path);
    assert.equal(answer.status(), 200, path);
  }
  served.stop();
  await dateline(["password", "--library", none], "a grey harbour\n");
  served = await serve(none);
  await page.goto(`${served.base}/search?q=a`);
  await page.keyboard.type("a red harbour\n");
  await page.waitForSelector("[role=alert]");
  await page.keyboard.type("a grey harbour\n");
  await page.waitForURL(`${served.base}/search?q=a`);
  await page.getByRole("button", { name: "Lock" }).press("Enter");
  await page.waitForURL(`${served.base}/login`);
  await page.close();
  served.stop();
  await home.remove();
});
