/** Rows as lines from one column's things to another's. It stands still: the forces have settled before it is drawn. */

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { modalityStyle, rovingMarks } from "../pictures/common.js";
import { NODES, add, chooser, cut, optionsOf, told } from "./common.js";

const TICKS = 300;
const EDGE = { x: 130, y: 36 };
const WIDEST = 2.4;
const LONGEST = 34;
const LINE = 21;
const ROUNDS = 60;

export function drawNetwork(parts) {
  const { canvas, data, words, tip } = parts;
  const height = Number(canvas.getAttribute("height"));
  let width = 0;
  const redraw = () => width && draw(width);
  const options = optionsOf(data.columns, NODES);
  const from = chooser(parts, { name: "x", label: words.from, options, usual: options[0].value }, redraw);
  const to = chooser(parts, { name: "y", label: words.to, options, usual: options[1].value }, redraw);
  const roving = rovingMarks(canvas, "[data-mark]");
  const at = (name) => data.columns.findIndex((column) => column.name === name);

  function draw(given) {
    width = given;
    const { nodes, links } = laidOut(data.lines, at(from()), at(to()), width, height);
    for (const node of nodes) node.after = goesAfter(node, links.filter((link) => touches(link, node)), width);
    spread(nodes, height);
    canvas.replaceChildren();
    if (!links.length) add(canvas, "text", { class: "soft", x: width / 2, y: height / 2, "text-anchor": "middle" }, words.none);
    const said = data.columns.findIndex(({ name }) => name === "property");
    for (const link of links) edge(link, said);
    for (const node of nodes) dot(node, links);
    roving.refresh();
  }

  function edge({ source, target, line, bend }, said) {
    const { dash, width: stroke } = modalityStyle(line.held);
    const x = (source.x + target.x) / 2 + (target.y - source.y) * bend;
    const y = (source.y + target.y) / 2 - (target.x - source.x) * bend;
    const plain = said >= 0; // RDF as it is: its lines are triples, not claims
    const path = `M${source.x},${source.y}Q${x},${y} ${target.x},${target.y}`;
    add(canvas, "path", { class: "edge", d: path, "stroke-dasharray": plain ? null : dash, "stroke-width": plain ? 1.2 : stroke });
    const middle = { x: (source.x + target.x) / 4 + x / 2, y: (source.y + target.y) / 4 + y / 2 };
    const text = plain ? cut(line.texts[said], 24) : modalityStyle(line.held).mark;
    const group = add(canvas, "g", { "data-mark": "", role: "img", "aria-label": label(source, target, line, said) });
    add(group, "circle", { class: "hit", cx: middle.x, cy: middle.y, r: 12 });
    add(group, "circle", { class: "focus-ring", cx: middle.x, cy: middle.y, r: 12 });
    add(group, "text", { class: plain ? "edge-name halo" : "mark-glyph halo", x: middle.x, y: middle.y + 4, "text-anchor": "middle" }, text);
    tip.attach(group, () => told(data, line));
  }

  function dot(node, links) {
    const mine = links.filter((link) => touches(link, node));
    const names = mine.map(({ source, target }) => (source === node ? target.name : source.name));
    const group = add(canvas, "g", { "data-mark": "", role: "img", "aria-label": `${node.name}: ${[...new Set(names)].join(", ")}` });
    add(group, "circle", { class: "hit", cx: node.x, cy: node.y, r: 13 });
    add(group, "circle", { class: "focus-ring", cx: node.x, cy: node.y, r: 11 });
    if (node.isFrom) add(group, "circle", { class: "node from", cx: node.x, cy: node.y, r: 5.5 });
    else add(group, "rect", { class: "node", x: node.x - 5, y: node.y - 5, width: 10, height: 10 });
    const place = { x: node.x + (node.after ? 11 : -11), y: node.y + 5, "text-anchor": node.after ? "start" : "end" };
    add(group, "text", { class: "halo", ...place }, cut(node.name, LONGEST));
    tip.attach(group, () => [{ text: node.name }, ...[...new Set(names)].slice(0, 8).map((name) => ({ text: `— ${name}` }))]);
  }

  return draw;
}

