// The annotating page: words selected in the text on the left become claims in the forms on the right.

import { ask } from "./annotate/asking.js";
import { createThing } from "./annotate/creating.js";
import { claimForm } from "./annotate/form.js";
import { showList } from "./annotate/list.js";
import { selecting } from "./annotate/selecting.js";
import { said } from "./annotate/words.js";

const work = document.querySelector("#work");
const pane = document.querySelector("#pane");
const body = document.querySelector("#body");
const title = document.querySelector("#work-title");
const told = document.querySelector("#told");

const beside = matchMedia("(min-width: 62rem)");

/** What the page knows of the file, and what is open. */
const page = { state: null, forms: null, open: null, tell, fresh, list, edit };

/** @param {string} text what is said aloud, and nowhere shown */
function tell(text) {
  told.textContent = "";
  setTimeout(() => (told.textContent = text), 50);
}

/** @param {object} state the file as it is now; the text is drawn anew where it has changed */
function fresh(state) {
  page.state = state;
  if (body.dataset.digest !== state.digest) body.innerHTML = state.text;
  body.dataset.digest = state.digest;
}

/** Show the list of claims and drafts. @param {string} [message] what has been done */
function list(message = "") {
  page.open = null;
  title.textContent = said("claims");
  showList(pane, page, message);
  light([]);
  if (message) tell(message);
}

/** Open a form. @param {{data: object, claim?: string, draft?: string, suggestions?: object[]}} of */
function edit(of) {
  if (page.open?.dirty && !confirm(said("leave"))) return;
  title.textContent = of.draft ? said("of_draft", { name: of.draft }) : of.claim ? said("edit", { name: of.claim }) : said("new");
  page.open = claimForm(pane, page, structuredClone(of));
  light([of.draft ? `draft:${of.draft}` : `claim:${of.claim}`]);
  work.focus({ preventScroll: true });
  if (!beside.matches) return work.scrollIntoView({ block: "start" });
  work.scrollTop = 0;
  scrollBy(0, Math.max(0, work.getBoundingClientRect().top)); // so that what saves it is in view
  reveal();
}

/** Open the form of a claim or draft by the name that the text has for it. @param {string} item */
function editItem(item) {
  const [kind, name] = [item.slice(0, item.indexOf(":")), item.slice(item.indexOf(":") + 1)];
  const found = page.state[`${kind}s`].find((one) => one.id === name);
  if (!found) return;
  if (kind === "claim") edit({ data: found, claim: name });
  else edit({ data: found.data, claim: changes(found.data), draft: name, suggestions: found.suggestions });
}
page.editItem = editItem;
page.createThing = (...asked) => createThing(page, ...asked);

/** The claim that a draft changes, where it was begun as a change of one. */
const changes = (data) => page.state.claims.find((one) => data.id && one.id === data.id)?.id;

/** @param {string[]} items whose words are shown in the text */
function light(items) {
  for (const words of body.querySelectorAll("[data-items]")) {
    words.classList.toggle("lit", words.dataset.items.split(" ").some((item) => items.includes(item)));
  }
}

/** Bring the words that are shown into view, where the text stands beside the form. */
function reveal() {
  const words = body.querySelector(".lit");
  const place = words?.getBoundingClientRect();
  if (place && (place.top < 0 || place.bottom > innerHeight)) words.scrollIntoView({ block: "center" });
}

body.addEventListener("click", (event) => {
  const reference = event.target.closest(".reference");
  if (!reference) return;
  event.preventDefault();
  editItem(reference.dataset.item);
});
selecting(body, page);
addEventListener("beforeunload", (event) => {
  if (page.open?.dirty) event.preventDefault();
});

try {
  const [forms, state] = await Promise.all([ask("forms"), ask("state")]);
  page.forms = forms;
  fresh(state);
  list();
} catch (error) {
  pane.textContent = error.message;
}
