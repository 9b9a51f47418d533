// The words of the page, in its language: what server/annotating/words.py gives.

const words = JSON.parse(document.querySelector("#words").textContent);

/**
 * @param {string} name @param {Record<string, string | number>} [values] what its ``{placeholders}`` are filled with
 * @returns {string}
 */
export function said(name, values = {}) {
  return name
    .split(".")
    .reduce((found, part) => found[part] ?? part, words)
    .replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
