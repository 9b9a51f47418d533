// A slip at the foot of a small screen, with the claims that the words under the finger are evidence for.

/**
 * @param {HTMLElement[]} notes the claims to show, as they stand further below on the page
 * @param {HTMLElement | null} from what the focus goes back to
 * @param {string} close the words on the button
 */
export function opened(notes, from, close) {
  document.querySelector(".slip")?.remove();
  const slip = document.createElement("aside");
  slip.className = "slip notes";
  slip.tabIndex = -1;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = close;
  slip.append(button, ...notes.map(copy));
  const shut = () => {
    slip.remove();
    from?.focus();
  };
  button.addEventListener("click", shut);
  slip.addEventListener("keydown", (event) => event.key === "Escape" && shut());
  slip.addEventListener("click", (event) => event.target.closest(".back") && slip.remove());
  document.body.append(slip);
  slip.setAttribute("aria-label", notes.map((note) => note.querySelector(".sentence").textContent.trim()).join(" "));
  slip.focus({ preventScroll: true });
}

/** @param {HTMLElement} note @returns {HTMLElement} the same without its name, which is another's */
function copy(note) {
  const made = note.cloneNode(true);
  made.removeAttribute("id");
  made.classList.remove("lit");
  return made;
}
