// The timeline: entries in lanes by kind, drawn as uncertain as they are. Its data is that of server/site/pictures/timeline.py.

import { scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { modalityStyle, onResize, picture, remembering, rememberView, rovingMarks } from "./pictures/common.js";
import { roomFor, shapeOf } from "./pictures/entries.js";
import { fading, hatching, label } from "./pictures/shapes.js";
import { dayOf, endOf, startOf, tickText } from "./pictures/timescale.js";
import { viewButtons } from "./pictures/view_buttons.js";

const [ROW, GAP, AXIS, BAR] = [26, 34, 34, 14];
const NEAREST = 400;

const found = picture("timeline");
if (found?.data.extent || found?.data.lanes.length) draw(found);

function draw({ figure, box, canvas, data, tip }) {
  const whole = data.extent ? [startOf(data.extent[0]), endOf(data.extent[1])] : [startOf("2000-01-01"), endOf("2001-01-01")];
  const remember = remembering();
  const svg = select(canvas);
  const defs = svg.append(() => hatching("timeline-hatching"));
  for (const side of ["left", "right"]) defs.append(() => fading(`timeline-fade-${side}`, side));
  const axis = svg.append("g").attr("aria-hidden", "true");
  const lanes = laidOut(svg, data.lanes);
  const marks = lanes.flatMap((lane) => lane.entries.map((entry) => made(lane, entry, tip)));
  const roving = rovingMarks(canvas, "a.entry", (mark) => bringIntoView(mark));
  let [view, width] = [asked(data, whole), 0];

  const base = () => scaleUtc(whole, [0, width]);
  const zooming = zoom()
    .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : !event.button && event.touches?.length !== 1))
    .scaleExtent([1, NEAREST])
    .on("zoom", ({ transform, sourceEvent }) => {
      const x = transform.rescaleX(base());
      view = x.domain().map(Number);
      set(x);
      if (sourceEvent !== "silent") remember(isWhole() ? { from: null, until: null } : { from: dayOf(view[0]), until: dayOf(view[1]) });
    });
  svg.call(zooming).on("dblclick.zoom", null);

  const isWhole = () => view[1] - view[0] >= 0.999 * (whole[1] - whole[0]);
  const show = ([first, last], silent = false) => {
    const most = whole[1] - whole[0];
    const span = Math.min(most, Math.max(last - first, most / NEAREST));
    const begin = Math.max(whole[0], Math.min(first, whole[1] - span));
    const k = most / span;
    svg.call(zooming.transform, zoomIdentity.translate(-base()(begin) * k, 0).scale(k), null, silent ? "silent" : undefined);
  };
  const set = (x) => {
    tip.hide();
    drawAxis(axis, x, width, canvas.clientHeight);
    for (const mark of marks) place(mark, x, width);
    for (const lane of lanes) for (const row of rowsOf(lane)) writeRow(row, width);
    keepTable(view);
  };
  onResize(box, (now) => {
    width = now;
    svg.attr("viewBox", `0 0 ${width} ${canvas.getAttribute("height")}`);
    zooming.extent([[0, 0], [width, 1]]).translateExtent([[0, 0], [width, 1]]);
    show(view, true);
  });
  viewButtons(figure, {
    move: (part) => show(view.map((edge) => edge + part * (view[1] - view[0]))),
    scale: (factor) => {
      const [middle, half] = [(view[0] + view[1]) / 2, ((view[1] - view[0]) / 2) * factor];
      show([middle - half, middle + half]);
    },
    whole: () => show(whole),
  });

  function bringIntoView(mark) {
    const { outer, entry } = mark.__data__;
    rememberView({ at: entry.id });
    if (outer && (outer[1] < 0 || outer[0] > width)) {
      const x = scaleUtc(view, [0, width]);
      const half = (view[1] - view[0]) / 2;
      const middle = Number(x.invert((outer[0] + outer[1]) / 2));
      show([middle - half, middle + half]);
    }
  }
  const chosen = marks.find((mark) => mark.entry.id === data.at);
  if (chosen) chosen.link.classed("is-chosen", true);
  roving.refresh();
}

/** The stretch of time that the address asks for; all of it if it does not. */
function asked(data, whole) {
  const first = data.from ? Math.max(startOf(data.from), whole[0]) : whole[0];
  const last = data.until ? Math.min(endOf(data.until), whole[1]) : whole[1];
  return last > first ? [first, last] : whole;
}

/** A group for each lane, under its heading. */
function laidOut(svg, given) {
  let top = AXIS;
  return given.map((lane) => {
    const group = svg.append("g").attr("transform", `translate(0,${top})`);
    if (lane.undated) group.append("rect").attr("class", "blank").attr("y", 5).attr("width", "100%").attr("height", GAP + ROW * lane.rows + 10);
    group.append("line").attr("class", "rule").attr("x2", "100%").attr("y1", 4).attr("y2", 4);
    group.append("text").attr("class", "lane soft").attr("x", 2).attr("y", 22).text(lane.text);
    group.select("text").append("tspan").attr("dx", 14).attr("class", "rest").text(lane.rest);
    top += GAP + ROW * lane.rows;
    return { ...lane, group, made: [] };
  });
}

