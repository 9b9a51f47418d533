/** What things and ties look like: a shape for each kind, so that none is told by its colour alone. */

import {
  symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye,
} from "d3-shape";

const SHAPES = {
  person: [symbolCircle, 150, "full"],
  group: [symbolCircle, 150, "hollow"],
  party: [symbolSquare, 190, "full"],
  government: [symbolDiamond, 230, "full"],
  outlet: [symbolTriangle, 170, "full"],
  sector: [symbolTriangle, 200, "hollow"],
  platform: [symbolSquare, 150, "hollow"],
  post: [symbolDiamond, 120, "hollow"],
  event: [symbolStar, 130, "full"],
  law: [symbolCross, 130, "hollow"],
  country: [symbolWye, 150, "full"],
};

/**
 * @param {string} kind
 * @returns {{d: string, look: "full"|"hollow"}} the outline around 0, 0, and whether it is filled
 */
export function shapeOf(kind) {
  const [type, size, look] = SHAPES[kind] ?? [symbolCircle, 80, "hollow"];
  return { d: symbol(type, size)(), look };
}

/**
 * A line from one thing to another, bent where several join the same two.
 * @param {{x: number, y: number}} a
 * @param {{x: number, y: number}} b
 * @param {number} bend pixels to the side
 * @returns {{d: string, at: (share: number) => {x: number, y: number, angle: number}}}
 */
export function curve(a, b, bend) {
  const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const control = { x: (a.x + b.x) / 2 - ((b.y - a.y) / far) * bend * 2, y: (a.y + b.y) / 2 + ((b.x - a.x) / far) * bend * 2 };
  const at = (t) => {
    const along = (key) => (1 - t) ** 2 * a[key] + 2 * t * (1 - t) * control[key] + t ** 2 * b[key];
    const slope = (key) => 2 * (1 - t) * (control[key] - a[key]) + 2 * t * (b[key] - control[key]);
    return { x: along("x"), y: along("y"), angle: (Math.atan2(slope("y"), slope("x")) * 180) / Math.PI };
  };
  return { d: `M${a.x},${a.y}Q${control.x},${control.y} ${b.x},${b.y}`, at };
}

/** @returns {string[]} a name in at most two lines; the first keeps its blank, for whoever hears the two as one */
export function inLines(name, most = 20) {
  if (name.length <= most) return [name];
  const words = name.split(" ");
  let first = "";
  while (words.length && (!first || first.length + 1 + words[0].length <= Math.max(most, name.length / 2))) {
    first = first ? `${first} ${words.shift()}` : words.shift();
  }
  const rest = words.join(" ");
  return rest ? [`${first} `, rest.length > most * 1.5 ? `${rest.slice(0, most * 1.5 - 1)}…` : rest] : [first];
}
