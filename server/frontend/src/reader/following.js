// While somebody reads on, the claims beside the text keep up with the words on the screen.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const EYE = 0.35; // how far down the screen one reads
const REST = 600; // milliseconds for which what was asked for stays
let asked = -REST;

/**
 * @param {HTMLElement} notes the column of claims, which scrolls by itself
 * @param {HTMLElement} note what is to stand at its top
 */
function bring(notes, note) {
  const head = notes.querySelector("h2").offsetHeight;
  const top = notes.scrollTop + note.getBoundingClientRect().top - notes.getBoundingClientRect().top - head;
  notes.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
}

/**
 * What somebody asked for, which the text does not scroll away at once.
 *
 * @param {HTMLElement} notes the column of claims
 * @param {HTMLElement} note what is to stand at its top
 */
export function reveal(notes, note) {
  asked = performance.now();
  bring(notes, note);
}

/**
 * @param {HTMLElement} notes the column of claims
 * @param {HTMLElement[]} references from the words to the claims, in the order of the text
 * @param {MediaQueryList} beside whether the claims stand beside the text
 */
export function follow(notes, references, beside) {
  let last = null;
  let waiting = false;
  const look = () => {
    waiting = false;
    if (!beside.matches || notes.matches(":hover, :focus-within") || performance.now() - asked < REST) return;
    const first = references.find((one) => one.getBoundingClientRect().top > EYE * innerHeight);
    const note = first && document.getElementById(decodeURIComponent(first.hash.slice(1)));
    if (!note || note === last) return;
    last = note;
    bring(notes, note);
  };
  addEventListener(
    "scroll",
    () => {
      if (!waiting) requestAnimationFrame(look);
      waiting = true;
    },
    { passive: true },
  );
}
