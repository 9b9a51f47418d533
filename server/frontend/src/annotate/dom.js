// Elements made in one line. Text is always text: nothing that comes from a file is ever read as HTML.

let count = 0;

/** @returns {string} an id that no other element has */
export const fresh = () => `n${(count += 1)}`;

/**
 * @param {string} name @param {Record<string, any>} [given] attributes; ``on…`` are listeners, false and null are left out
 * @param {...(Node | string | null | undefined | false)} children @returns {HTMLElement}
 */
export function h(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "value") made.value = value;
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child || child === 0));
  return made;
}

/** @param {string} text @param {(event: Event) => void} does @param {object} [given] @returns {HTMLElement} */
export const button = (text, does, given = {}) => h("button", { type: "button", onclick: does, ...given }, text);
