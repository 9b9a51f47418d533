/**
 * Suggestions under a search box while one types: what `/search` finds, by kind, the words that matched marked.
 * The pattern is the combobox with a list box of the ARIA Authoring Practices: the focus stays in the box, the arrows
 * choose, Enter opens what is chosen or else the search page, Escape closes. Without it the form works as it is.
 */

import { list } from "./suggestion-list.js";

const WAIT = 90;
const EACH = 4;

/** Have every search box suggest. */
export function suggestions() {
  for (const box of document.querySelectorAll("[data-search]")) {
    if (box instanceof HTMLInputElement && box.form?.dataset.suggest && box.form.dataset.words) suggest(box, box.form);
  }
}

/** @param {HTMLInputElement} box @param {HTMLFormElement} form */
function suggest(box, form) {
  const words = JSON.parse(form.dataset.words);
  const shown = list(box, words);
  /** @type {AbortController | null} */
  let asking = null;
  let waiting = 0;

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    shown.close();
  };

  const ask = async () => {
    const text = box.value.trim();
    asking?.abort();
    if (!text) return shown.close();
    asking = new AbortController();
    const address = new URL(form.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    address.searchParams.set("limit", String(EACH));
    try {
      const reply = await fetch(address, { headers: { Accept: "application/json" }, signal: asking.signal });
      if (!reply.ok) return shown.close();
      const found = await reply.json();
      if (document.activeElement === box) shown.show(found, everything(form));
    } catch (error) {
      if (error.name !== "AbortError") shown.close();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown.isOpen()) return void ask();
      shown.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && shown.isOpen()) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && shown.chosen()) {
      event.preventDefault();
      location.assign(shown.chosen());
    } else if (event.key === "Tab") {
      close();
    }
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

/** The address of the search page for what the form holds. @param {HTMLFormElement} form */
function everything(form) {
  const address = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form)) address.searchParams.append(name, String(value).trim());
  return address.pathname + address.search;
}
