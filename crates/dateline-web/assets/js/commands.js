// The list of commands (Ctrl-K or ?): all ways, actions and parts of this page, found by typing; and the keys.
window.dateline = (() => {
  "use strict";

  const make = (name, attributes = {}, ...inside) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...inside);
    return node;
  };

  // Letters without their marks: "Kasčiūnas" is found by "kasciunas".
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const label = (node) => (node.getAttribute("aria-label") ?? node.textContent).trim().replace(/\s+/g, " ");

  const KEYS = [
    ["j k", "next, previous"], ["o", "open"], ["/", "search"], ["s", "the page as it was saved"], ["b", "add to a brief"],
    ["g and a letter", "go to a page of the head"], ["Ctrl-K", "commands"], ["?", "commands and keys"],
  ];

  const going = (node) => () => {
    const fold = node.closest("details");
    if (fold) fold.open = true;
    if (!node.hasAttribute("tabindex") && !node.matches("a, button, summary, input")) node.setAttribute("tabindex", "-1");
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "start" });
  };

  const all = () => {
    const found = [];
    const add = (kind, node, run) => {
      const words = label(node);
      if (words) found.push({ words, kind, key: node.dataset?.key ?? "", run });
    };
    for (const link of document.querySelectorAll("header.site nav a")) {
      add("go to", link, () => link.click());
      found.at(-1).key = `g ${label(link).charAt(0).toLowerCase()}`;
    }
    for (const node of document.querySelectorAll("main [data-key]")) add("do", node, () => node.click());
    for (const node of document.querySelectorAll("main form button:not([data-key])")) add("do", node, going(node));
    for (const node of document.querySelectorAll("main h2, main h3, main summary")) add("part", node, going(node));
    for (const node of document.querySelectorAll("footer.site button:not(.commands)")) add("do", node, () => node.click());
    return found;
  };

  const commands = () => {
    if (document.querySelector("dialog.commands[open]")) return;
    let before = document.activeElement;
    const list = make("ul", { id: "commands-list", role: "listbox", "aria-label": "Commands" });
    const field = make("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "commands-list", "aria-autocomplete": "list",
      "aria-label": "Command, part of this page, or words to search for", placeholder: "Command, part of this page, or words to search for",
      autocomplete: "off", spellcheck: "false",
    });
    const keys = make("dl", { class: "keys" });
    for (const [key, what] of KEYS) keys.append(make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)));
    const box = make("dialog", { class: "commands", "aria-label": "Commands and keys" }, field, list, keys);
    const known = all();
    let shown = [];
    let chosen = 0;

    const choose = (to) => {
      chosen = shown.length ? (to + shown.length) % shown.length : 0;
      [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === chosen)));
      const row = list.children[chosen];
      if (row) {
        field.setAttribute("aria-activedescendant", row.id);
        row.scrollIntoView({ block: "nearest" });
      } else {
        field.removeAttribute("aria-activedescendant");
      }
    };
    const fill = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      shown = known.filter((c) => words.every((word) => plain(`${c.words} ${c.kind}`).includes(word))).slice(0, 50);
      const text = field.value.trim();
      if (text) {
        const run = () => location.assign(`/search?q=${encodeURIComponent(text)}`);
        shown.push({ words: `Search for ${text}`, kind: "search", key: "", run });
      }
      list.replaceChildren(...shown.map((c, i) => {
        const row = make("li", { role: "option", id: `command-${i}` }, make("span", {}, c.words), make("small", {}, c.key ? `${c.kind} · ${c.key}` : c.kind));
        row.addEventListener("click", () => run(i));
        return row;
      }));
      choose(0);
    };
    const run = (i) => {
      const command = shown[i];
      if (!command) return;
      before = null; // the command says where to go
      box.close();
      command.run();
    };

    field.addEventListener("input", fill);
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Enter") run(chosen);
      else return;
      event.preventDefault();
    });
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    box.addEventListener("close", () => {
      box.remove();
      before?.focus?.({ preventScroll: true });
    });
    document.body.append(box);
    fill();
    box.showModal();
    field.focus();
  };

  // The way in for those who do not know the keys.
  document.addEventListener("DOMContentLoaded", () => {
    const button = make("button", { type: "button", class: "commands" }, "Commands and keys (?)");
    button.addEventListener("click", commands);
    document.querySelector("footer.site")?.prepend(button);
  });

  return { commands };
})();
