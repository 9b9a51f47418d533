// A new thing: a dialog with the form of its kind, written into the file of that kind.

import { send } from "./asking.js";
import { button, fresh, h } from "./dom.js";
import { fieldsOf } from "./fields.js";
import { slug } from "./slug.js";
import { said } from "./words.js";

/**
 * @param {object} page @param {string} name what was looked for @param {string[]} kinds that may be named, none for all
 * @param {(path: string, name: string) => void} made @param {() => void} left without one
 */
export function createThing(page, name, kinds, made, left) {
  const classes = Object.entries(page.forms.entities).filter(([, form]) => !kinds.length || kinds.includes(form.kind));
  // The preferred name is English: what was typed in another script is none.
  const data = { id: "", type: classes[0][0], prefLabel: { en: /^[\p{Script=Latin}\P{L}]*$/u.test(name) ? name : "" } };
  const ids = { title: fresh(), kind: fresh(), path: fresh() };
  const fields = h("div", {});
  const wrong = h("div", { role: "alert" });
  const path = h("input", { id: ids.path, type: "text", spellcheck: "false", oninput: () => { named = true; data.id = path.value.trim(); } });
  const kind = h("select", { id: ids.kind, onchange: () => { data.type = kind.value; draw(); } },
    ...classes.map(([of, form]) => h("option", { value: of }, form.label)));
  let named = false;
  const renamed = () => {
    if (!named) path.value = data.id = `${page.forms.entities[data.type].kind}/${slug(data.prefLabel?.en ?? "")}`;
  };
  const draw = () => {
    const form = page.forms.entities[data.type];
    renamed();
    fields.replaceChildren(fieldsOf(page, form, data, ["new"], renamed));
  };
  const save = async (event) => {
    event.preventDefault();
    wrong.replaceChildren();
    try {
      const { id, type, ...rest } = data;
      const found = await send("thing", { data: { id, type, ...rest } });
      dialog.close("made");
      made(found.path, found.name);
    } catch (error) {
      const lines = error.told?.problems?.map((one) => one.line) ?? [error.message];
      wrong.replaceChildren(h("ul", { class: "problems" }, ...lines.map((line) => h("li", {}, line))));
    }
  };
  const dialog = h("dialog", { class: "creating", "aria-labelledby": ids.title },
    h("form", { onsubmit: save },
      h("h2", { id: ids.title }, said("create_title")), h("p", { class: "soft" }, said("create_help")),
      h("p", {}, h("label", { for: ids.kind }, said("kind")), kind), fields,
      h("p", {}, h("label", { for: ids.path }, said("path")), path), wrong,
      h("p", { class: "actions" }, h("button", {}, said("create_save")), button(said("cancel"), () => dialog.close(), { class: "quiet" }))));
  dialog.addEventListener("close", () => { dialog.remove(); if (dialog.returnValue !== "made") left(); });
  draw();
  document.body.append(dialog);
  dialog.showModal();
}
