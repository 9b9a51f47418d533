// Fields as the shapes of the ontology describe them: graph/annotating/forms.py. Each writes into the data it is for.

import { ask } from "./asking.js";
import { button, fresh, h } from "./dom.js";
import { thingField } from "./things.js";
import { said } from "./words.js";

/** @param {(string | number)[]} path of a value in the claim @returns {string} the id of its field */
export const idOf = (path) => `f-${path.join("-")}`;

/**
 * The fields of a form: those that are required or have a value, and a choice of the rest.
 *
 * @param {object} page @param {object} form @param {object} data @param {(string | number)[]} path
 * @param {() => void} changed @returns {HTMLElement}
 */
export function fieldsOf(page, form, data, path, changed) {
  const holder = h("div", { class: "fields" });
  const shown = new Set(form.fields.filter((one) => one.required || one.key in data || isNeeded(form, one)).map((one) => one.key));
  const id = fresh();
  const more = h("select", { id }, h("option", { value: "" }, said("choose")));
  const chooser = h("p", { class: "more-fields" }, h("label", { for: id }, said("more_fields")), more);
  more.addEventListener("change", () => {
    const key = more.value;
    shown.add(key);
    make({ ...form.fields.find((one) => one.key === key), begun: true });
    draw();
    const field = holder.querySelector(`#${CSS.escape(idOf([...path, key]))}`);
    (field?.matches("fieldset") ? field.querySelector("input, textarea") ?? field : field)?.focus();
  });
  const draw = () => {
    const rest = form.fields.filter((one) => !shown.has(one.key));
    more.replaceChildren(h("option", { value: "" }, said("choose")), ...rest.map((one) => h("option", { value: one.key, title: one.description }, one.name)));
    holder.replaceChildren(...form.fields.filter((one) => shown.has(one.key)).map((one) => made.get(one.key) ?? make(one)), ...(rest.length ? [chooser] : []));
  };
  const made = new Map();
  const make = (one) => {
    const field = fieldOf(page, one, data, path, changed);
    made.set(one.key, field);
    return field;
  };
  draw();
  return holder;
}

/** Whether a rule of the class asks for this field or another. */
const isNeeded = (form, one) => form.rules.some((rule) => !rule.given && rule.keys.includes(one.key));

/** One field with its label and what it means. */
export function fieldOf(page, spec, data, path, changed) {
  const own = [...path, spec.key];
  const id = idOf(own);
  const help = fresh();
  const set = (value) => {
    if (value === undefined) delete data[spec.key];
    else data[spec.key] = value;
    changed(own);
  };
  const control = CONTROLS[spec.holds](page, { ...spec, id, help, path: own }, data[spec.key], set, changed);
  const isGroup = control.dataset?.group !== undefined;
  const label = h(isGroup ? "legend" : "label", isGroup ? {} : { for: id }, h("span", { lang: "en" }, spec.name), spec.required && h("span", { class: "required" }, ` · ${said("required")}`));
  const meaning = h("p", { id: help, class: "meaning", lang: "en" }, spec.description);
  return h(isGroup ? "fieldset" : "div", { class: `field holds-${spec.holds}`, "data-field": spec.key, id: isGroup ? id : undefined, tabindex: isGroup ? "-1" : undefined }, label, meaning, control);
}

const isText = (value) => ["string", "number", "undefined"].includes(typeof value);

/** A value that no field of this kind can hold is shown, and left as it is. */
const untouched = (value) => h("p", { class: "soft" }, said("untouched", { value: JSON.stringify(value) }));

function text(page, spec, value, set) {
  if (!isText(value)) return untouched(value);
  const typed = (event) => set(event.target.value.trim() === "" ? undefined : event.target.value);
  const given = { id: spec.id, "aria-describedby": spec.help, oninput: typed, value: value ?? "", placeholder: spec.examples[0] ?? "" };
  const field = spec.long ? h("textarea", { ...given, rows: "2" }) : h("input", { ...given, type: "text" });
  if (spec.key !== "edtf") return field;
  return h("div", {}, field, dateHelp(page, field));
}

/** What words for a day may mean in EDTF: a press takes it over. */
function dateHelp(page, field) {
  const found = h("div", { class: "may-be" });
  field.addEventListener("input", async () => {
    const typed = field.value;
    found.replaceChildren();
    if (!/\p{L}{3}|\d[.\/]\d/u.test(typed)) return;
    const dates = await ask("dates", { text: typed }).catch(() => []);
    if (field.value !== typed) return;
    found.replaceChildren(...dates.map((one) => button(said("date_may_be", one), () => {
      field.value = one.edtf;
      field.dispatchEvent(new Event("input"));
      field.focus();
    }, { class: "quiet" })));
  });
  return found;
}

function number(page, spec, value, set) {
  const typed = (event) => {
    const given = event.target.value.trim();
    set(given === "" ? undefined : /^[-+]?\d+(\.\d+)?$/.test(given) ? Number(given) : given);
  };
  return h("input", { id: spec.id, type: "text", inputmode: spec.whole ? "numeric" : "decimal", "aria-describedby": spec.help, oninput: typed, value: value ?? "" });
}

