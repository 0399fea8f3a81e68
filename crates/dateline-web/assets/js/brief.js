// The brief as it is put together: notes appear beside the form while they are typed, and nothing typed is left unkept
// without a word.
(() => {
  const form = document.querySelector("form.build");
  if (!form) return;
  const state = document.getElementById("unsaved");
  let changed = false;

  const fill = (aside, text) => {
    const old = aside.querySelectorAll("p:not(.whose)");
    old.forEach((p) => p.remove());
    for (const part of text.split(/\n\n+/).filter((p) => p.trim())) {
      const p = document.createElement("p");
      part.split("\n").forEach((line, i) => {
        if (i) p.append(document.createElement("br"));
        p.append(line);
      });
      aside.append(p);
    }
    aside.hidden = !text.trim();
  };

  // where a note stands in the preview: after the head for the opening note, else after the story's line of facts
  const place = (name) => {
    const preview = document.querySelector(".preview");
    const after =
      name === "lead"
        ? preview.querySelector(":scope > header")
        : preview.querySelector(`section.story[data-story="${CSS.escape(name)}"] > .facts`);
    if (!after) return null;
    const next = after.nextElementSibling;
    if (next && next.matches(".own")) return next;
    const aside = document.createElement("div");
    aside.className = "own";
    aside.setAttribute("role", "note");
    const whose = document.createElement("p");
    whose.className = "whose";
    whose.textContent = form.dataset.whose;
    aside.append(whose);
    after.after(aside);
    return aside;
  };

  form.addEventListener("input", (e) => {
    changed = true;
    if (state) state.textContent = "not kept yet";
    const field = e.target;
    if (field.dataset.own) {
      const aside = place(field.dataset.own);
      if (aside) fill(aside, field.value);
    } else if (field.name === "title") {
      const head = document.querySelector(".preview > header h1");
      if (head) head.textContent = field.value;
    } else if (field.name === "q" || field.name === "since") {
      changed = false;
      if (state) state.textContent = "";
    }
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  // Enter in the search line looks, and does not keep
  form.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.target.name === "q" || e.target.name === "since")) {
      e.preventDefault();
      form.querySelector('button[value="find"]').click();
    }
  });
  window.addEventListener("beforeunload", (e) => {
    if (changed) e.preventDefault();
  });
})();
