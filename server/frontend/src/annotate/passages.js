// The passages of the text that carry a claim: typed or selected, each with where it stands.

import { send } from "./asking.js";
import { button, fresh, h } from "./dom.js";
import { idOf } from "./fields.js";
import { said } from "./words.js";

/**
 * @param {object} page @param {object} data of the claim @param {(path: (string | number)[]) => void} changed
 * @returns {{element: HTMLElement, take: (quote: object) => Promise<void>}}
 */
export function passages(page, data, changed) {
  const holder = h("fieldset", { class: "passages", id: idOf(["quote"]), tabindex: "-1" });
  const draw = () => {
    holder.replaceChildren(h("legend", {}, said("words")), ...data.quote.map(passage), button(said("more_passage"), () => {
      data.quote.push({ exact: "" });
      draw();
      holder.querySelector("div:last-of-type textarea").focus();
    }, { class: "quiet" }));
  };
  const passage = (quote, at) => {
    const several = data.quote.length > 1;
    const path = several ? ["quote", at, "exact"] : ["quote", "exact"];
    const id = idOf(path);
    const where = h("p", { class: "meaning", id: fresh() });
    const tell = () => (where.textContent = Number.isInteger(quote.start) ? said("stands", quote) : "");
    const typed = async () => {
      const exact = field.value;
      for (const key of ["prefix", "suffix", "start", "end"]) delete quote[key];
      quote.exact = exact;
      const found = await send("place", { exact }).catch(() => ({}));
      if (quote.exact !== exact) return;
      if (found.quote) Object.assign(quote, found.quote);
      where.textContent = found.message ? `${found.message} – ${found.hint}` : "";
      if (found.quote) tell();
      changed(path);
    };
    const field = h("textarea", { id, rows: "3", spellcheck: "false", "aria-describedby": where.id, value: quote.exact ?? "", oninput: typed });
    tell();
    return h("div", { class: "field" }, h("label", { for: id }, said("passage", { number: at + 1 })), field, where,
      several && button(said("remove"), () => { data.quote.splice(at, 1); draw(); changed(["quote"]); }, { class: "quiet", "aria-label": said("remove_what", { what: said("passage", { number: at + 1 }) }) }));
  };
  draw();
  return {
    element: holder,
    take: async (quote) => {
      const found = await send("place", quote).catch(() => ({}));
      const empty = data.quote.findIndex((one) => !one.exact);
      data.quote.splice(empty < 0 ? data.quote.length : empty, empty < 0 ? 0 : 1, found.quote ?? quote);
      draw();
      changed(["quote"]);
      holder.scrollIntoView({ block: "nearest" });
    },
  };
}
