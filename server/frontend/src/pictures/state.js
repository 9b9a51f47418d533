/** What a page brings along, and the view of it in the address, so that an exact view can be passed on. */

/**
 * The data that the server put into the page: `<script type="application/json" id="…">`.
 * @param {string} id
 * @returns {any} null where the page has none
 */
export function pageData(id) {
  const holder = document.getElementById(id);
  return holder ? JSON.parse(holder.textContent) : null;
}

/** @returns {URLSearchParams} the parameters of the address as it stands */
export function viewState() {
  return new URLSearchParams(location.search);
}

/**
 * Puts the view into the address, without a new entry in the history: what is null or empty is taken out, an array is
 * repeated, everything else in the address stays.
 * @param {Record<string, string|number|string[]|null|undefined>} changes
 */
export function rememberView(changes) {
  const parameters = viewState();
  for (const [name, value] of Object.entries(changes)) {
    parameters.delete(name);
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (one !== null && one !== undefined && one !== "") parameters.append(name, String(one));
  }
  const query = parameters.toString();
  history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  document.dispatchEvent(new CustomEvent("samizdat:view", { detail: { parameters } }));
}

/** As `rememberView`, once nothing has changed for a moment: for what changes while it is dragged. */
export function remembering(milliseconds = 250) {
  let timer = 0;
  return (changes) => {
    clearTimeout(timer);
    timer = setTimeout(() => rememberView(changes), milliseconds);
  };
}
