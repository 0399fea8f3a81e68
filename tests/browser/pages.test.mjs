// Every page that links lead to: headers, no serious fault for those who hear or cannot point, and all without a script.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, crawl, dateline, folder, library, root, serious, serve } from "./world.mjs";

const unlinked = ["/nowhere", "/search?q=gate%20(shut", "/search?q=nothingatall", "/who?name=Nobody"];
let chromium, desk, paths, lost;

before(async () => {
  [chromium, desk] = await Promise.all([browser(), library(join(root, "examples/pages"))]);
  const pages = await crawl(desk.base);
  paths = [...pages.found.filter((path) => !pages.lost.includes(path)), ...unlinked];
  lost = pages.lost;
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

test("axe finds nothing serious, light and wide, dark and narrow; nothing is wider than the window", async () => {
  const wrong = [];
  for (const look of [{ colorScheme: "light", width: 1280 }, { colorScheme: "dark", width: 390 }]) {
    const { colorScheme, width } = look;
    const context = await chromium.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(desk.base + path);
      const told = await serious(page);
      wrong.push(...told.map((t) => `${path} ${colorScheme} ${width}: ${t}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) wrong.push(`${path} is ${wide}px wider than a window of ${width}`);
    }
    await context.close();
  }
  assert.equal(wrong.length, 0, wrong.join("\n\n"));
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
