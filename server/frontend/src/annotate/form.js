// The form of one claim: its words, how they are held and whose they are, and what they say.

import { send } from "./asking.js";
import { conflict } from "./conflict.js";
import { button, h } from "./dom.js";
import { fieldOf, fieldsOf, idOf } from "./fields.js";
import { looking } from "./looking.js";
import { passages } from "./passages.js";
import { slug } from "./slug.js";
import { statements } from "./statements.js";
import { suggested } from "./suggested.js";
import { said } from "./words.js";

const WAIT = 400;
const FIRST = ["label", "modality", "condition", "attributedTo", "sensitive", "mention"];

/**
 * @param {HTMLElement} pane @param {object} page
 * @param {{data: object, claim?: string, draft?: string, suggestions?: object[], theirs?: object, message?: string}} of
 * @returns {{dirty: boolean, takes: (quote: object) => void}}
 */
export function claimForm(pane, page, of) {
  const data = withLists(of.data);
  const base = withLists(structuredClone(of.theirs ?? of.data));
  const form = h("form", { class: "claim-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); save("save"); } });
  const look = looking(form);
  const refusal = h("div", { class: "refusal", role: "alert" });
  const state = { dirty: false, takes: null };
  let waiting = 0;
  let asking = false;
  let again = false;
  let saving = false;
  let named = Boolean(of.claim || data.id);

  const body = () => ({ data, claim: of.claim ?? null, draft: of.draft ?? null, digest: page.state.digest });
  const check = async () => {
    look.checking();
    again = asking;
    if (asking) return; // one at a time, and the last of those that wait
    asking = true;
    try {
      const looked = await send("check", body());
      if (!again) look.show(looked);
    } catch (error) {
      look.fail(error.message);
    }
    asking = false;
    if (again) check();
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, WAIT);
  };
  const changed = (path) => {
    state.dirty = true;
    if (!named && path?.length === 1 && path[0] === "label") {
      data.id = slug(data.label ?? "");
      name.value = data.id;
    }
    if (path?.length === 1 && path[0] === "modality") showCondition();
    soon();
  };
  const save = async (how) => {
    if (saving) return;
    saving = true;
    clearTimeout(waiting);
    refusal.replaceChildren();
    look.stand(said(how === "save" ? "proving" : "checking"));
    try {
      const now = await send(how, how === "drop" ? { draft: of.draft, digest: page.state.digest } : body());
      state.dirty = false;
      page.fresh(now);
      page.list(said({ save: "saved", keep: "kept", drop: "dropped" }[how]));
      document.querySelector("#work").focus();
    } catch (error) {
      refused(error);
    }
    saving = false;
  };
  const refused = (error) => {
    look.stand(said("refused"));
    const lines = error.told?.problems?.map((one) => h("li", {}, one.line)) ?? [];
    refusal.replaceChildren(...(error.status === 409 ? [conflict(page, error.told, look.lines(), taken)] : [
      h("p", {}, h("strong", {}, said("refused")), ` ${error.message}`),
      ...(lines.length ? [h("ul", { class: "problems" }, ...lines), h("p", {}, said("keep_instead"))] : []),
    ]));
    refusal.scrollIntoView({ block: "end" });
  };
  const taken = (message) => {
    const theirs = page.state.claims.find((one) => one.id === of.claim);
    const draft = page.state.drafts.find((one) => one.id === of.draft)?.id;
    if (theirs) merge(data, base, withLists(structuredClone(theirs)));
    page.open = claimForm(pane, page, { ...of, data, claim: theirs?.id, draft, theirs, message });
    page.open.dirty = true;
    page.tell(message);
  };

  const name = h("input", { id: idOf(["id"]), type: "text", spellcheck: "false", value: data.id ?? "", oninput: () => { named = true; data.id = name.value.trim() || undefined; changed(["id"]); } });
  const fields = page.forms.claim.fields;
  const spec = (key) => fields.find((one) => one.key === key);
  const parts = Object.fromEntries(FIRST.map((key) => [key, fieldOf(page, spec(key), data, [], changed)]));
  const showCondition = () => (parts.condition.hidden = data.modality !== "conditional" && !data.condition);
  const rest = { ...page.forms.claim, fields: fields.filter((one) => !FIRST.includes(one.key)), rules: [] };
  const words = passages(page, data, changed);
  state.takes = (quote) => words.take(quote);
  const says = statements(page, data, changed);
  const hints = of.suggestions?.length ? suggested(page, data, of.suggestions, () => redraw()) : null;
  const actions = h("div", { class: "actions" },
    h("button", {}, said("save")), button(said("keep"), () => save("keep"), { class: "quiet" }),
    of.draft && button(said("drop"), () => confirm(said("drop_sure")) && save("drop"), { class: "quiet" }), look.standing);
  const redraw = () => {
    page.open = claimForm(pane, page, { ...of, data, theirs: base });
    page.open.dirty = true;
  };

  form.append(
    words.element, ...(hints ? [hints] : []), parts.label,
    h("div", { class: "field" }, h("label", { for: name.id }, said("name"), h("span", { class: "required" }, ` · ${said("required")}`)), h("p", { class: "meaning" }, said("name_help")), name),
    parts.modality, parts.condition, parts.attributedTo, says,
    parts.mention, parts.sensitive,
    h("details", { class: "rest", open: rest.fields.some((one) => one.key in data) }, h("summary", {}, said("more")), fieldsOf(page, rest, data, [], changed)),
    look.element, refusal, actions,
  );
  parts.attributedTo.querySelector(".meaning").append(` ${said("own_voice")}`);
  showCondition();
  const back = button(`← ${said("all")}`, () => { if (!state.dirty || confirm(said("leave"))) page.list(); }, { class: "quiet back-to-list" });
  pane.replaceChildren(back, ...(of.message ? [h("p", { class: "done" }, of.message)] : []), form);
  check();
  return state;
}

/** Passages and statements as lists, however many there are. */
function withLists(data) {
  data.quote = [data.quote].flat().filter(Boolean);
  data.assertion = [data.assertion].flat().filter(Boolean);
  return data;
}

/** What somebody else has changed of a claim, and who fills in the form has not, is taken over from them. */
function merge(mine, base, theirs) {
  const same = (one, other) => JSON.stringify([one].flat()) === JSON.stringify([other].flat());
  for (const key of new Set([...Object.keys(base), ...Object.keys(theirs)])) {
    if (!same(mine[key], base[key])) continue;
    if (key in theirs) mine[key] = theirs[key];
    else delete mine[key];
  }
}
