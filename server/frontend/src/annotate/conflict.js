// Somebody else has changed the file: both are shown, and nothing is lost.

import { ask } from "./asking.js";
import { button, h } from "./dom.js";
import { said } from "./words.js";

/**
 * @param {object} page @param {{message: string, hint: string, theirs: string[]}} told @param {string} mine the lines of this claim
 * @param {(message: string) => void} taken when their changes are here @returns {HTMLElement}
 */
export function conflict(page, told, mine, taken) {
  const take = async () => {
    try {
      page.fresh(await ask("state"));
      taken(said("taken"));
    } catch (error) {
      page.tell(error.message);
    }
  };
  return h("section", { class: "conflict" },
    h("h3", {}, said("changed")), h("p", {}, told.message), h("p", {}, said("changed_help")),
    told.theirs.length ? h("pre", { class: "code", tabindex: "0" }, told.theirs.join("\n")) : h("p", { class: "soft" }, said("theirs_unknown")),
    h("p", {}, said("yours")), h("pre", { class: "code", tabindex: "0" }, mine), button(said("take"), take));
}
