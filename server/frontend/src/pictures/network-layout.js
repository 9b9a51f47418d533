/** Where the things of a network stand: the same for the same network and box, for nothing in it is left to chance. */

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const TICKS = 360;
const PAD = { side: 84, top: 64, bottom: 46 };

/**
 * @typedef {{path: string, name: string, kind: string, x?: number, y?: number, fx?: number|null, fy?: number|null}} Node
 * @typedef {{source: Node, target: Node}} Line
 */

/**
 * Gives each node `x` and `y` in pixels of a box of this size.
 * @param {Node[]} nodes
 * @param {Line[]} lines
 */
export function layOut(nodes, lines, width, height) {
  const wide = width / height;
  nodes.forEach((node, at) => Object.assign(node, { index: at, x: undefined, y: undefined, fx: null, fy: null }));
  const simulation = forceSimulation(nodes)
    .force("tie", forceLink(lines.map(({ source, target }) => ({ source, target }))).distance(130).strength(0.5))
    .force("apart", forceManyBody().strength(-900).distanceMax(600))
    .force("room", forceCollide(56).iterations(2))
    .force("x", forceX(0).strength(wide > 1 ? 0.05 : 0.05 / wide))
    .force("y", forceY(0).strength(wide > 1 ? 0.05 * wide : 0.05))
    .stop();
  simulation.tick(TICKS);
  fit(nodes, width, height);
}

/** Spreads the nodes over the whole box, each way by itself: a network has no scale of its own. */
function fit(nodes, width, height) {
  const side = Math.min(PAD.side, width / 5);
  const place = (key, from, to) => {
    const values = nodes.map((node) => node[key]);
    const least = Math.min(...values);
    const span = Math.max(...values) - least;
    const most = Math.min(to - from, span * 2.2);
    const start = (from + to - most) / 2;
    for (const node of nodes) node[key] = span ? start + ((node[key] - least) / span) * most : (from + to) / 2;
  };
  place("x", side, width - side);
  place("y", PAD.top, height - PAD.bottom);
}
