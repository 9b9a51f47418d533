/**
 * One tooltip for all marks of a picture. It shows on hover and on focus, stays while the pointer is on it, goes with
 * Escape (WCAG 1.4.13), and is the description of the mark for whoever hears the page.
 */

const LINGER = 180;
let number = 0;

/**
 * @typedef {{text: string, className?: string, lang?: string}} Line one line of a tooltip
 * @param {HTMLElement} box the element that it is placed in; has to be positioned
 */
export function tooltipIn(box) {
  const tip = document.createElement("div");
  tip.className = "picture-tip";
  tip.id = `picture-tip-${++number}`;
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  box.append(tip);
  let owner = null;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    tip.hidden = true;
    owner?.removeAttribute("aria-describedby");
    owner = null;
  };
  const hideSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, LINGER);
  };
  const show = (mark, lines) => {
    hide();
    owner = mark;
    tip.replaceChildren(...lines.map(paragraph));
    tip.hidden = false;
    mark.setAttribute("aria-describedby", tip.id);
    place(tip, mark, box);
  };
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
  tip.addEventListener("pointerleave", hideSoon);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) hide();
  });

  return {
    /**
     * @param {Element} mark what has to be focusable to be reached by keyboard
     * @param {() => Line[]} describe asked each time it is shown
     */
    attach(mark, describe) {
      mark.addEventListener("pointerenter", () => show(mark, describe()));
      mark.addEventListener("pointerleave", hideSoon);
      mark.addEventListener("focus", () => show(mark, describe()));
      mark.addEventListener("blur", hide);
    },
    hide,
  };
}

/** @param {Line} line */
function paragraph({ text, className, lang }) {
  const element = document.createElement("p");
  element.textContent = text;
  if (className) element.className = className;
  if (lang) element.lang = lang;
  return element;
}

/** Under the mark, or above it where there is no room; never beyond the box's sides. */
function place(tip, mark, box) {
  const at = (mark.querySelector(".focus-ring") ?? mark).getBoundingClientRect(); // not the words beside it
  const frame = box.getBoundingClientRect();
  const middle = (Math.max(at.left, frame.left) + Math.min(at.right, frame.right)) / 2 - frame.left;
  const left = Math.max(0, Math.min(middle - tip.offsetWidth / 2, frame.width - tip.offsetWidth));
  const below = at.bottom + 6 + tip.offsetHeight <= innerHeight;
  const top = below ? at.bottom - frame.top + 6 : at.top - frame.top - tip.offsetHeight - 6;
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}
