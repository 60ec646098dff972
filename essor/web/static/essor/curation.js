/* Choosing voices in a long list: all at once, with Shift, or with j, k and the space bar. */
for (const form of document.querySelectorAll("[data-curation]")) {
  const boxes = [...form.querySelectorAll("input[name=voice]:not([disabled])")];
  if (!boxes.length) continue;
  const said = form.querySelector("[data-chosen]");
  const first = said?.textContent;
  let last = null;
  const tell = () => {
    const n = boxes.filter((box) => box.checked).length;
    if (said) said.textContent = n === 0 ? first : n === 1 ? form.dataset.saidOne : form.dataset.saidMany.replace("{n}", n);
  };
  form.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=voice]");
    if (!box) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
  });
  form.addEventListener("change", tell);
  const all = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small btn-quiet", textContent: form.dataset.all });
  all.addEventListener("click", () => {
    const on = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = on;
    tell();
  });
  form.prepend(all);
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input:not([name=voice]), textarea, select, dialog, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || field || (event.key !== "j" && event.key !== "k")) return;
    const here = boxes.indexOf(document.activeElement);
    const next = here < 0 ? 0 : Math.min(boxes.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)));
    boxes[next].focus();
    boxes[next].closest("[data-voice]").scrollIntoView({ block: "center" });
    event.preventDefault();
  });
  tell();
}
