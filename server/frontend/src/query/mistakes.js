/** Says in words where a query cannot be read. */

const MOST = 5;

/**
 * YASQE shows what it expected in HTML with inline styles, which the policy of this site refuses: its icon keeps the
 * place, and the words stand under the editor, where a screen reader tells of them too.
 * @param {any} editor
 * @param {HTMLElement} note
 * @param {Record<string, string>} words
 */
export function explainErrors(editor, note, words) {
  const tell = () => {
    const [line, icon] = firstMark(editor);
    if (icon) icon.onmouseover = icon.onmouseout = null;
    const said = icon ? sentence(editor, line, words) : words.keys;
    if (note.textContent !== said) note.textContent = said;
  };
  editor.on("changes", tell);
  tell();
}

/** @returns {[number, HTMLElement|null]} the first line with a mark in the gutter, and the mark */
function firstMark(editor) {
  for (let line = 0; line < editor.lineCount(); line++) {
    const mark = editor.lineInfo(line).gutterMarkers?.gutterErrorBar;
    if (mark) return [line, mark];
  }
  return [-1, null];
}

function sentence(editor, line, words) {
  const end = editor.getLine(line).length;
  const { state } = editor.getTokenAt({ line, ch: end }, true);
  const said = words.invalid.replace("%(line)s", String(line + 1));
  const expected = (state.possibleCurrent ?? []).filter((one) => one.length < 20).slice(0, MOST);
  if (!expected.length) return said;
  return `${said} ${words.expected.replace("%(what)s", expected.join(", "))}`;
}
