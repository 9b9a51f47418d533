/** The list of suggestions under a search box: made of text nodes only, whatever the data holds. */

const QUOTE = 90;
let lists = 0;

/**
 * @param {HTMLInputElement} box
 * @param {{kinds: Object<string, string>, modalities: Object<string, string>, said: Object<string, string>}} words
 */
export function list(box, words) {
  const id = `suggestions-${++lists}`;
  const panel = element("div", "suggestions");
  panel.id = id;
  panel.setAttribute("role", "listbox");
  panel.setAttribute("aria-label", box.labels?.[0]?.textContent ?? "");
  panel.hidden = true;
  // The focus stays in the box, so that a slow press of the mouse does not close what it is about to open.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  const status = element("p", "visually-hidden");
  status.setAttribute("role", "status");
  box.after(panel, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }
  /** @type {HTMLElement[]} */
  let options = [];
  let at = -1;

  const choose = (place) => {
    options[at]?.setAttribute("aria-selected", "false");
    at = place;
    const option = options[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const open = (yes) => {
    panel.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(-1);
  };
  const add = (parent, href) => {
    const option = element("a", "suggestion");
    option.id = `${id}-${options.length}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.tabIndex = -1;
    option.href = href;
    options.push(option);
    parent.append(option);
    return option;
  };

  return {
    isOpen: () => !panel.hidden,
    close: () => open(false),
    /** Where the chosen suggestion leads, empty if none is. */
    chosen: () => (panel.hidden ? "" : (options[at]?.href ?? "")),
    /** To the next suggestion, or the one before; past either end, back to what was typed. */
    move: (step) => choose(((at + 1 + step + options.length + 1) % (options.length + 1)) - 1),
    /** What was found, by kind, and last the page with all of it. */
    show: (found, everything) => {
      options = [];
      at = -1;
      box.removeAttribute("aria-activedescendant");
      panel.replaceChildren();
      for (const [kind, items] of byKind(found)) {
        const group = element("div", "group");
        group.setAttribute("role", "group");
        const title = element("p", "label", words.kinds[kind] ?? kind);
        title.id = `${id}-${kind}`;
        group.setAttribute("aria-labelledby", title.id);
        group.append(title);
        for (const item of items) fill(add(group, item.href), item, words);
        panel.append(group);
      }
      const number = options.length;
      if (number) add(panel, everything).append(element("span", "all", words.said.all));
      status.textContent = number ? words.said.number.replace("{number}", number) : words.said.none;
      open(number > 0);
    },
  };
}

/** Things by kind in the order of their best, then claims, then what is imported. @returns {Map<string, object[]>} */
function byKind(found) {
  const groups = new Map();
  for (const item of [...(found.things ?? []), ...(found.claims ?? [])]) {
    if (!groups.has(item.kind)) groups.set(item.kind, []);
    groups.get(item.kind).push(item);
  }
  if (found.imported?.length) groups.set("imported", found.imported);
  return groups;
}

function fill(option, item, words) {
  if (item.modality) {
    const voice = [words.modalities[item.modality] ?? item.modality, ...(item.attributedTo ?? [])].join(" · ");
    option.append(element("span", "held", voice));
  }
  const name = marked(element("span", "name"), item.name, item.marks);
  if (item.language) name.lang = item.language;
  option.append(name);
  if (!item.modality && !item.marks.length && item.matched.marks.length) {
    const [before, after] = words.said.also.split("{name}");
    const other = element("span", "also", before);
    marked(other, item.matched.name, item.matched.marks);
    other.append(after);
    option.append(" ", other);
  }
  if (!item.modality && item.description) {
    const told = item.description.length > QUOTE ? `${item.description.slice(0, QUOTE).replace(/\s+\S*$/, "")} …` : item.description;
    option.append(inEnglish(element("span", "what", told)));
  }
}

/** What the ontology calls things, whatever the language of the page. */
function inEnglish(part) {
  part.lang = "en";
  return part;
}

/** The text with its marks, whose places count code points. */
function marked(parent, text, marks) {
  const points = Array.from(text);
  let at = 0;
  for (const [begin, end] of marks) {
    parent.append(points.slice(at, begin).join(""), element("mark", "", points.slice(begin, end).join("")));
    at = end;
  }
  parent.append(points.slice(at).join(""));
  return parent;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