function choice(page, spec, value, set) {
  const means = h("span", { class: "meaning" });
  const explain = () => (means.textContent = meaningOf(spec, spec.choices.find((one) => one.value === select.value)));
  const choices = spec.choices.map((one) => h("option", { value: one.value, title: one.means, selected: one.value === single(value) }, nameOf(spec, one.value)));
  const strange = value !== undefined && !spec.choices.some((one) => one.value === single(value));
  const select = h("select", { id: spec.id, "aria-describedby": spec.help, onchange: () => { set(select.value || undefined); explain(); } },
    h("option", { value: "" }, said("choose")), strange && h("option", { value: String(value), selected: true }, String(value)), ...choices);
  explain();
  return h("div", {}, select, means);
}
/** The modalities are told of in the language of the page, other values in that of the ontology. */
const meaningOf = (spec, one) => (one && spec.key === "modality" ? said(`meanings.${one.value}`) : one?.means ?? "");
const nameOf = (spec, value) => (spec.key === "modality" ? said(`held.${value}`) : value);
const single = (value) => (Array.isArray(value) && value.length === 1 ? value[0] : value);

function flag(page, spec, value, set) {
  return h("input", { id: spec.id, type: "checkbox", checked: value === true, "aria-describedby": spec.help, onchange: (event) => set(event.target.checked ? true : undefined) });
}

function thing(page, spec, value, set) {
  const values = [value].flat().filter((one) => one !== undefined);
  if (!values.every((one) => typeof one === "string")) return untouched(value);
  const of = { id: spec.id, label: spec.name, kinds: spec.kinds, several: spec.several, describedby: spec.help };
  return thingField(page, of, values, (now) => set(now.length === 0 ? undefined : spec.several ? [...now] : now[0]));
}

/** Other claims: of this file by their slug, of others by their path. */
function claim(page, spec, value, set) {
  const values = [value].flat().filter((one) => one !== undefined);
  const list = fresh();
  const typed = (event) => {
    const now = event.target.value.split(",").map((one) => one.trim()).filter(Boolean);
    set(now.length ? now : undefined);
  };
  return h("div", {},
    h("input", { id: spec.id, type: "text", list, spellcheck: "false", "aria-describedby": spec.help, oninput: typed, value: values.join(", ") }),
    h("datalist", { id: list }, ...page.state.claims.map((one) => h("option", { value: one.id }, one.label ?? ""))));
}

/** Mappings inside others: a date, the names that are printed. */
function part(page, spec, value, set, changed) {
  const form = page.forms.parts[spec.part];
  const items = [value].flat().filter((one) => one !== undefined);
  if (!items.every((one) => one && typeof one === "object")) return untouched(value);
  const holder = h("div", { "data-group": "" });
  const write = () => {
    const filled = items.filter((one) => Object.keys(one).length > 0);
    set(filled.length === 0 ? undefined : spec.several ? filled : filled[0]);
  };
  const draw = () => {
    holder.replaceChildren(...items.map((item, at) => h("div", { class: "part" },
      fieldsOf(page, form, item, spec.several ? [...spec.path, at] : spec.path, write),
      (spec.several || Object.keys(item).length > 0) && button(said("remove"), () => { items.splice(at, 1); if (!spec.several) items.push({}); write(); draw(); }, { class: "quiet", "aria-label": said("remove_what", { what: spec.name }) }))),
      ...(spec.several ? [button(`${said("add")}: ${form.label}`, () => { items.push({}); draw(); holder.querySelector(".part:last-of-type input")?.focus(); }, { class: "quiet" })] : []));
  };
  if ((!spec.several || spec.begun) && items.length === 0) items.push({});
  draw();
  return holder;
}

/** Names by language. */
function names(page, spec, value, set) {
  const rows = Object.entries(value ?? {}).flatMap(([language, texts]) => [texts].flat().map((one) => [language, one]));
  if (rows.length === 0) rows.push(["en", ""]);
  const holder = h("div", { "data-group": "" });
  const write = () => {
    const found = {};
    for (const [language, one] of rows.filter((row) => row[0].trim() && row[1].trim())) {
      found[language] = language in found ? [found[language], one].flat() : one;
    }
    set(Object.keys(found).length ? found : undefined);
  };
  const draw = () => {
    holder.replaceChildren(...rows.map((row, at) => h("p", { class: "named" },
      h("input", { type: "text", class: "tag", "aria-label": said("language"), value: row[0], oninput: (event) => { row[0] = event.target.value; write(); } }),
      h("input", { type: "text", id: at ? undefined : `${spec.id}-first`, "aria-label": spec.name, value: row[1], oninput: (event) => { row[1] = event.target.value; write(); } }))),
    button(said("add"), () => { rows.push(["", ""]); draw(); holder.querySelector(".named:last-of-type input")?.focus(); }, { class: "quiet", "aria-label": `${said("add")}: ${spec.name}` }));
  };
  draw();
  return holder;
}

const CONTROLS = { text, number, choice, flag, thing, claim, part, names };
