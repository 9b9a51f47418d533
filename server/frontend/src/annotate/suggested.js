// What a program has suggested of a draft. Nothing of it is taken over before a person says so, one by one.

import { button, h } from "./dom.js";
import { said } from "./words.js";

const WHY = ["words", "why"];

/** @param {object} page @param {object} data @param {object[]} suggestions @param {() => void} changed @returns {HTMLElement} */
export function suggested(page, data, suggestions, changed) {
  const entries = suggestions.map((one) => {
    const key = Object.keys(one).find((name) => !WHY.includes(name));
    const shown = page.state.names[one[key]] ?? String(one[key]);
    const use = button(said("use"), () => { take(page, data, key, one); changed(); }, { class: "quiet", "aria-label": `${said("use")}: ${key} ${shown}` });
    return h("li", {}, h("span", { class: "label" }, key), ` ${shown} `, h("span", { class: "soft" }, said("means", one)), " ", use);
  });
  return h("details", { class: "suggested", open: true }, h("summary", {}, said("suggested")), h("ul", {}, ...entries));
}

/** Put one suggestion where it belongs. */
function take(page, data, key, one) {
  const value = one[key];
  const first = data.assertion[0] ?? (data.assertion[0] = {});
  if (key === "modality" || key === "condition" || key === "sensitive") data[key] = value;
  else if (key === "attributedTo") data.attributedTo = [...new Set([data.attributedTo ?? [], value].flat())];
  else if (key === "type") (first.type ? data.assertion[data.assertion.push({}) - 1] : first).type = value;
  else if (key === "edtf") first.date = { edtf: value };
  else if (key === "entity") entity(page, data, value);
}

/** A thing goes into the first empty field that takes its kind, those that are required first. */
function entity(page, data, path) {
  const kind = path.split("/")[0];
  for (const node of data.assertion) {
    const fields = [...(page.forms.nodes[node.type]?.fields ?? [])].sort((a, b) => Number(b.required) - Number(a.required));
    const empty = fields.find((one) => one.holds === "thing" && !(one.key in node) && one.kinds.includes(kind));
    if (empty) {
      node[empty.key] = empty.several ? [path] : path;
      return;
    }
  }
  const node = data.assertion.at(-1);
  node.about = [...new Set([node.about ?? [], path].flat())];
}
