// The whole way with the keyboard alone: from a folder of saved pages to the words in the page as it was saved.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, library, root, serious } from "./world.mjs";

let chromium, desk, page;

before(async () => {
  [chromium, desk] = await Promise.all([browser(), library(join(root, "examples/pages"))]);
  page = await chromium.newPage({ viewport: { width: 1300, height: 900 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(8000);
});
after(async () => {
  await chromium?.close();
  await desk?.end();
});

const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
const focused = (what) => page.evaluate(what === "text" ? () => document.activeElement.textContent.trim() : () => document.activeElement.outerHTML);
/** Whether one sees where the focus is. */
const outlined = () => page.evaluate(() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
});

test("from the first page to the words, by keys", async () => {
  await page.goto(desk.base);
  await press("Tab");
  assert.equal(await focused("text"), "Skip to the page");
  assert.ok(await outlined());
  await press("Enter", "j");
  const first = await focused("text");
  await press("j");
  assert.notEqual(await focused("text"), first);
  await press("k");
  assert.equal(await focused("text"), first, "k goes back");
  assert.ok(await outlined(), "the focus is seen");
  await press("o");
  await page.waitForURL("**/story/**");

  await press("/");
  await page.keyboard.type("radar");
  await press("Enter");
  await page.waitForURL("**/search?**q=radar**");
  await press("Escape", "j", "Enter");
  await page.waitForURL("**/article/**");
  await press("j");
  assert.match(await focused(), /href="\?at=/);
  const lit = page.locator("mark.now");
  await press("Enter");
  await page.waitForURL("**at=**");
  assert.ok(await page.locator("mark:target, a:target").count(), "the words are marked");
  await press("j");
  assert.ok((await lit.count()) <= 1);
  await press("s");
  await page.waitForURL("**saved=1**");
  assert.ok(await page.frameLocator(".saved iframe").locator("mark#dateline-words").count());
  await press("s");
  await page.waitForURL((url) => !url.search.includes("saved"));
  await press("g", "t");
  await page.waitForURL(`${desk.base}/`);
});

/** Tabs until the focus is on what fits. */
async function tabTo(selector) {
  for (let i = 0; i < 300; i++) {
    await press("Tab");
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

test("from a story to a brief that can be printed, by keys", async () => {
  await page.goto(desk.base);
  await press("j", "Enter");
  await page.waitForURL("**/story/**");
  const headline = await page.locator("main h1, main h2").first().innerText();
  await press("b");
  await page.waitForURL("**/brief?add=**");
  await tabTo("main input[name=title]");
  await page.keyboard.type("What the week brought");
  await press("Enter");
  await page.waitForURL((url) => /^\/brief\/b/.test(url.pathname));
  assert.ok((await page.locator(".preview").innerText()).includes(headline.trim().slice(0, 30)), "the story is in it");
  await tabTo("#lead");
  await page.keyboard.type("A note of the desk.");
  await tabTo(".acts button[value=save]");
  await Promise.all([page.waitForNavigation(), press("Enter")]);
  const looks = await chromium.newContext({ bypassCSP: true, colorScheme: "dark", viewport: { width: 1300, height: 900 } });
  const other = await looks.newPage();
  await other.goto(page.url());
  assert.deepEqual(await serious(other), []);
  await looks.close();
  await tabTo(".take a");
  await press("Enter");
  await page.waitForURL("**/html");
  const text = await page.locator("body").innerText();
  assert.ok(text.includes("What the week brought") && text.includes("A note of the desk."), text.slice(0, 300));
});

test("every way of the head by g and its letter", async () => {
  const aside = `${desk.base}/who?name=nobody`;
  await page.goto(aside);
  const ways = await page.locator("header.site nav a").evaluateAll((all) => all.map((a) => [a.textContent.trim(), a.getAttribute("href")]));
  const letters = ways.map(([label]) => label[0].toLowerCase());
  assert.equal(new Set(letters).size, letters.length, `each has a letter of its own: ${letters}`);
  for (const [i, [, path]] of ways.entries()) {
    await page.goto(aside);
    await press("g", letters[i]);
    await page.waitForURL((url) => url.pathname === path);
  }
});

test("the list of commands", async () => {
  await page.goto(desk.base);
  await press("Control+k");
  const box = page.getByRole("dialog", { name: "Commands and keys" });
  await box.waitFor();
  const options = box.getByRole("option");
  assert.ok((await options.count()) > 3);
  assert.equal(await options.first().getAttribute("aria-selected"), "true");
  await page.keyboard.type("search");
  await press("ArrowDown", "ArrowUp", "Enter");
  await page.waitForURL("**/search**");
  await press("?");
  await box.waitFor();
  await press("Escape");
  await box.waitFor({ state: "detached" });
  await press("?");
  await page.keyboard.type("<img src=x onerror=alert(1)>");
  assert.equal(await box.locator("img").count(), 0);
  await press("Enter");
  await page.waitForURL("**q=%3Cimg**");
  await page.getByRole("button", { name: "Commands and keys" }).focus();
  await press("Enter");
  await box.waitFor();
});

test("a story is corrected and the correction undone", async () => {
  await page.goto(desk.base);
  await press("j", "Enter");
  await page.waitForURL("**/story/**");
  await press("?");
  await page.keyboard.type("rename");
  await press("Enter");
  const field = page.locator("form input[name=title]");
  await field.focus();
  await press("Control+a");
  await page.keyboard.type("The quiet harbour");
  await press("Enter");
  await page.waitForSelector("text=The quiet harbour");
  await page.getByRole("button", { name: "Undo" }).first().focus();
  await Promise.all([page.waitForNavigation(), press("Enter")]);
  await page.goto(desk.base);
  assert.equal(await page.locator("text=The quiet harbour").count(), 0);
});
