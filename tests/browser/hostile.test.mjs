// Hostile pages in the article and beside it as they were saved: nothing runs, nothing leaves, the text is there.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FIRST, SECOND, pages } from "./hostile.mjs";
import { browser, folder, library, ran, trap, watched } from "./world.mjs";

let chromium, desk, snare, home;
const files = [];

before(async () => {
  [chromium, snare, home] = await Promise.all([browser(), trap(), folder()]);
  for (const [name, html] of pages(snare.at)) {
    await writeFile(join(home.path, `${name}.html`), html);
    files.push({ name, bytes: Buffer.from(html), ours: true });
  }
  // other people's hostile pages, where there are some
  const more = process.env.DATELINE_HOSTILE;
  for (const name of more ? (await readdir(more)).filter((n) => n.startsWith("xss_") && n.endsWith(".html")) : []) {
    files.push({ name, bytes: await readFile(join(more, name)), ours: false });
  }
  desk = await library(home.path, ...files.filter((f) => !f.ours).map((f) => join(more, f.name)));
});

after(async () => {
  await chromium?.close();
  await desk?.end();
  await home?.remove();
  snare?.close();
});

const squeezed = (text) => text.replace(/\s+/g, " ");

test("there are 24 kinds of hostile page", () => assert.equal(files.filter((f) => f.ours).length, 24));

test("no script runs, no request leaves, both paragraphs are readable", async (t) => {
  for (const { name, bytes, ours } of files) {
    await t.test(name, async () => {
      const id = createHash("sha256").update(bytes).digest("hex");
      const { context, page, left } = await watched(chromium, desk.base);
      const answer = await page.goto(`${desk.base}/article/${id}?saved=1`);
      assert.equal(answer.status(), 200);
      const frame = page.frames().find((f) => f.url().includes("/capture/"));
      assert.ok(frame, "the page as it was saved stands beside");
      if (ours) {
        const article = squeezed(await page.locator("article").innerText());
        const saved = squeezed(await frame.locator("body").innerText());
        for (const [where, text] of [["article", article], ["capture", saved]]) {
          assert.ok(text.includes(FIRST) && text.includes(SECOND), `${where}: ${text}`);
        }
        if (name === "direction") {
          assert.match(article, /\[U\+202E\]gnp\.exe.*pay\[U\+200D\]ment\[U\+E0041\]/);
          assert.doesNotMatch(await page.content(), /[\u202a-\u202e\u2066-\u2069]/);
        }
      }
      // what can be pressed is pressed
      await page.mouse.move(1000, 400);
      const links = await frame.locator("a, button, area").all();
      for (const link of links) await link.dispatchEvent("click").catch(() => {});
      for (const link of links) await link.click({ force: true, timeout: 300, noWaitAfter: true }).catch(() => {});
      await page.waitForTimeout(60);
      assert.ok(page.frames().some((f) => f.url().includes(`/capture/${id}/page`)), "the frame stays where it is");
      assert.ok(page.url().includes(`/article/${id}`), "the page stays where it is");
      assert.equal(await ran(page), false, "no script ran");
      assert.deepEqual(left, [], "nothing left");
      assert.deepEqual(snare.caught.splice(0), [], "nobody came to the trap");
      await context.close();
    });
  }
});

test("hostile pages in every other page that shows them, and on their own", async () => {
  const { context, page, left } = await watched(chromium, desk.base);
  const ids = files.map((f) => createHash("sha256").update(f.bytes).digest("hex"));
  const turning = files.findIndex((f) => f.name === "direction");
  for (const path of ["/", "/search?q=bridge", "/search?q=minutes", "/figures?about=members", "/brief", `/capture/${ids[1]}`, `/article/${ids[turning]}`, `/capture/${ids[0]}/page`]) {
    await page.goto(desk.base + path);
    assert.equal(await ran(page), false, path);
    assert.doesNotMatch(await page.content(), /[\u202a-\u202e\u2066-\u2069]/, `${path} obeys a mark of direction`);
  }
  assert.ok(page.url().endsWith(`/capture/${ids[0]}`), "on its own the page is shown in our frame alone");
  assert.deepEqual(left, []);
  assert.deepEqual(snare.caught, []);
  await context.close();
});
