/**
 * A button that copies the text of another element, added where there is a clipboard:
 * `<pre data-copy="Copy" data-copied="Copied">`, the words being those of the page's language.
 */
export function copyButtons() {
  if (!navigator.clipboard) return;
  for (const source of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = source.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = source.dataset.copied;
      setTimeout(() => (button.textContent = source.dataset.copy), 2000);
    });
    source.after(button);
  }
}
