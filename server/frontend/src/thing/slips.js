// A numbered reference opens the exact words beside itself. Without this it leads to the same words at the foot.

/**
 * Lets every reference of the page open its source in a slip of paper; Escape or a click elsewhere puts it away.
 * @param {Document} [page]
 */
export function quoteSlips(page = document) {
  let open = null;

  const close = (focus) => {
    if (!open) return;
    open.slip.remove();
    open.from.setAttribute("aria-expanded", "false");
    if (focus) open.from.focus();
    open = null;
  };

  const show = (from, source) => {
    close(false);
    const slip = page.createElement("div");
    slip.className = "slip";
    slip.setAttribute("role", "dialog");
    slip.tabIndex = -1;
    slip.setAttribute("aria-label", from.getAttribute("aria-label") ?? "");
    slip.append(...[...source.cloneNode(true).children]);
    for (const back of slip.querySelectorAll(".back")) back.remove();
    slip.append(button(source.parentElement?.dataset.close ?? "Close", () => close(true)));
    from.after(slip);
    from.setAttribute("aria-expanded", "true");
    open = { slip, from };
    place(slip, from);
    slip.focus({ preventScroll: true });
  };

  page.addEventListener("click", (event) => {
    const from = event.target.closest?.("a[data-quote]");
    const source = from && page.getElementById(from.dataset.quote);
    if (source && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (open?.from === from) close(true);
      else show(from, source);
    } else if (open && !open.slip.contains(event.target)) {
      close(false);
    }
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      close(true);
    }
  });
  page.addEventListener("focusin", (event) => {
    if (open && !open.slip.contains(event.target) && event.target !== open.from) close(false);
  });
}

/** The slip just under its reference, and never past the edge of the window. */
function place(slip, from) {
  const within = slip.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const mark = from.getBoundingClientRect();
  const room = document.documentElement.clientWidth - slip.offsetWidth - 12;
  const left = Math.max(12, Math.min(mark.left - 24, room));
  slip.style.left = `${left - within.left}px`;
  slip.style.top = `${mark.bottom - within.top + 6}px`;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "close";
  made.setAttribute("aria-label", label);
  made.textContent = "×";
  made.addEventListener("click", act);
  return made;
}
