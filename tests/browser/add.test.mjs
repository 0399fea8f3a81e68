// Pages added in the browser: by keys alone, without JavaScript, dropped; what is sent is shown, and shown harmlessly.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, dateline, folder, root, serious, serve } from "./world.mjs";

let chromium, home, desk;
const pages = join(root, "examples/pages/harbour-post");

before(async () => {
  [chromium, home] = await Promise.all([browser(), folder()]);
  await dateline(["add", "--library", join(home.path, "desk"), join(root, "examples/bad/section-page.html")]).catch(() => {});
  desk = await serve(join(home.path, "desk"));
});
after(async () => {
  await chromium?.close();
  desk?.stop();
  await home?.remove();
});

/** Tabs until the focus is on what fits. */
async function tabTo(page, selector) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}
const summary = (page) => page.locator("main h1:has-text('Pages added') + p[role=status]").innerText();
const files = async () => (await readdir(pages)).filter((n) => n.endsWith(".html")).map((n) => join(pages, n));

test("from the empty first page to an added article, by keys", async () => {
  const page = await chromium.newPage();
  await page.goto(desk.base);
  await page.keyboard.press("?");
  await page.keyboard.type("add");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/add");
  await tabTo(page, "#pages");
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Space");
  const all = await files();
  await (await chooser).setFiles(all);
  assert.equal(await page.locator("ul.chosen li").count(), Math.min(all.length, 13));
  await tabTo(page, "form.add button");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/add\/\d+$/);
  await page.waitForSelector("main h1:has-text('Pages added')", { timeout: 60000 });
  assert.match(await summary(page), new RegExp(`^${all.length} added · 0 the same as before · 0 failed`));
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/article/**");
  await page.close();
});

test("without JavaScript: files and pasted text, each again is the same as before", async () => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const text = "Testburg keeps its bridge open\n\nThe harbour board of Testburg met on Tuesday and voted to keep the swing bridge open until May, its chair said.\n\nTwo members voted against it, because the hinges were last oiled in autumn.";
  for (const told of [/^1 added · 2 the same/, /^0 added · 3 the same/]) {
    await page.goto(`${desk.base}/add`);
    await page.setInputFiles("#pages", (await files()).slice(0, 2));
    await page.fill("#text", text);
    await page.fill("#url", "https://ledger.example/bridge");
    await page.click("form.add button");
    await page.waitForSelector("main h1:has-text('Pages added')", { timeout: 60000 });
    assert.match(await summary(page), told);
  }
  await page.goto(`${desk.base}/add`);
  await page.click("form.add button");
  assert.match(await page.locator(".problem").innerText(), /Nothing was chosen/);
  await context.close();
});

test("names of files are words, and what failed says why", async () => {
  const page = await chromium.newPage();
  const dialogs = [];
  page.on("dialog", (d) => { dialogs.push(d.message()); d.dismiss(); });
  await page.goto(`${desk.base}/add`);
  const name = "<img src=x onerror=alert(1)> \u202etxt.html";
  await page.setInputFiles("#pages", [
    { name, mimeType: "text/html", buffer: Buffer.alloc(0) },
    { name: "picture.html", mimeType: "text/html", buffer: Buffer.from("\x89PNG\r\n\x1a\n", "latin1") },
  ]);
  assert.equal(await page.locator("main img").count(), 0);
  await page.click("form.add button");
  await page.waitForSelector("main h1:has-text('Pages added')");
  assert.match(await summary(page), /^0 added · 0 the same as before · 2 failed/);
  const told = await page.locator("ul.outcome").innerText();
  assert.match(told, /<img src=x onerror=alert\(1\)> \[U\+202E\]txt\.html/);
  assert.match(told, /the file is empty/);
  assert.match(told, /a picture/);
  assert.equal(await page.locator("main img").count(), 0);
  assert.deepEqual(dialogs, []);
  await page.close();
});

test("files are dropped on the form", async () => {
  const page = await chromium.newPage();
  await page.goto(`${desk.base}/add`);
  const text = await readFile((await files())[0], "utf8");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.html", { type: "text/html" }));
    const drop = document.querySelector(".drop");
    for (const kind of ["dragover", "drop"]) drop.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);
  assert.match(await page.locator("ul.chosen").innerText(), /dropped\.html/);
  await page.click("form.add button");
  await page.waitForSelector("main h1:has-text('Pages added')");
  assert.match(await summary(page), /^0 added · 1 the same as before/);
  await page.close();
});

test("who writes meanwhile is named, and what was chosen stays", async () => {
  // a command that writes for as long as its input lasts
  const writer = spawn(process.env.DATELINE ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/dateline"),
    ["add", "--library", join(home.path, "desk"), "--jsonl", "-"], { stdio: ["pipe", "ignore", "ignore"] });
  const page = await chromium.newPage();
  for (let i = 0; i < 200; i++) {
    await page.goto(`${desk.base}/add`);
    if (await page.locator("section.working").count()) break;
    await page.waitForTimeout(50);
  }
  assert.match(await page.locator("section.working").innerText(), new RegExp(`process ${writer.pid}`));
  await page.fill("#text", "Kept as it was typed");
  await page.click("form.add button");
  await page.waitForSelector("#problem .problem");
  assert.match(await page.locator("#problem").innerText(), new RegExp(`Another process is writing.*process ${writer.pid}`));
  assert.equal(await page.inputValue("#text"), "Kept as it was typed");
  writer.stdin.end();
  await new Promise((ended) => writer.on("exit", ended));
  await page.close();
});

test("axe finds nothing serious in the form and in what became of it", async () => {
  const wrong = [];
  for (const [colorScheme, width] of [["light", 1280], ["dark", 390]]) {
    const context = await chromium.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    for (const path of ["/add", "/add/1", "/add/2", "/add/4", "/add/999"]) {
      await page.goto(desk.base + path);
      wrong.push(...(await serious(page)).map((t) => `${path} ${colorScheme}: ${t}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) wrong.push(`${path} is ${wide}px wider than a window of ${width}`);
    }
    await context.close();
  }
  assert.deepEqual(wrong, []);
});
