/**
 * A network drawn with d3: things as shapes, the ties between two of them as one line for each way of holding it.
 *
 * The picture stands still until somebody moves it. Every thing is a button: Enter shows its ties alone, Escape all again.
 */

import { drag } from "d3-drag";
import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";

import { onResize, rovingMarks } from "./common.js";
import { labelPlaces } from "./label-places.js";
import { layOut } from "./network-layout.js";
import { curve, inLines, shapeOf } from "./network-shapes.js";

const LABELLED = 45;
const WIDE = 620;
const BEND = 16;

/**
 * @typedef {{path: string, name: string, href?: string, kind: string, kind_word: string}} Thing
 * @typedef {{source: string, target: string, relation: string, held: string, claims: {quote: string, href: string}[]}} Tie
 * @typedef {object} Options
 * @property {string[][]} [ways] the things on each way that is to stand out
 * @property {(path: string|null) => void} [onSelect]
 * @property {(transform: {x: number, y: number, k: number}|null) => void} [onMove]
 * @property {(thing: Thing, ties: number) => string} describe a thing, for whoever hears the page
 * @property {(thing: Thing) => import("./tooltip.js").Line[]} introduce what its tooltip says
 * @property {(line: {ties: Tie[]}) => import("./tooltip.js").Line[]} tell what a line says
 */

/**
 * @param {import("./common.js").Picture} into
 * @param {{nodes: Thing[], links: Tie[], kinds: Record<string, string>}} data
 * @param {Options} options
 */
export function drawNetwork(into, data, options) {
  const { box, canvas, tip } = into;
  const letters = box.clientWidth < WIDE ? 13 : 20;
  const nodes = data.nodes.map((thing) => ({ ...thing, told: inLines(thing.name, letters) }));
  const byPath = new Map(nodes.map((node) => [node.path, node]));
  const lines = linesOf(data.links, byPath);
  const near = neighbours(lines);
  const root = select(canvas);
  const height = canvas.getBoundingClientRect().height;
  const moved = root.append("g").attr("class", "moved");
  const drawn = lineMarks(moved.append("g"), lines);
  const labels = labelMarks(moved.append("g").attr("aria-hidden", "true"), lines);
  const things = thingMarks(moved.append("g"), nodes, near, options);
  legend(root.append("g").attr("class", "legend-inside"), data.kinds);
  const state = { selected: null, hidden: new Set() };

  const place = () => {
    for (const line of lines) line.curve = curve(line.source, line.target, line.bend);
    drawn.select(".tie-line").attr("d", (line) => line.curve.d);
    drawn.select(".hit").attr("d", (line) => line.curve.d);
    drawn.selectAll(".arrow").attr("transform", ({ line, back }) => {
      const { x, y, angle } = line.curve.at(back ? 0.36 : 0.64);
      return `translate(${x},${y})rotate(${angle + (back ? 180 : 0)})`;
    });
    things.attr("transform", (node) => `translate(${node.x},${node.y})`);
    tell();
  };

  const tell = () => {
    const places = labelPlaces(lines.filter((line) => line.isTold), nodes);
    labels
      .classed("is-hidden", (line) => !places.has(line))
      .attr("x", (line) => places.get(line)?.x ?? 0)
      .attr("y", (line) => places.get(line)?.y ?? 0);
  };

  const show = () => {
    const { selected, hidden } = state;
    const along = onWays(options.ways ?? []);
    const around = selected ? new Set([selected, ...(near.get(selected) ?? [])]) : null;
    const isDim = (line) =>
      around ? ![line.source.path, line.target.path].includes(selected) : along.any && !along.ties.has(line.pair);
    drawn
      .classed("is-hidden", (line) => hidden.has(line.held))
      .classed("is-way", (line) => along.ties.has(line.pair))
      .classed("is-dim", isDim);
    const room = lines.length <= LABELLED && box.clientWidth >= WIDE;
    for (const line of lines) {
      line.isTold = line.first && !hidden.has(line.held) && (selected || along.any ? !isDim(line) : room);
    }
    labels.classed("is-dim", isDim);
    things
      .attr("aria-pressed", (node) => String(node.path === selected))
      .classed("is-way", (node) => along.things.has(node.path))
      .classed("is-dim", (node) => (around ? !around.has(node.path) : along.any && !along.things.has(node.path)));
    if (lines[0]?.curve) tell();
  };

  const choose = (path) => {
    state.selected = path && byPath.has(path) && path !== state.selected ? path : null;
    show();
    options.onSelect?.(state.selected);
  };

  const moving = zoom()
    .scaleExtent([0.4, 6])
    .filter((event) => !event.button && (event.type !== "wheel" || event.ctrlKey) && (event.touches?.length !== 1))
    .on("zoom", (event) => {
      moved.attr("transform", event.transform);
      tip.hide();
    })
    .on("end", (event) => event.sourceEvent && options.onMove?.(event.transform));
  root.call(moving).on("dblclick.zoom", null);

  things.call(
    drag()
      .clickDistance(4)
      .on("drag", (event, node) => {
        node.x = event.x;
        node.y = event.y;
        tip.hide();
        place();
      }),
  );
  things.on("click", (event, node) => choose(node.path)).on("keydown", (event, node) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(node.path);
  });
  root.on("click", (event) => event.target === canvas && choose(null));
  canvas.addEventListener("keydown", (event) => event.key === "Escape" && state.selected && choose(null));
  things.each(function (node) {
    tip.attach(this, () => options.introduce(node));
  });
  drawn.each(function (line) {
    tip.attach(this, () => options.tell(line));
  });

  onResize(box, (width) => {
    layOut(nodes, lines, width, height);
    show();
    place();
  });
  rovingMarks(canvas, ".thing");

  return {
    choose,
    /** @param {string[]} names of ways of holding that are not to be seen */
    hide(names) {
      state.hidden = new Set(names);
      show();
    },
    /** Brings the picture nearer, or takes it farther; 0 shows all of it. */
    scale(factor) {
      if (factor) root.call(moving.scaleBy, factor);
      else root.call(moving.transform, zoomIdentity);
      options.onMove?.(factor ? zoomTransform(canvas) : null);
    },
    moveTo({ x, y, k }) {
      root.call(moving.transform, zoomIdentity.translate(x, y).scale(k));
    },
  };
}

