// What a claim says, node by node: the class of each, and the fields that its shape has.

import { button, fresh, h } from "./dom.js";
import { fieldsOf, idOf } from "./fields.js";
import { thingField } from "./things.js";
import { said } from "./words.js";

/** @param {object} page @param {object} data of the claim @param {() => void} changed @returns {HTMLElement} */
export function statements(page, data, changed) {
  const holder = h("fieldset", { class: "statements-of", id: idOf(["assertion"]), tabindex: "-1" });
  const draw = () => {
    holder.replaceChildren(h("legend", {}, said("says")), ...data.assertion.map(statement), button(said("add_statement"), () => {
      data.assertion.push({});
      draw();
      holder.querySelector(".statement:last-of-type select").focus();
    }, { class: "quiet" }));
  };
  const statement = (node, at) => {
    const path = ["assertion", at];
    const id = idOf([...path, "type"]);
    const means = h("p", { class: "meaning", id: fresh(), lang: "en" });
    const fields = h("div", {});
    const select = h("select", { id, "aria-describedby": means.id, onchange: () => { node.type = select.value || undefined; show(); changed([...path, "type"]); } },
      h("option", { value: "" }, said("choose")),
      ...Object.entries(page.forms.nodes).map(([name, form]) => h("option", { value: name, selected: classOf(page, node) === name }, form.label)));
    const show = () => {
      const form = page.forms.nodes[select.value];
      means.textContent = form ? [form.description, ...form.examples.map((one) => `“${one}”`)].join(" ") : "";
      remove.setAttribute("aria-label", said("remove_what", { what: form?.label ?? said("class") }));
      fields.replaceChildren(...(form ? [nameOf(page, form, node, path, changed), fieldsOf(page, form, node, path, changed)].filter(Boolean) : []));
    };
    const remove = button(said("remove"), () => { data.assertion.splice(at, 1); draw(); changed(["assertion"]); }, { class: "quiet" });
    show();
    return h("div", { class: "statement" },
      h("div", { class: "field" }, h("label", { for: id }, said("class")), select, means), fields, remove);
  };
  if (data.assertion.length === 0) data.assertion.push({});
  draw();
  return holder;
}

/** The class of a node: its own, or else that which goes with the kind of its name. */
function classOf(page, node) {
  const kind = String(node.id ?? "").split("/")[0];
  return node.type ?? Object.keys(page.forms.nodes).find((name) => page.forms.nodes[name].entity && page.forms.nodes[name].kind === kind) ?? "";
}

/** The name of a node: a known thing, or that of an event that several claims share. */
function nameOf(page, form, node, path, changed) {
  const id = idOf([...path, "id"]);
  const help = fresh();
  const set = (value) => {
    if (value) node.id = value;
    else delete node.id;
    changed([...path, "id"]);
  };
  if (form.entity) {
    const of = { id, label: said("the_thing"), kinds: [form.kind], several: false, describedby: help };
    return h("div", { class: "field" }, h("label", { for: id }, said("the_thing")), thingField(page, of, node.id ? [node.id] : [], (now) => set(now[0])));
  }
  if (form.kind !== "event" && !node.id) return null;
  return h("div", { class: "field" }, h("label", { for: id }, said("event_name")), h("p", { class: "meaning", id: help }, said("event_help")),
    h("input", { id, type: "text", spellcheck: "false", "aria-describedby": help, value: node.id ?? "", oninput: (event) => set(event.target.value.trim()) }));
}
