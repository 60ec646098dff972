/* Keys of the vote, only while the focus is on the statement or its buttons; buttons work without this. */
const form = document.querySelector("[data-vote]");
if (form) {
  form.querySelector("[data-vote-help]").hidden = false;
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const button = [...form.querySelectorAll("[data-keys]")].find((b) => b.dataset.keys.split(" ").includes(event.key));
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