/** One line for each two things and way of holding; several between the same two are bent apart. */
function linesOf(ties, byPath) {
  const found = new Map();
  for (const tie of ties) {
    if (!byPath.has(tie.source) || !byPath.has(tie.target)) continue;
    const [first, second] = [tie.source, tie.target].sort();
    const key = `${first} ${second} ${tie.held}`;
    if (!found.has(key)) {
      const ends = { source: byPath.get(first), target: byPath.get(second) };
      found.set(key, { ...ends, held: tie.held, pair: `${first} ${second}`, ties: [] });
    }
    found.get(key).ties.push(tie);
  }
  const lines = [...found.values()];
  for (const line of lines) line.label = labelOf(line);
  for (const some of grouped(lines).values()) {
    some.forEach((line, at) => Object.assign(line, { bend: (at - (some.length - 1) / 2) * BEND, first: at === 0 }));
  }
  return lines;
}

/** By the two things they join, the firmest first: as the server has them. */
function grouped(lines) {
  const found = new Map();
  for (const line of lines) found.set(line.pair, [...(found.get(line.pair) ?? []), line]);
  return found;
}

function neighbours(lines) {
  const found = new Map();
  for (const { source, target } of lines) {
    found.set(source.path, (found.get(source.path) ?? new Set()).add(target.path));
    found.set(target.path, (found.get(target.path) ?? new Set()).add(source.path));
  }
  return found;
}

function onWays(ways) {
  const ties = new Set(ways.flatMap((way) => way.slice(1).map((thing, at) => [way[at], thing].sort().join(" "))));
  return { ties, things: new Set(ways.flat()), any: ways.length > 0 };
}

function lineMarks(layer, lines) {
  const marks = layer.selectAll("g").data(lines).join("g").attr("class", "line");
  marks.append("path").attr("class", "hit line-hit");
  marks.append("path").attr("class", (line) => `tie-line tie-${line.held}`);
  marks
    .selectAll(".arrow")
    .data((line) => directions(line))
    .join("path")
    .attr("class", "arrow")
    .attr("d", "M-5,-4L5,0L-5,4Z");
  return marks;
}

/** Over all lines, so that none strikes a word through. */
function labelMarks(layer, lines) {
  return layer.selectAll("text").data(lines).join("text").attr("class", "relation").attr("text-anchor", "middle").text((line) => line.label);
}

function directions(line) {
  const back = line.ties.some((tie) => tie.source === line.target.path);
  const forth = line.ties.some((tie) => tie.source === line.source.path);
  return [...(forth ? [{ line, back: false }] : []), ...(back ? [{ line, back: true }] : [])];
}

function labelOf(line) {
  const told = [...new Set(line.ties.map((tie) => tie.relation))];
  return told.length > 1 ? `${told[0]} +${told.length - 1}` : told[0];
}

function thingMarks(layer, nodes, near, options) {
  const marks = layer.selectAll("g").data(nodes).join("g").attr("class", (node) => `thing kind-${node.kind}`);
  marks.attr("role", "button").attr("aria-label", (node) => options.describe(node, near.get(node.path)?.size ?? 0));
  marks.append("circle").attr("class", "hit").attr("r", 16);
  marks.append("circle").attr("class", "focus-ring").attr("r", 15);
  marks.append("path").attr("class", (node) => `shape ${shapeOf(node.kind).look}`).attr("d", (node) => shapeOf(node.kind).d);
  marks
    .append("text")
    .attr("class", "name")
    .attr("aria-hidden", "true") // the mark says the whole name, which may be cut here
    .attr("text-anchor", "middle")
    .selectAll("tspan")
    .data((node) => node.told)
    .join("tspan")
    .attr("x", 0)
    .attr("y", (line, at) => 25 + 15 * at)
    .text((line) => line);
  return marks;
}

/** The shapes that are in the picture, with their kinds, so that a saved file has them too. */
function legend(layer, kinds) {
  let x = 14;
  let y = 20;
  const width = layer.node().ownerSVGElement.getBoundingClientRect().width;
  for (const [kind, word] of Object.entries(kinds)) {
    const item = layer.append("g").attr("class", `kind-${kind}`);
    const { d, look } = shapeOf(kind);
    item.append("path").attr("class", `shape ${look}`).attr("d", d).attr("transform", "scale(.75)");
    const text = item.append("text").attr("class", "soft").attr("x", 13).attr("y", 4.5).text(word);
    const wide = 32 + text.node().getComputedTextLength();
    if (x + wide > width && x > 14) {
      x = 14;
      y += 22;
    }
    item.attr("transform", `translate(${x},${y})`);
    x += wide;
  }
}
