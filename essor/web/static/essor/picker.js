/* A picker becomes a combobox (ARIA pattern: list autocomplete, manual selection). The form it stands in works without. */
const WAIT = 200;
let number = 0;
const make = (tag, attributes = {}) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

export function picker(box) {
  const input = box.querySelector("[type=search]");
  const asked = box.querySelector("[type=hidden]");
  const list = box.querySelector(".picker-list");
  const checked = list.querySelector("input:checked");
  const wasAsked = input.value.trim();
  const value = make("input", { type: "hidden", name: input.name.slice(0, -2), value: checked?.value || "" });
  const options = make("ul", { role: "listbox", id: `picker-${(number += 1)}`, class: "picker-options", "aria-label": box.closest(".field")?.querySelector("label")?.textContent.trim() || input.name });
  const said = make("p", { role: "status", class: "soft small picker-said" });
  options.hidden = true;
  let label = checked?.value ? checked.nextElementSibling.firstChild.textContent.trim() : "";
  let found = [];
  let here = -1;
  let wait;
  let last = 0;

  for (const [name, held] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": options.id, type: "text", spellcheck: "false" })) input.setAttribute(name, held);
  box.querySelector("button").remove();
  list.remove();
  box.append(value, options, said);
  if (label) input.value = asked.value = label;

  const open = (yes) => {
    options.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) point(-1);
  };
  const point = (rank) => {
    here = rank;
    [...options.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === rank)));
    const now = options.children[rank];
    if (now) { input.setAttribute("aria-activedescendant", now.id); now.scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
  };
  const choose = (one) => {
    label = one.label;
    value.value = one.value;
    input.value = asked.value = label;
    open(false);
    said.textContent = box.dataset.chosen.replace("{label}", label);
    value.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const show = ({ results, more }) => {
    found = results;
    options.replaceChildren(...results.map((each, rank) => {
      const option = make("li", { role: "option", id: `${options.id}-${rank}`, "aria-selected": "false" });
      option.append(each.label);
      if (each.detail) { const detail = make("span", { class: "soft small" }); detail.textContent = ` ${each.detail}`; option.append(detail); }
      option.addEventListener("click", () => choose(each));
      return option;
    }));
    point(-1);
    open(results.length > 0);
    const count = results.length === 1 ? box.dataset.one : box.dataset.many.replace("{n}", results.length);
    said.textContent = results.length ? (more ? box.dataset.more.replace("{n}", results.length) : count) : box.dataset.none;
  };
  const search = async (then) => {
    const mine = (last += 1);
    const address = new URL(box.dataset.pick, location.href);
    address.searchParams.set("q", input.value === label ? "" : input.value.trim());
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      if (mine !== last) return;
      show(told);
      then?.();
    } catch { if (mine === last) { open(false); said.textContent = box.dataset.lost; } }
  };

  input.addEventListener("input", () => {
    clearTimeout(wait);
    if (input.value !== label) value.value = label = "";
    asked.value = input.value ? wasAsked : "";
    wait = setTimeout(search, WAIT);
  });
  input.addEventListener("click", () => { if (options.hidden) search(); });
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const many = found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const down = event.key === "ArrowDown";
      if (options.hidden) search(() => point(down ? 0 : found.length - 1));
      else if (many) point(down ? (here + 1) % many : (here <= 0 ? many : here) - 1);
    } else if (event.key === "Enter" && !options.hidden && here >= 0) {
      event.preventDefault();
      choose(found[here]);
    } else if (event.key === "Escape") {
      if (options.hidden) { if (!input.value) return; input.value = value.value = label = asked.value = ""; said.textContent = ""; } else open(false);
      event.preventDefault();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) point(-1);
  });
  options.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", () => { clearTimeout(wait); last += 1; open(false); });
  if (wasAsked && !label) { input.focus(); search(); }
}
