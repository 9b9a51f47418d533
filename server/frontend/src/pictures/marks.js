/** The marks of a picture by keyboard: one stop of the tab key for all of them, arrows from one to the next. */

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Makes the marks that `selector` finds one stop. They are taken in the order of the document; Home and End go to the
 * first and the last. Call it once; marks may come and go, `refresh` says that they have.
 * @param {Element} canvas
 * @param {string} selector
 * @param {(mark: Element) => void} [onMove] told of the mark that is moved to, before it has the focus
 * @returns {{refresh: () => void, focus: (mark: Element) => void}}
 */
export function rovingMarks(canvas, selector, onMove = () => {}) {
  const all = () => [...canvas.querySelectorAll(selector)];
  let current = null;
  const only = (mark) => {
    current = mark;
    for (const one of all()) one.setAttribute("tabindex", one === mark ? "0" : "-1");
  };
  const refresh = () => {
    const marks = all();
    only(marks.includes(current) ? current : marks[0]);
  };
  const focus = (mark) => {
    only(mark);
    onMove(mark);
    mark.focus();
  };
  canvas.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.(selector);
    if (mark && mark !== current) only(mark);
  });
  canvas.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.(selector);
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
    const marks = all();
    const at = marks.indexOf(mark);
    const next = { Home: 0, End: marks.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? 0);
    if (next === at || !marks[next]) return;
    event.preventDefault();
    focus(marks[next]);
  });
  refresh();
  return { refresh, focus };
}
