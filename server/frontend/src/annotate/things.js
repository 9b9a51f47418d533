// A field for things: the combobox with a list box of the ARIA Authoring Practices. It finds by any name, in any script
// and misspelt, and lets a new thing be written where none is meant.

import { ask } from "./asking.js";
import { button, fresh, h } from "./dom.js";
import { said } from "./words.js";

const WAIT = 150;

/**
 * @param {object} page @param {{id: string, label: string, kinds: string[], several: boolean, describedby?: string}} of
 * @param {string[]} values the paths that are chosen @param {(values: string[]) => void} changed
 * @returns {HTMLElement}
 */
export function thingField(page, of, values, changed) {
  const chosen = h("ul", { class: "chosen" });
  const list = h("ul", { id: fresh(), role: "listbox", class: "options", hidden: true, "aria-label": of.label });
  const box = h("input", {
    id: of.id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": list.id, "aria-autocomplete": "list", placeholder: said("search"), "aria-describedby": of.describedby,
  });
  let options = [];
  let at = -1;
  let waiting = 0;
  let asking = null;

  const draw = () => {
    chosen.replaceChildren(...values.map((path) => {
      const name = page.state.names[path] ?? path;
      const gone = button("×", () => { values.splice(values.indexOf(path), 1); draw(); changed(values); box.focus(); }, {
        class: "gone", "aria-label": said("remove_what", { what: name }),
      });
      return h("li", {}, h("span", { title: path }, name), gone);
    }));
    box.hidden = !of.several && values.length > 0;
  };
  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const take = (path, name) => {
    page.state.names[path] = name;
    if (!values.includes(path)) values.push(path);
    box.value = "";
    close();
    draw();
    changed(values);
    if (!box.hidden) box.focus();
    else chosen.querySelector("button")?.focus();
  };
  const choose = (option) => {
    if (option.create) {
      const name = box.value.trim();
      close();
      page.createThing(name, of.kinds, take, () => box.focus());
    } else {
      take(option.path, option.name);
    }
  };
  const show = (found) => {
    const named = page.forms.entities;
    const may = Object.values(named).some((form) => !of.kinds.length || of.kinds.includes(form.kind));
    options = [...found, ...(may ? [{ create: true, name: said("create", { name: box.value.trim() }) }] : [])];
    list.replaceChildren(...options.map((option, index) => h(
      "li", { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); choose(option); } },
      option.name, option.path && h("span", { class: "what" }, [option.path, option.by].filter(Boolean).join(" · ")),
    )));
    list.hidden = options.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    page.tell(found.length ? said("found", { number: found.length }) : said("none"));
    move(0);
  };
  const move = (to) => {
    at = Math.max(0, Math.min(to, options.length - 1));
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (options.length) box.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  };
  const look = async () => {
    asking?.abort();
    const text = box.value.trim();
    if (!text) return close();
    asking = new AbortController();
    try {
      show(await ask("things", { q: text, kinds: of.kinds.join(",") }, asking.signal));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, WAIT); });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      else move(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && options[at]) choose(options[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  draw();
  return h("div", { class: "thing-field" }, chosen, h("div", { class: "finder" }, box, list));
}
