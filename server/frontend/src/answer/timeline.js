/** Rows by their dates: a dot for a day, a bar where only bounds are known, a faded end where one of them is not. */

import { axisTop } from "d3-axis";
import { scaleTime } from "d3-scale";
import { select } from "d3-selection";
import { modalityStyle, rovingMarks } from "../pictures/common.js";
import { add, cut, told } from "./common.js";

const ROW = 26;
const TOP = 44;
const DAY = 86_400_000;
const LABELS = ["claimLabel", "label"];

export function drawTimeline({ canvas, data, tip }) {
  const lines = data.lines.filter(({ bounds }) => bounds).sort((one, other) => (begin(one) < begin(other) ? -1 : 1));
  const column = labelColumn(data.columns);
  const roving = rovingMarks(canvas, "[data-mark]");

  return (width) => {
    canvas.replaceChildren();
    canvas.setAttribute("height", String(TOP + ROW * lines.length + 16));
    const left = Math.min(360, width * 0.42);
    const days = lines.flatMap(({ bounds }) => bounds.filter(Boolean).map((day) => new Date(day)));
    const first = Math.min(...days);
    const last = Math.max(...days) + DAY;
    const margin = Math.max((last - first) * 0.04, 15 * DAY);
    const scale = scaleTime([first - margin, last + margin], [left, width - 16]);
    const axis = axisTop(scale).ticks(Math.max(2, Math.floor((width - left) / 110))).tickSizeOuter(0);
    select(add(canvas, "g", { transform: `translate(0,${TOP - 10})`, class: "axis" })).call(axis);
    lines.forEach((line, index) => row(line, TOP + index * ROW, left, scale, width));
    roving.refresh();
  };

  function row(line, y, left, scale, width) {
    const [from, until] = line.bounds;
    const text = line.texts[column] || line.sentence;
    const style = modalityStyle(line.held);
    const group = add(canvas, "g", { "data-mark": "", role: "img", "aria-label": `${text}: ${from ?? "…"} – ${until ?? "…"}${line.held ? `, ${line.held}` : ""}` });
    add(group, "rect", { class: "hit", x: 0, y, width, height: ROW });
    add(group, "rect", { class: "focus-ring", x: 1, y: y + 1, width: width - 2, height: ROW - 2 });
    add(group, "text", { class: "mark-glyph", x: 4, y: y + 17 }, style.mark);
    add(group, "text", { x: 24, y: y + 17 }, cut(text, Math.floor((left - 36) / 6.9)));
    const [x1, x2] = [from ? scale(new Date(from)) : left, until ? scale(+new Date(until) + DAY) : width - 16];
    if (from && from === until) add(group, "circle", { class: "day", cx: (x1 + x2) / 2, cy: y + 12, r: 4.5 });
    else {
      const open = !from || !until;
      add(group, "line", { class: open ? "span open" : "span", x1, x2: Math.max(x2, x1 + 2), y1: y + 12, y2: y + 12 });
      add(group, "line", { class: "edge", x1, x2: Math.max(x2, x1 + 2), y1: y + 12, y2: y + 12, "stroke-dasharray": style.dash ?? (open ? "2 4" : null), "stroke-width": 1.4 });
    }
    tip.attach(group, () => told(data, line));
  }
}

const begin = ({ bounds: [from, until] }) => from ?? until;

/** What a row is called by: our sentence for its claim, else the first name or text. */
function labelColumn(columns) {
  const named = columns.findIndex(({ name }) => LABELS.includes(name));
  return named >= 0 ? named : Math.max(0, columns.findIndex(({ kind }) => ["thing", "name", "text"].includes(kind)));
}
