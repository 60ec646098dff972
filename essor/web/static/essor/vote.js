/* Keys 1, 2 and 3 answer, as the buttons do; nothing happens while somebody writes elsewhere. */
const writing = (element) => element?.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  if (writing(event.target)) return;
  const button = document.querySelector(`[data-vote] button[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.form.requestSubmit(button);
});
