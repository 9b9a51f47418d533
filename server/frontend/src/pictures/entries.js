/** Where an entry of the timeline stands, and what it is made of, in pixels of the line. */

import { endOf, startOf } from "./timescale.js";

const POINT = 6;
const LEAST = 10;

/**
 * The parts of an entry. `outer` is all the time that it may take, `sure` the part that it certainly takes (null where
 * none is), `point` the middle of a day that is stated and too narrow to be drawn as a stretch (else null), `open`
 * whether a side is not stated; then `outer` goes on a little beyond what is `known`.
 * @param {{spans: boolean, begin: (string|null)[]|null, end: (string|null)[]|null}} entry
 * @param {(instant: number) => number} x
 * @param {[number, number]} edges of the picture, beyond which nothing is drawn
 */
export function shapeOf(entry, x, edges) {
  const [first, last] = entry.begin ?? [null, null];
  const [from, until] = entry.spans ? (entry.end ?? [null, null]) : [first, last];
  const at = (day, side) => (day === null ? null : x(side(day)));
  let left = at(entry.begin ? first : null, startOf);
  let right = at(entry.spans && !entry.end ? null : until, endOf);
  const open = { left: left === null, right: right === null };
  const tail = (edges[1] - edges[0]) / 14;
  const known = [left ?? at(from, startOf), right ?? at(last, endOf)];
  left ??= (known[0] ?? right ?? edges[1]) - tail;
  right ??= (known[1] ?? left) + tail;
  const stated = !entry.spans && first !== null && first === last;
  const narrow = right - left < LEAST;
  const middle = (left + right) / 2;
  const point = stated && narrow ? middle : null;
  if (narrow) [left, right] = [middle - (point === null ? LEAST / 2 : POINT), middle + (point === null ? LEAST / 2 : POINT)];
  const sure = entry.spans && last && from && x(startOf(from)) > x(endOf(last)) ? [x(endOf(last)), x(startOf(from))] : null;
  const firm = narrow ? [left, right] : [known[0] ?? left, known[1] ?? right];
  return { outer: [left, right], known: firm, sure, point, open };
}

/**
 * Where the words of the entries of one row stand: beside each, on the side where they fit or that has more room, within
 * a long bar where neither has; never over another.
 * @param {{outer: number[]}[]} shapes of one row, from left to right
 * @param {number[]} lengths of their words
 * @param {number} width of the picture
 * @returns {({x: number, room: number, anchor: "start"|"end", within?: boolean}|null)[]} null where there is no room worth having
 */
export function roomFor(shapes, lengths, width, least = 60, gap = 8) {
  const edge = 4;
  let before = edge;
  return shapes.map(({ outer }, at) => {
    const [left, right] = [Math.max(outer[0], 0), Math.min(outer[1], width)];
    if (right < 0 || left > width) return null;
    const next = at + 1 < shapes.length ? shapes[at + 1].outer[0] - gap : width - edge;
    const wanted = lengths[at];
    const [onRight, onLeft, within] = [next - right - gap, left - gap - before, right - left - 2 * gap];
    before = right + gap;
    if (onRight >= wanted || (onRight >= least && onRight >= Math.max(Math.min(onLeft, wanted), Math.min(within, wanted)))) {
      before += Math.min(onRight, wanted) + gap;
      return { x: right + gap, room: onRight, anchor: "start" };
    }
    if (onLeft >= least && onLeft >= Math.min(within, wanted)) return { x: left - gap, room: onLeft, anchor: "end" };
    return within >= least ? { x: left + gap, room: within, anchor: "start", within: true } : null;
  });
}
