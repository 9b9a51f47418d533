/** Pieces of pictures that more than one is made of. */

const SVG = "http://www.w3.org/2000/svg";
const ELLIPSIS = " …";

/** @returns {SVGDefsElement} a pattern of slanting lines, for what is itself in doubt */
export function hatching(id) {
  const made = document.createElementNS(SVG, "defs");
  const pattern = document.createElementNS(SVG, "pattern");
  const given = { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  for (const [name, value] of Object.entries(given)) pattern.setAttribute(name, String(value));
  const line = document.createElementNS(SVG, "line");
  line.setAttribute("y2", "7");
  line.setAttribute("class", "hatching");
  pattern.append(line);
  made.append(pattern);
  return made;
}

/** @returns {SVGLinearGradientElement} from the colour of bars to nothing, towards the right or the left */
export function fading(id, towards) {
  const made = document.createElementNS(SVG, "linearGradient");
  made.setAttribute("id", id);
  for (const [at, name] of [["0", towards === "right" ? "full" : "none"], ["1", towards === "right" ? "none" : "full"]]) {
    const stop = document.createElementNS(SVG, "stop");
    stop.setAttribute("offset", at);
    stop.setAttribute("class", `fade-${name}`);
    made.append(stop);
  }
  return made;
}

/**
 * Words beside a mark, with the printer's mark of the modality before them, cut to the room there is.
 * @param parent a selection
 * @returns {{length: () => number, set: (place: {x: number, room: number, anchor: string}|null) => void}}
 */
export function label(parent, glyph, words) {
  const text = parent.append("text").attr("class", "words-beside").attr("y", 12).attr("aria-hidden", "true");
  text.append("tspan").attr("class", "mark-glyph").text(glyph);
  const rest = text.append("tspan").attr("dx", 5);
  let whole = 0;
  return {
    length: () => (whole ||= rest.text(words) && text.node().getComputedTextLength()),
    set(place) {
      text.attr("visibility", place ? null : "hidden");
      if (!place) return;
      text.classed("is-within", Boolean(place.within)).attr("x", place.x).attr("text-anchor", place.anchor);
      if (rest.text() !== words) rest.text(words);
      if (this.length() > place.room) rest.text(cut(words, place.room / whole) + ELLIPSIS);
    },
  };
}

/** As much of the words as takes this part of their length, to the end of a word; a little less, to be safe. */
function cut(words, part) {
  const kept = words.slice(0, Math.max(0, Math.floor(words.length * part) - 4));
  return kept.replace(/\s+\S*$/u, "");
}