function label(source, target, line, said) {
  const between = said >= 0 ? line.texts[said] : "—";
  return [`${source.name} ${between} ${target.name}`, line.held].filter(Boolean).join(": ");
}

const touches = ({ source, target }, node) => source === node || target === node;

/** Pixels that a node takes with its name. */
const breadth = ({ name }) => Math.min(name.length, LONGEST) * 7.4 + 16;

/** Moves nodes up and down until no name stands on another, as far as there is room. */
function spread(nodes, height) {
  const box = (node) => (node.after ? [node.x - 8, node.x + breadth(node)] : [node.x - breadth(node), node.x + 8]);
  for (let round = 0; round < ROUNDS; round++) {
    const ordered = [...nodes].sort((one, other) => one.y - other.y);
    ordered.forEach((one, at) => {
      const [left, right] = box(one);
      for (const other of ordered.slice(at + 1)) {
        const gap = LINE - (other.y - one.y);
        if (gap <= 0) break;
        const [start, end] = box(other);
        if (start > right || end < left) continue;
        one.y -= gap / 2;
        other.y += gap / 2;
      }
    });
    for (const node of nodes) node.y = Math.max(EDGE.y / 2, Math.min(height - EDGE.y / 2, node.y));
  }
}

/** Whether a node's name stands after it: on the side where its lines are not, if there is room. */
function goesAfter(node, links, width) {
  const others = links.map(({ source, target }) => (source === node ? target.x : source.x));
  const middle = others.reduce((sum, x) => sum + x, 0) / Math.max(1, others.length);
  const room = breadth(node);
  if (node.x + room > width) return false;
  return node.x - room < 0 || node.x >= middle;
}

/** The same rows always give the same picture: nodes begin on a circle, in the order of the rows. */
function laidOut(lines, from, to, width, height) {
  const nodes = new Map();
  const nodeOf = (name) => nodes.get(name) ?? nodes.set(name, { name, isFrom: false }).get(name);
  const pairs = new Map();
  const links = [];
  for (const line of lines) {
    const [one, other] = [line.texts[from], line.texts[to]];
    if (!one || !other || from === to) continue;
    const key = `${one}\n${other}`;
    const nth = pairs.get(key) ?? 0;
    pairs.set(key, nth + 1);
    // Rows between the same two bow out to either side, so that each is seen.
    const link = { source: nodeOf(one), target: nodeOf(other), line, bend: (nth % 2 ? -1 : 1) * Math.ceil(nth / 2) * 0.14 };
    link.source.isFrom = true;
    links.push(link);
  }
  const all = [...nodes.values()];
  all.forEach((node, index) => {
    const angle = (2 * Math.PI * index) / all.length;
    node.x = width / 2 + (width / 3) * Math.cos(angle);
    node.y = height / 2 + (height / 3) * Math.sin(angle);
  });
  forceSimulation(all)
    .force("links", forceLink(links).distance(Math.max(60, Math.min(130, width / 8))))
    .force("apart", forceManyBody().strength(-260))
    .force("room", forceCollide(24))
    .force("x", forceX(width / 2).strength(0.05))
    .force("y", forceY(height / 2).strength(0.12))
    .stop()
    .tick(TICKS);
  fill(all, width, height);
  return { nodes: all, links };
}

/** Spreads the nodes over the box, with room for names at the sides; few nodes are not drawn further apart than need be. */
function fill(nodes, width, height) {
  for (const [axis, size, edge] of [["x", width, Math.min(EDGE.x, width / 6)], ["y", height, EDGE.y]]) {
    const values = nodes.map((node) => node[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const factor = Math.min(WIDEST, (size - 2 * edge) / Math.max(1, most - least));
    for (const node of nodes) node[axis] = size / 2 + (node[axis] - (least + most) / 2) * factor;
  }
}
