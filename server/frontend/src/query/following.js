/** Code and the short link follow what stands in the editor. */

const PAUSE = 400;

/**
 * @param {any} editor
 * @param {string} address where the server turns a query into code
 */
export function keepUp(editor, address) {
  let timer = 0;
  let asked = null;
  editor.on("changes", () => {
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE);
  });

  async function follow() {
    asked?.abort();
    asked = new AbortController();
    const place = new URL(address, location.href);
    place.searchParams.set("query", editor.getValue());
    try {
      const answer = await fetch(place, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
}

function show({ link, code }) {
  for (const [name, text] of Object.entries(code)) {
    const place = document.getElementById(`code-${name}`);
    if (place) place.textContent = text;
  }
  const short = document.querySelector("[data-short-link]");
  if (!short) return;
  short.closest("p").hidden = !link;
  if (link) {
    short.textContent = link;
    short.href = link;
  }
}
