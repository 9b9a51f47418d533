/** How pictures look: colours from the page's own custom properties, and a style for each way of holding a claim. */

/** The printer's mark of each modality, and how a line says the same; as in `server/vocabulary.py` and the style sheet. */
export const MODALITIES = Object.freeze({
  asserted: { mark: "■", dash: null, width: 1.6 },
  reported: { mark: "”", dash: "7 2 1 2", width: 1.6 },
  believed: { mark: "≈", dash: "7 4", width: 1.6 },
  predicted: { mark: "→", dash: "4 3", width: 1.6 },
  doubted: { mark: "?", dash: "1 3", width: 1.8 },
  conditional: { mark: "◊", dash: "2 2", width: 1.6 },
  evaluated: { mark: "±", dash: null, width: 0.8 },
});

/**
 * @param {string} name of a modality
 * @returns {{mark: string, dash: string|null, width: number}} a plain line and a dot for one that is not known
 */
export function modalityStyle(name) {
  return MODALITIES[name] ?? { mark: "·", dash: "1 5", width: 1.2 };
}

/** The value of a custom property of the page, as `token("--ink")`. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Whether the reader would rather see nothing move. */
export function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Calls `draw(width)` now and whenever the box has another width, not more than once a frame.
 * Colours need no redrawing: pictures are coloured by the style sheet.
 * @param {Element} box
 * @param {(width: number) => void} draw
 * @returns {() => void} ends it
 */
export function onResize(box, draw) {
  let last = 0;
  let waiting = 0;
  const measure = () => {
    waiting = 0;
    const width = Math.floor(box.getBoundingClientRect().width);
    if (width > 0 && width !== last) draw((last = width));
  };
  const watching = new ResizeObserver(() => (waiting ||= requestAnimationFrame(measure)));
  watching.observe(box);
  measure();
  return () => watching.disconnect();
}
