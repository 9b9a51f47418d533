/** Rows gathered by a column: a printer's mark for each row, or a bar for the numbers of another column. */

import { modalityStyle, rovingMarks } from "../pictures/common.js";
import { CATEGORIES, add, chooser, cut, optionsOf, told } from "./common.js";

const ROW = 26;
const TOP = 14;
const UNIT = 17;
const COUNT = "";

export function drawChart(parts) {
  const { canvas, data, words, tip } = parts;
  let width = 0;
  const redraw = () => width && draw(width);
  const categories = optionsOf(data.columns, CATEGORIES);
  const measures = [{ value: COUNT, text: words.rows }, ...optionsOf(data.columns, ["number"])];
  const by = chooser(parts, { name: "x", label: words.by, options: categories, usual: categories[0].value }, redraw);
  const usual = measures.at(1)?.value ?? COUNT;
  const measure =
    measures.length > 1 ? chooser(parts, { name: "y", label: words.measure, options: measures, usual }, redraw) : () => COUNT;
  const roving = rovingMarks(canvas, "[data-mark]");

  function draw(given) {
    width = given;
    canvas.replaceChildren();
    const at = data.columns.findIndex(({ name }) => name === by());
    const groups = Map.groupBy ? Map.groupBy(data.lines, ({ texts }) => texts[at] || "—") : grouped(data.lines, at);
    const number = data.columns.findIndex(({ name }) => name === measure());
    const left = Math.min(280, width * 0.38);
    canvas.setAttribute("height", String(TOP * 2 + ROW * height(groups, number, width - left - 16)));
    let y = TOP;
    const scale = number < 0 ? null : lengths(data.lines, number, width - left - 90);
    for (const [name, lines] of groups) {
      add(canvas, "text", { x: left - 12, y: y + 17, "text-anchor": "end" }, cut(name, Math.floor((left - 12) / 7.9)));
      y = number < 0 ? units(lines, left, y) : bars(lines, left, y, number, scale);
    }
    roving.refresh();
  }

  function units(lines, left, top) {
    const across = Math.max(1, Math.floor((width - left - 16) / UNIT));
    lines.forEach((line, index) => {
      const x = left + (index % across) * UNIT;
      const y = top + Math.floor(index / across) * ROW;
      mark(line, x, y, UNIT, (group) =>
        add(group, "text", { class: "mark-glyph unit", x: x + UNIT / 2, y: y + 18, "text-anchor": "middle" }, modalityStyle(line.held).mark),
      );
    });
    return top + Math.ceil(lines.length / across) * ROW;
  }

  function bars(lines, left, top, number, scale) {
    lines.forEach((line, index) => {
      const y = top + index * ROW;
      const value = line.texts[number];
      const { dash, width: stroke } = modalityStyle(line.held);
      const length = scale(Number(value));
      mark(line, left, y, Math.max(length, 24), (group) => {
        add(group, "rect", { class: "bar", x: left, y: y + 4, width: Math.max(1, length), height: ROW - 9, "stroke-dasharray": dash, "stroke-width": stroke });
        add(group, "text", { x: left + length + 8, y: y + 18 }, `${value} ${modalityStyle(line.held).mark}`);
      });
    });
    return top + lines.length * ROW;
  }

  function mark(line, x, y, breadth, fill) {
    const group = add(canvas, "g", { "data-mark": "", role: "img", "aria-label": label(line) });
    add(group, "rect", { class: "hit", x, y, width: breadth, height: ROW });
    add(group, "rect", { class: "focus-ring", x, y: y + 1, width: breadth, height: ROW - 2 });
    fill(group);
    tip.attach(group, () => told(data, line));
  }

  const label = (line) => [line.texts.filter(Boolean).map((text) => cut(text, 80)).join(", "), line.held].filter(Boolean).join(": ");
  return draw;
}

function height(groups, number, room) {
  const across = Math.max(1, Math.floor(room / UNIT));
  let rows = 0;
  for (const lines of groups.values()) rows += number < 0 ? Math.ceil(lines.length / across) : lines.length;
  return rows;
}

/** From nought to the largest number; what is no number, or less than nought, has no length. */
function lengths(lines, number, room) {
  const largest = Math.max(...lines.map(({ texts }) => Number(texts[number]) || 0), 0);
  return (value) => (largest > 0 && value > 0 ? (value / largest) * room : 0);
}

function grouped(lines, at) {
  const found = new Map();
  for (const line of lines) {
    const name = line.texts[at] || "—";
    found.set(name, [...(found.get(name) ?? []), line]);
  }
  return found;
}
