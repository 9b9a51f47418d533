/**
 * What all pictures have in common. A picture is a figure made by the macro `picture` of `templates/pictures/frame.html`:
 *
 *     <figure class="picture" data-picture="timeline" data-credit="Samizdat, snapshot …, CC BY 4.0" …>
 *       <div class="picture-box"><svg class="picture-canvas" …></svg></div>
 *       <div class="picture-tools">…</div>
 *     </figure>
 *
 * `picture("timeline")` finds it, wires the buttons that save it, and gives its parts. Coordinates are pixels of the box.
 */

import { pngBlob, save, svgText } from "./export.js";
import { pageData } from "./state.js";
import { tooltipIn } from "./tooltip.js";

export { pngBlob, save, svgText } from "./export.js";
export { rovingMarks } from "./marks.js";
export { pageData, rememberView, remembering, viewState } from "./state.js";
export { MODALITIES, modalityStyle, onResize, reducedMotion, token } from "./theme.js";
export { tooltipIn } from "./tooltip.js";

/**
 * @typedef {object} Picture
 * @property {HTMLElement} figure
 * @property {HTMLElement} box what the canvas fills; its width is the picture's
 * @property {SVGSVGElement} canvas
 * @property {any} data what the server gave: the element `{name}-data`
 * @property {Record<string, string>} words the words of the page's language, by key: `data.words`
 * @property {ReturnType<typeof tooltipIn>} tip
 * @param {string} name
 * @returns {Picture|null} null where the page has no such picture, or nothing to draw
 */
export function picture(name) {
  const figure = document.querySelector(`[data-picture="${CSS.escape(name)}"]`);
  const data = pageData(`${name}-data`);
  const box = figure?.querySelector(".picture-box");
  const canvas = figure?.querySelector("svg.picture-canvas");
  if (!figure || !box || !canvas || !data) return null;
  wire(figure, canvas, name);
  followView();
  return { figure, box, canvas, data, words: data.words ?? {}, tip: tooltipIn(box) };
}

/** Where a picture comes from, and the address of the view that is on the screen. */
export function creditLine(figure) {
  return `${figure.dataset.credit}, ${location.href}`;
}

/** The buttons `data-save="svg"`, `data-save="png"` and `data-save="address"` of a figure. */
function wire(figure, canvas, name) {
  const file = (ending) => `samizdat-${name}.${ending}`;
  const acts = {
    svg: () => save(new Blob([svgText(canvas, creditLine(figure))], { type: "image/svg+xml" }), file("svg")),
    png: async () => save(await pngBlob(canvas, creditLine(figure)), file("png")),
    address: () => navigator.clipboard?.writeText(location.href),
  };
  for (const button of figure.querySelectorAll("[data-save]")) {
    button.addEventListener("click", async () => {
      await acts[button.dataset.save]();
      const said = figure.querySelector("[data-said]");
      if (said) said.textContent = button.dataset.done ?? "";
    });
  }
}

/** The links to a picture's data (`data-download`) are of the view that is on the screen: they take its range along. */
function followView() {
  document.addEventListener("samizdat:view", ({ detail: { parameters } }) => {
    for (const link of document.querySelectorAll("a[data-download]")) {
      const address = new URL(link.href);
      const format = address.searchParams.get("format");
      address.search = parameters.toString();
      if (format) address.searchParams.set("format", format);
      link.href = address.href;
    }
  });
}
