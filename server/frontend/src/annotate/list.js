// The claims and drafts of the file, in its order, and a field for words where selecting them is no way.

import { Refused, send } from "./asking.js";
import { fresh, h } from "./dom.js";
import { said } from "./words.js";

/** @param {HTMLElement} pane @param {object} page @param {string} message */
export function showList(pane, page, message) {
  const { claims, drafts, marks } = page.state;
  pane.replaceChildren(...[
    message && h("p", { class: "done" }, message),
    page.state.drafting && drafts.length === 0 && h("p", { class: "done" }, said("move")),
    byHand(page),
    drafts.length > 0 && section("drafts", drafts.map((one, at) => entry(page, "draft", one.id, at + 1, "✎", "draft", one.data))),
    section("claims", claims.map((one, at) => entry(page, "claim", one.id, at + 1, marks[one.modality] ?? "·", one.modality, one))),
  ].filter(Boolean));
}

function section(name, entries) {
  const id = fresh();
  const filled = entries.length > 0 ? h("ol", { class: "entries" }, ...entries) : h("p", { class: "soft" }, said("no_claims"));
  return h("section", { "aria-labelledby": id }, h("h3", { id, class: "label" }, `${said(name)} · ${entries.length}`), filled);
}

function entry(page, kind, name, number, mark, held, data) {
  const quote = [data.quote].flat()[0];
  const text = data.label || (quote?.exact ? `“${quote.exact}”` : name);
  const word = held ? said(`held.${held}`) : "";
  return h(
    "li", {},
    h("span", { class: "number", "aria-hidden": "true" }, String(number)),
    h("button", { type: "button", class: "entry", "data-open": `${kind}:${name}`, onclick: () => page.editItem(`${kind}:${name}`) },
      h("span", { class: "voice" }, h("span", { class: "modality" }, h("span", { class: "mark", "aria-hidden": "true" }, mark), word)),
      h("span", { class: "sentence" }, text)),
  );
}

/** Words typed or pasted become a claim as selected ones do. */
function byHand(page) {
  const id = fresh();
  const field = h("textarea", { id, rows: "2", spellcheck: "false" });
  const wrong = h("p", { class: "problem", role: "alert" });
  const make = async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    try {
      const found = await send("place", { exact: field.value.trim() });
      if (found.quote) page.edit({ data: { quote: [found.quote] } });
      else wrong.textContent = `${found.message} – ${found.hint}`;
    } catch (error) {
      wrong.textContent = error instanceof Refused || error instanceof Error ? error.message : String(error);
    }
  };
  return h("form", { class: "by-hand", onsubmit: make }, h("label", { for: id }, said("exact_field")), field, wrong, h("button", {}, said("make")));
}

