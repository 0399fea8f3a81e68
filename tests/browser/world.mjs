// A library made by the built program, served by it, and a browser to look at it.

import { spawn, execFile } from "node:child_process";
import { createServer } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.DATELINE ?? join(target, "debug/dateline");
const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Runs the program; its output. `input` goes to standard input. */
export async function dateline(args, input) {
  const running = promisify(execFile)(program, args, { maxBuffer: 64 << 20 });
  if (input !== undefined) running.child.stdin.end(input);
  return (await running).stdout;
}

/** A folder that is gone afterwards. */
export async function folder() {
  const path = await mkdtemp(join(tmpdir(), "dateline-browser-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A library of these files, served; `base` is its address. */
export async function library(...files) {
  const home = await folder();
  const dir = join(home.path, "desk");
  await dateline(["add", "--library", dir, ...files]);
  return { dir, ...(await serve(dir)), end };
  async function end() {
    this.stop();
    await home.remove();
  }
}

/** Serves a library's folder. */
export async function serve(dir) {
  const child = spawn(program, ["serve", "--library", dir, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const base = await new Promise((told, failed) => {
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
      const found = said.match(/http:\/\/[^/\s]+/);
      if (found) told(found[0]);
    });
    child.on("exit", (code) => failed(new Error(`serve ended with ${code}`)));
  });
  return { base, stop: () => child.kill() };
}

/** Debian's Chromium, without a network. */
export function browser() {
  const executablePath = browsers.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("no Chromium; name one by CHROMIUM");
  const args = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
  return chromium.launch({ executablePath, args });
}

/** A server that nobody should speak to: counts who connects. */
export async function trap() {
  const caught = [];
  const server = createServer((socket) => {
    caught.push("connected");
    socket.on("data", (data) => caught.push(String(data).split("\r\n", 1)[0]));
    socket.on("error", () => {});
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { at: `127.0.0.1:${server.address().port}`, caught, close: () => server.close() };
}

/** A page that notes what it asks for beyond our server at `base`, windows and dialogs. */
export async function watched(chromium, base) {
  const context = await chromium.newContext({ viewport: { width: 1500, height: 900 } });
  const page = await context.newPage();
  const left = [];
  const elsewhere = (request) => !request.url().startsWith(`${base}/`) && !/^(data|about):/.test(request.url());
  // what a policy holds back is announced too, and then fails for that reason
  context.on("requestfinished", (request) => { if (elsewhere(request)) left.push(request.url()); });
  context.on("requestfailed", (request) => {
    if (elsewhere(request) && request.failure()?.errorText !== "csp") left.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  context.on("page", (other) => { if (other !== page) left.push(`window: ${other.url()}`); });
  page.on("dialog", (dialog) => { left.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  return { context, page, left };
}

/** Whether a hostile script ran in any frame. A frame that does not answer within its time is a fault of its own: a page
 * that stops the browser. */
export async function ran(page) {
  const late = new Promise((_, failed) => setTimeout(() => failed(new Error("a frame does not answer")), 10000).unref());
  const asked = Promise.all(page.frames().map((f) => f.evaluate(() => globalThis.PWNED).catch((e) => (/detached|navigation/.test(e.message) ? undefined : Promise.reject(e)))));
  const all = await Promise.race([asked, late]);
  return all.some((value) => value !== undefined);
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe holds for serious on the page as it stands, folds opened; the page's context bypasses the policy. `rules` are
 * all of axe's where none are named. */
export async function serious(page, rules) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe);
  // of WCAG 2.2, and not asked for unless it is named
  const more = { rules: { "target-size": { enabled: true } } };
  const asked = { iframes: false, resultTypes: ["violations"], ...(rules ? { runOnly: rules } : more) };
  const { violations } = await page.evaluate((asked) => window.axe.run(document, asked), asked);
  const told = (v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.failureSummary}`).join("\n")}`;
  return violations.filter((v) => ["serious", "critical"].includes(v.impact)).map(told);
}

const href = /<a [^>]*?href="([^"]*)"/g;
const unescaped = (text) => text.replaceAll("&amp;", "&").replaceAll("&#38;", "&");
/** What kind of page an address is: names and queries left out. */
export const kind = (path) => path.replace(/#.*/, "").replace(/[0-9a-f]{10,}|s[0-9a-f]{6,}/g, "{id}").replace(/=[^&]*/g, "=");

/** Pages found by following links from the first: at most `each` of a kind; and those that are not there. */
export async function crawl(base, each = 1) {
  const kinds = new Map();
  const queue = ["/"];
  const seen = new Set(queue);
  const found = [];
  const lost = [];
  while (queue.length) {
    const path = queue.shift();
    const of = kind(path);
    if ((kinds.get(of) ?? 0) >= each) continue; // enough of them are known
    const answer = await fetch(base + path);
    if (answer.status === 404) lost.push(path);
    if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
    kinds.set(of, (kinds.get(of) ?? 0) + 1);
    found.push(path);
    for (const [, raw] of (await answer.text()).matchAll(href)) {
      const to = new URL(unescaped(raw), base + path);
      const next = to.pathname + to.search;
      if (to.origin === base && !seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return { found, lost };
}