/** One entry: a link to its claim, with a bar or a point, its words, and a frame for when it has the focus. */
function made(lane, entry, tip) {
  const style = modalityStyle(entry.held);
  const link = lane.group.append("a").attr("class", `entry held-${entry.held}`).attr("href", entry.href);
  link.attr("aria-label", `${entry.when}: ${entry.sentence} ${entry.voice}`);
  link.attr("transform", `translate(0,${GAP + entry.row * ROW})`);
  const mark = {
    entry,
    lane,
    link,
    hit: link.append("rect").attr("class", "hit").attr("y", -5).attr("height", ROW - 2),
    ring: link.append("rect").attr("class", "focus-ring").attr("y", -4).attr("height", BAR + 8),
    outer: link.append("rect").attr("class", "wide").attr("height", BAR),
    faded: ["left", "right"].map((side) => link.append("rect").attr("height", BAR).attr("fill", `url(#timeline-fade-${side})`)),
    hatch: entry.qualified ? link.append("rect").attr("height", BAR).attr("fill", "url(#timeline-hatching)") : null,
    sure: link.append("rect").attr("class", "sure").attr("height", BAR),
    edge: link.append("path").attr("class", "edge").attr("stroke-width", style.width).attr("stroke-dasharray", style.dash),
    point: link.append("circle").attr("class", "point").attr("cy", BAR / 2).attr("r", 5.5),
    text: label(link, style.mark, entry.sentence),
  };
  link.node().__data__ = { entry, outer: null };
  tip.attach(link.node(), () => [
    { text: entry.when, className: "label", lang: "en" },
    { text: entry.sentence, lang: "en" },
    { text: entry.voice, className: "note" },
    ...(entry.quote ? [{ text: `“${entry.quote}”`, className: "words" }] : []),
  ]);
  lane.made.push(mark);
  return mark;
}

function place(mark, x, width) {
  const { entry, link } = mark;
  const shape = mark.lane.undated
    ? { outer: [4, 16], known: [4, 16], sure: null, point: null, open: { left: false, right: false } }
    : shapeOf(entry, x, [0, width]);
  mark.shape = shape;
  const near = (edges) => edges.map((edge) => Math.max(-20, Math.min(edge, width + 20)));
  const [[left, right], known] = [near(shape.outer), near(shape.known)];
  link.node().__data__.outer = shape.outer;
  const bar = (part, [from, to]) => part?.attr("x", from).attr("width", Math.max(0, to - from));
  bar(mark.faded[0], [left, known[0]]);
  bar(mark.faded[1], [known[1], right]);
  bar(mark.outer, known).attr("visibility", shape.point === null ? null : "hidden");
  bar(mark.hatch, [left, right]);
  bar(mark.sure, shape.sure ? near(shape.sure) : [0, 0]);
  bar(mark.ring, [left - 4, right + 4]);
  bar(mark.hit, [Math.min(left, (left + right) / 2 - 12), Math.max(right, (left + right) / 2 + 12)]);
  mark.edge.attr("d", shape.point === null ? outline(...known, shape.open) : null);
  mark.point.attr("cx", shape.point ?? -50).attr("visibility", shape.point === null ? "hidden" : null);
}

/** The outline of a bar; a side that is not stated has none. */
function outline(left, right, open) {
  const [start, end] = [open.left ? `M${left} 0` : `M${left} ${BAR}V0`, open.right ? `M${right} ${BAR}` : `V${BAR}`];
  return `${start}H${right}${end}H${left}`;
}

function rowsOf(lane) {
  const rows = new Map();
  for (const mark of lane.made) rows.set(mark.entry.row, [...(rows.get(mark.entry.row) ?? []), mark]);
  return [...rows.values()].map((row) => row.sort((one, other) => one.shape.outer[0] - other.shape.outer[0]));
}

function writeRow(row, width) {
  const [shapes, lengths] = [row.map(({ shape }) => shape), row.map(({ text }) => text.length())];
  const rooms = roomFor(shapes, lengths, width);
  row.forEach((mark, at) => mark.text.set(rooms[at]));
}

function drawAxis(axis, x, width, height) {
  const ticks = x.ticks(Math.max(2, Math.floor(width / 110)));
  const grown = axis.selectAll("g").data(ticks, Number).join((enter) => {
    const group = enter.append("g");
    group.append("line").attr("class", "rule").attr("y1", AXIS - 8);
    group.append("text").attr("class", "tick soft").attr("y", AXIS - 14).attr("text-anchor", "middle");
    return group;
  });
  grown.attr("transform", (tick) => `translate(${Math.round(x(tick))},0)`);
  grown.select("line").attr("y2", height);
  grown.select("text").text((tick) => tickText(Number(tick)));
}

/** The table shows what the picture shows. */
function keepTable([first, last]) {
  for (const row of document.querySelectorAll("tr[data-earliest]")) {
    const { earliest, latest } = row.dataset;
    row.hidden = Boolean((earliest && startOf(earliest) > last) || (latest && endOf(latest) < first));
  }
}
