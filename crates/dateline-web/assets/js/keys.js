// Keys for pages that work without them: j k o / s g ? and Escape. Letters are pressed alone, never while one types.
(() => {
  "use strict";

  // What j and k go through: the rows of lists; where a page has none, the notes that lead to words.
  const ROWS = "main [data-row], main ol.stories > li, main ol.hits > li, main ol.said > li";
  const NOTES = "main .notes a, main a.note";

  const visible = (node) => node.checkVisibility({ visibilityProperty: true });
  const links = () => {
    const rows = [...document.querySelectorAll(ROWS)].map((row) => row.querySelector("a[href]")).filter(Boolean);
    return (rows.length ? rows : [...document.querySelectorAll(NOTES)]).filter(visible);
  };

  // The link that has the focus, or in whose row it is, or the first below the top of the window.
  const step = (by) => {
    const all = links();
    if (!all.length) return;
    const at = document.activeElement;
    let now = all.indexOf(at);
    if (now < 0 && at && at !== document.body && at.id !== "main") {
      now = all.findIndex((link) => link.closest("li, [data-row]")?.contains(at));
    }
    const first = all.findIndex((link) => link.getBoundingClientRect().bottom > 0);
    const to = now < 0 ? Math.max(first, 0) : Math.min(Math.max(now + by, 0), all.length - 1);
    all[to].focus({ preventScroll: true });
    all[to].scrollIntoView({ block: "nearest" });
  };

  // The key of a link or button: said by the page, of the ways of the head the first letter.
  const keyed = (key) => {
    const row = document.activeElement?.closest("li, [data-row]");
    const all = [...(row?.querySelectorAll("[data-key]") ?? []), ...document.querySelectorAll("main [data-key]")];
    return all.find((node) => node.dataset.key === key && visible(node));
  };
  const ways = () => [...document.querySelectorAll("header.site nav a")];

  let going = 0; // until when a letter after g names a way
  const pressed = (event) => {
    const { key } = event;
    if (going > event.timeStamp) {
      going = 0;
      const way = ways().find((link) => link.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
      if (way) way.click();
      return Boolean(way);
    }
    switch (key) {
      case "j": step(1); return true;
      case "k": step(-1); return true;
      case "o": document.activeElement?.closest("a[href], summary, button")?.click(); return true;
      case "/": {
        const field = document.querySelector("#words") ?? document.querySelector("#q");
        field?.focus();
        field?.select();
        return true;
      }
      case "g": going = event.timeStamp + 1500; return true;
      case "?": window.dateline.commands(); return true;
      default: {
        const node = keyed(key);
        if (node) node.click();
        return Boolean(node);
      }
    }
  };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      window.dateline.commands();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (target.closest("input, textarea, select, [contenteditable], dialog")) {
      if (event.key === "Escape" && target.matches("input")) target.blur();
      return;
    }
    if (pressed(event)) event.preventDefault();
  });

  // A note under the pointer or with the focus lights its words.
  const light = (event, on) => {
    const link = event.target.closest?.(".notes a, a.note");
    const id = link && link.pathname === location.pathname && link.hash.slice(1);
    const mark = id && document.getElementById(id);
    if (mark) mark.classList.toggle("now", on);
  };
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }
})();
