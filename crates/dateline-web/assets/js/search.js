// How many articles a query would find, while it is typed. Without this the button says it.
(() => {
  "use strict";
  const words = document.querySelector("form.search #words");
  const live = document.getElementById("live");
  if (!words || !live) return;
  let last = words.value;
  let turn = 0;
  let waiting;

  const ask = async () => {
    const query = words.value.trim();
    if (query === last.trim()) return;
    last = query;
    const mine = ++turn;
    if (!query) {
      live.textContent = "";
      return;
    }
    try {
      const answer = await fetch(`/api/v1/search?limit=1&q=${encodeURIComponent(query)}`);
      const told = await answer.json();
      // an answer to what was typed before says nothing of what stands there now
      if (mine === turn) live.textContent = answer.ok ? `would find ${told.total}` : (told.detail ?? "");
    } catch {
      if (mine === turn) live.textContent = "";
    }
  };

  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  });
})();
