/** Places for words along lines, so that none lies on another or on a name; words without a place are left out. */

const LETTER = 5.7;
const NAME_LETTER = 6.9;
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7];

/**
 * @typedef {{left: number, right: number, top: number, bottom: number}} Box
 * @param {{curve: {at: (share: number) => {x: number, y: number}}, label: string}[]} lines those that want a word, the firmest first
 * @param {{x: number, y: number, told: string[]}[]} nodes
 * @returns {Map<object, {x: number, y: number}>} the middle of the base line of each word that has a place
 */
export function labelPlaces(lines, nodes) {
  const taken = nodes.flatMap(boxesOf);
  const found = new Map();
  for (const line of lines) {
    const half = (line.label.length * LETTER) / 2;
    for (const share of SHARES) {
      const at = line.curve.at(share);
      const box = { left: at.x - half, right: at.x + half, top: at.y - 15, bottom: at.y };
      if (taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      found.set(line, { x: at.x, y: at.y - 4 });
      break;
    }
  }
  return found;
}

/** The shape of a thing, and its name beneath. */
function boxesOf({ x, y, told }) {
  const half = (Math.max(...told.map((line) => line.length)) * NAME_LETTER) / 2;
  return [
    { left: x - 10, right: x + 10, top: y - 10, bottom: y + 10 },
    { left: x - half, right: x + half, top: y + 13, bottom: y + 14 + 15 * told.length },
  ];
}

/** @param {Box} a @param {Box} b */
function meet(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
