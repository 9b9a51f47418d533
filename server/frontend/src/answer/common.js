/** What the pictures of an answer have in common: what a mark tells, and which columns are drawn. */

import { modalityStyle, rememberView, viewState } from "../pictures/common.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element of SVG.
 * @param {Element} parent
 * @param {string} name
 * @param {Record<string, string|number|null>} [attributes] null leaves one out
 * @param {string} [text]
 */
export function add(parent, name, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, String(value));
  made.textContent = text;
  parent.append(made);
  return made;
}

/** The lines of a tooltip for a row: every value with its column, and how the claim is held. */
export function told({ columns, words }, line) {
  const lines = columns
    .map(({ title }, at) => [title, line.texts[at]])
    .filter(([, text]) => text)
    .map(([title, text]) => ({ text: `${title}: ${cut(text, 220)}` }));
  if (line.held) lines.unshift({ text: `${modalityStyle(line.held).mark} ${words.held} ${line.held}` });
  return lines;
}

/** @returns {string} the text, with an ellipsis where it is longer */
export function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/**
 * A list to choose a column from, remembered in the address.
 * @param {{figure: HTMLElement, canvas: Element}} parts
 * @param {{name: string, label: string, options: {value: string, text: string}[], usual: string}} choice
 * @param {() => void} changed
 * @returns {() => string} the value that is chosen
 */
export function chooser({ figure }, { name, label, options, usual }, changed) {
  let bar = figure.querySelector(".answer-choices");
  if (!bar) {
    bar = document.createElement("div");
    bar.className = "answer-choices";
    figure.querySelector(".picture-tools").before(bar);
  }
  const holder = document.createElement("label");
  const select = document.createElement("select");
  for (const { value, text } of options) select.append(new Option(text, value));
  const wanted = viewState().get(name);
  select.value = options.some(({ value }) => value === wanted) ? wanted : usual;
  select.addEventListener("change", () => {
    rememberView({ [name]: select.value === usual ? null : select.value });
    changed();
  });
  holder.append(label, select);
  bar.append(holder);
  return () => select.value;
}

/** Columns of these kinds as options, each by its name. */
export function optionsOf(columns, kinds) {
  return columns.filter(({ kind }) => kinds.includes(kind)).map(({ name, title }) => ({ value: name, text: title }));
}

export const NODES = ["thing", "name"];
export const CATEGORIES = [...NODES, "modality", "date"];
