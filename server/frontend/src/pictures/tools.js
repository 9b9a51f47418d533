/** Buttons beside a picture: what can be done by dragging or a wheel is done by a button too (WCAG 2.5.7). */

/**
 * @param {string} text with placeholders as in Python, `%(name)s`
 * @param {Record<string, string|number>} values
 */
export function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Puts buttons before those that save the picture.
 * @param {Element} figure
 * @param {{text: string, act: () => void}[]} buttons
 */
export function toolButtons(figure, buttons) {
  const made = buttons.map(({ text, act }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  });
  figure.querySelector(".picture-tools")?.prepend(...made);
}

/**
 * Makes the items of a legend (`<li data-held="believed">`) switches of what is drawn.
 * @param {Element} figure
 * @param {Iterable<string>} drawn those that the picture has; the items of others are taken out
 * @param {string[]} hidden those that are not to be seen now
 * @param {(hidden: string[]) => void} onChange
 */
export function filterButtons(figure, drawn, hidden, onChange) {
  const kept = new Set(drawn);
  const items = [...figure.querySelectorAll("[data-held]")].filter((item) => kept.has(item.dataset.held) || item.remove());
  const boxes = items.map((item) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = item.dataset.held;
    box.checked = !hidden.includes(box.value);
    const label = document.createElement("label");
    label.append(box, ...item.childNodes);
    item.append(label);
    return box;
  });
  for (const box of boxes) {
    box.addEventListener("change", () => onChange(boxes.filter((one) => !one.checked).map((one) => one.value)));
  }
}
