// Who controls which media: two columns of names, and between them a line for each statement, told in its own word.

import { select } from "d3-selection";
import { linkHorizontal } from "d3-shape";

import { onResize, picture, rememberView, rovingMarks, viewState } from "./pictures/common.js";
import { inLines, shapeOf } from "./pictures/network-shapes.js";
import { filterButtons } from "./pictures/tools.js";

const [ROW, MARGIN, HEAD] = [52, 54, 24];
const NARROW = 620;

const found = picture("control");
if (found) draw(found);

function draw({ figure, box, canvas, data, words, tip }) {
  const lines = merged(data.controls);
  const root = select(canvas);
  const height = canvas.getBoundingClientRect().height;
  const left = column(lines.map((line) => line.controller), height);
  const right = column(untangled(lines, left).map((line) => line.media), height);
  const heads = root.append("g");
  const strokes = root.append("g");
  const names = root.append("g");
  const marks = strokes.selectAll("a").data(lines).join("a").attr("class", "line control-line");
  marks.attr("href", (line) => line.href ?? null).attr("aria-label", (line) => spoken(line, data, words));
  marks.append("path").attr("class", "hit line-hit");
  marks.append("path").attr("class", (line) => `tie-line tie-${line.held}`);
  marks.append("circle").attr("class", "focus-ring").attr("r", 17);
  marks.append("text").attr("class", "extent").attr("text-anchor", "middle").attr("lang", (line) => (line.extent ? "en" : null))
    .text((line) => wordOf(line, data, words));
  marks.each(function (line) {
    tip.attach(this, () => told(line, data, words));
  });
  rovingMarks(canvas, "a.line");

  onResize(box, (width) => {
    const narrow = width < NARROW;
    const inset = narrow ? 14 : Math.min(260, width * 0.27);
    const [from, to] = [inset + 12, width - inset - 12];
    const path = linkHorizontal().x((point) => point[0]).y((point) => point[1]);
    marks.each(function (line) {
      const ends = { source: [from, left.get(line.controller.path).y + line.bend], target: [to, right.get(line.media.path).y + line.bend] };
      const share = narrow ? 0.5 : line.share;
      const at = { x: from + (to - from) * share, y: ends.source[1] + (ends.target[1] - ends.source[1]) * eased(share) };
      const mark = select(this);
      mark.selectAll("path").attr("d", path(ends));
      mark.select(".extent").attr("x", at.x).attr("y", at.y + (narrow ? 17 : -6));
      mark.select(".focus-ring").attr("cx", at.x).attr("cy", at.y - 10);
    });
    setNames(names, left, narrow ? { x: 2, anchor: "start", above: true } : { x: inset - 12, anchor: "end" }, inset);
    setNames(names, right, narrow ? { x: width - 2, anchor: "end", above: true } : { x: width - inset + 12, anchor: "start" }, width - inset);
    setHeads(heads, words, narrow ? [2, width - 2] : [inset - 12, width - inset + 12], narrow);
  });

  const hide = (hidden) => marks.classed("is-hidden", (line) => hidden.includes(line.held));
  filterButtons(figure, lines.map((line) => line.held), viewState().getAll("hide"), (hidden) => {
    hide(hidden);
    rememberView({ hide: hidden });
  });
  hide(viewState().getAll("hide"));
}

/**
 * The same said by several sources in the same word is one line; several lines between two names are set apart. What is
 * derived is drawn only where no claim says it: the table has it always.
 */
function merged(controls) {
  const found = new Map();
  for (const one of controls) {
    const key = [one.controller.path, one.media.path, one.held, one.extent].join(" ");
    if (!found.has(key)) found.set(key, { ...one, said: [] });
    found.get(key).said.push(one);
  }
  const pairs = new Map();
  for (const line of found.values()) {
    const key = `${line.controller.path} ${line.media.path}`;
    pairs.set(key, [...(pairs.get(key) ?? []), line]);
  }
  return [...pairs.values()].flatMap((some) => {
    const said = some.filter((line) => line.claim);
    const shown = said.length ? said : some;
    shown.forEach((line, at) => {
      line.bend = (at - (shown.length - 1) / 2) * 12;
      line.share = 0.74 - 0.2 * (at % 3);
    });
    return shown;
  });
}

