// Adding pages: files may be dropped anywhere on the form, what was chosen is listed, and one sees how much is sent.
// Without this the form is sent as forms are.
(() => {
  "use strict";
  const form = document.querySelector("form.add");
  if (!form) return;
  const field = form.querySelector("#pages");
  const drop = form.querySelector(".drop");
  const list = form.querySelector(".chosen");
  const state = form.querySelector("#sending");
  const alert = document.getElementById("problem");
  const button = form.querySelector("button");
  const limits = form.dataset;
  const SHOWN = 12;

  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  const row = (name, about) => {
    const li = document.createElement("li");
    const aside = document.createElement("span");
    aside.textContent = about;
    li.append(name, aside);
    return li;
  };
  const problem = (words) => {
    const p = document.createElement("p");
    p.className = "problem";
    p.textContent = words;
    alert.replaceChildren(...(words ? [p] : []));
  };
  /** What is too much, in words. */
  const excess = (files) => {
    const large = files.find((f) => f.size > Number(limits.file));
    if (large) return `${large.name} is larger than ${limits.fileWords}.`;
    if (files.length > Number(limits.files)) return `These are ${files.length} files; at most ${limits.files} can be sent at once.`;
    if (files.reduce((sum, f) => sum + f.size, 0) > Number(limits.all)) return `Together they are larger than ${limits.allWords}.`;
    return "";
  };

  const chosen = () => {
    const files = [...field.files];
    const rows = files.slice(0, SHOWN).map((f) => row(f.name, size(f.size)));
    if (files.length > SHOWN) rows.push(row(`and ${files.length - SHOWN} more`, size(files.reduce((sum, f) => sum + f.size, 0))));
    list.replaceChildren(...rows);
    problem(excess(files));
  };
  field.addEventListener("change", chosen);
  chosen(); // a browser that comes back to the page keeps what was chosen

  const carries = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) drop.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    drop.classList.remove("over");
    field.files = event.dataTransfer.files;
    chosen();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const much = excess([...field.files]);
    problem(much);
    if (much || button.disabled) return;
    const request = new XMLHttpRequest();
    const ended = (words) => {
      button.disabled = false;
      state.textContent = "";
      problem(words);
    };
    request.upload.addEventListener("progress", (e) => {
      if (e.lengthComputable) state.textContent = `sent ${Math.round((100 * e.loaded) / e.total)} % of ${size(e.total)}`;
    });
    request.addEventListener("load", () => {
      let told = {};
      try {
        told = JSON.parse(request.responseText);
      } catch {
        // words of ours are missing; what happened is told all the same
      }
      if (told.to) location.assign(told.to);
      else ended(told.problem ?? `The server answered ${request.status}.`);
    });
    request.addEventListener("error", () => ended("The server does not answer; is it still running?"));
    request.open("POST", form.action);
    request.setRequestHeader("accept", "application/json");
    button.disabled = true;
    state.textContent = "sending";
    request.send(new FormData(form));
  });
})();
