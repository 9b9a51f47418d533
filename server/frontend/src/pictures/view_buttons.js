/** The buttons that move a view: `data-view="earlier"`, `later`, `nearer`, `farther`, `whole`; and the keys + - 0. */

const KEYS = { "+": "nearer", "=": "nearer", "-": "farther", 0: "whole" };

/**
 * @param {HTMLElement} figure
 * @param {{move: (part: number) => void, scale: (factor: number) => void, whole: () => void}} act `move` by a part of
 *   what is seen, `scale` to a multiple of it
 */
export function viewButtons(figure, act) {
  const acts = {
    earlier: () => act.move(-0.4),
    later: () => act.move(0.4),
    nearer: () => act.scale(0.5),
    farther: () => act.scale(2),
    whole: () => act.whole(),
  };
  for (const button of figure.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => acts[button.dataset.view]());
  }
  figure.querySelector(".picture-canvas").addEventListener("keydown", (event) => {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[name]();
  });
}