/** Where each thing of a column stands, once for each. */
function column(things, height) {
  const found = new Map(things.map((thing) => [thing.path, { ...thing }]));
  const step = Math.min(ROW * 2, (height - HEAD - MARGIN) / found.size);
  const start = HEAD + (height - HEAD - step * (found.size - 1)) / 2;
  [...found.values()].forEach((thing, at) => (thing.y = start + step * at));
  return found;
}

/** By how far down their controllers stand, so that lines cross as little as they may. */
function untangled(lines, left) {
  const heights = new Map();
  for (const { controller, media } of lines) {
    heights.set(media.path, [...(heights.get(media.path) ?? []), left.get(controller.path).y]);
  }
  const mean = ({ media }) => heights.get(media.path).reduce((sum, y) => sum + y, 0) / heights.get(media.path).length;
  return [...lines].sort((a, b) => mean(a) - mean(b));
}

function setNames(layer, things, { x, anchor, above }, edge) {
  const side = anchor === (above ? "start" : "end") ? "left" : "right";
  const marks = layer.selectAll(`a.${side}`).data([...things.values()]).join((enter) => {
    const made = enter.append("a").attr("class", `${side} name-of`).attr("href", (thing) => thing.href);
    made.append("path").attr("class", (thing) => `shape ${shapeOf(thing.kind).look}`).attr("d", (thing) => shapeOf(thing.kind).d);
    made.append("text").attr("class", "name").attr("lang", "en");
    return made;
  });
  marks.attr("class", (thing) => `${side} name-of kind-${thing.kind}`);
  marks.select(".shape").attr("transform", (thing) => `translate(${edge},${thing.y})scale(.8)`);
  marks.select("text").attr("text-anchor", anchor).each(function (thing) {
    const lines = inLines(thing.name, 22);
    const first = above ? thing.y - 14 - 17 * (lines.length - 1) : thing.y + 5 - 8.5 * (lines.length - 1);
    select(this).selectAll("tspan").data(lines).join("tspan").attr("x", x).attr("y", (line, at) => first + 17 * at).text((line) => line);
  });
}

function setHeads(layer, words, [left, right], narrow) {
  const heads = [[words.controllers, left, narrow ? "start" : "end"], [words.media, right, narrow ? "end" : "start"]];
  layer.selectAll("text").data(heads).join("text").attr("class", "soft head").attr("y", HEAD)
    .attr("x", ([, x]) => x).attr("text-anchor", ([, , anchor]) => anchor).text(([text]) => text);
}

/** How far a line has come down, once it has come so far across: `linkHorizontal` has both its handles in the middle. */
function eased(share) {
  let [low, high] = [0, 1];
  for (let round = 0; round < 20; round++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < share) low = t;
    else high = t;
  }
  return low * low * (3 - 2 * low);
}

/** The word of the source, or that there is none; what is derived has its mark alone. */
function wordOf(line, data, words) {
  const mark = data.held[line.held].mark;
  const tension = line.said.some((one) => one.tensions.length) ? " ≠" : "";
  if (line.extent) return `${mark} “${line.extent}”${tension}`;
  return line.claim ? `${mark} ${words.unstated}${tension}` : mark;
}

function spoken(line, data, words) {
  return `${sentence(line)}, ${wordOf(line, data, words)}, ${data.held[line.held].word}`;
}

function sentence(line) {
  const [first, second] = line.claim ? [line.controller, line.media] : [line.media, line.controller];
  return `${first.name} ${line.relation} ${second.name}`;
}

function told(line, data, words) {
  const { mark, word } = data.held[line.held];
  return [
    { text: sentence(line) },
    { text: `${line.voice || `${mark} ${word}`}${line.extent || !line.claim ? "" : `, ${words.unstated}`}`, className: "note" },
    ...line.said.filter((one) => one.quote).slice(0, 3).flatMap((one) => [
      { text: `“${one.quote}”`, className: "words", lang: "en" },
      { text: one.source, className: "note", lang: "en" },
      ...(one.tensions.length ? [{ text: words.tension, className: "note" }] : []),
    ]),
  ];
}
