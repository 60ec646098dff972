/* Small improvements of pages that already work without them. Everything hangs on data- attributes. */
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const store = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
};
const words = document.documentElement.lang.startsWith("en")
  ? { kept: "Draft kept on this device.", back: "Your draft is back.", drop: "Start afresh", yes: "Continue", no: "Go back", offline: "You are offline: your words are kept on this device. Send again when the network is back." }
  : { kept: "Brouillon gardé sur cet appareil.", back: "Votre brouillon est revenu.", drop: "Repartir de zéro", yes: "Continuer", no: "Revenir", offline: "Vous êtes hors connexion : vos mots sont gardés sur cet appareil. Renvoyez-les quand le réseau revient." };

export function say(text, near) {
  let line = near?.querySelector(":scope > [data-said]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "soft small" });
    line.setAttribute("role", "status");
    line.dataset.said = "";
    (near || document.querySelector("#contenu") || document.body).append(line);
  }
  line.textContent = text;
  return line;
}

/* Theme: <button data-theme-switch> */
function theme(button) {
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => { (button.querySelector("span") || button).textContent = isDark() ? button.dataset.light : button.dataset.dark; };
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("essor-theme", root.dataset.theme); } catch { /* this page only */ }
    label();
  });
}

/* Draft: <form data-draft="name"> keeps what is written until a page says <… data-draft-sent="name"> */
const ignored = new Set(["password", "file", "hidden", "submit"]);
const kept = (form) => [...form.elements].filter((e) => e.name && !ignored.has(e.type) && !e.closest(".trap") && e.dataset.draft !== "no");
function draft(form) {
  const key = `essor-draft:${form.dataset.draft}`;
  const saved = store.get(key);
  if (saved && kept(form).every((e) => e.type === "checkbox" || e.type === "radio" || e.tagName === "SELECT" || !e.value)) {
    for (const e of kept(form)) {
      const value = saved[e.name];
      if (value === undefined) continue;
      if (e.type === "checkbox" || e.type === "radio") e.checked = value.includes(e.value);
      else if (e.tagName !== "SELECT" || !e.multiple) e.value = value[0] ?? "";
      e.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const line = say(`${words.back} `, form);
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "linkish", textContent: words.drop });
    drop.addEventListener("click", () => { store.drop(key); form.reset(); line.remove(); });
    line.append(drop);
  }
  let wait;
  const keep = () => {
    const data = {};
    for (const e of kept(form)) {
      data[e.name] ??= [];
      if (!(e.type === "checkbox" || e.type === "radio") || e.checked) data[e.name].push(e.value);
    }
    if (store.set(key, data)) say(words.kept, form);
  };
  form.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(keep, 400); });
  form.addEventListener("submit", (event) => {
    clearTimeout(wait);
    store.set(key, Object.fromEntries(kept(form).map((e) => [e.name, [e.value]])));
    keep();
    if (!navigator.onLine) { event.preventDefault(); event.stopImmediatePropagation(); say(words.offline, form); }
  });
}

/* Confirm: <button data-confirm="Question ?" data-confirm-text="Ce qui va se passer"> */
function confirmFirst(button) {
  button.addEventListener("click", (event) => {
    if (button.dataset.confirmed || !window.HTMLDialogElement) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const dialog = document.createElement("dialog");
    const make = (tag, text, cls) => Object.assign(document.createElement(tag), { textContent: text, className: cls || "" });
    const title = make("h2", button.dataset.confirm);
    title.id = "question";
    dialog.setAttribute("aria-labelledby", "question");
    const actions = make("p", "", "actions");
    const yes = make("button", button.dataset.confirmYes || button.textContent.trim() || words.yes, "btn btn-primary");
    const no = make("button", words.no, "btn btn-quiet");
    actions.append(no, yes);
    dialog.append(title, make("p", button.dataset.confirmText || "", "soft"), actions);
    document.body.append(dialog);
    const close = () => { dialog.close(); dialog.remove(); button.focus(); };
    no.addEventListener("click", close);
    dialog.addEventListener("cancel", (e) => { e.preventDefault(); close(); });
    yes.addEventListener("click", () => { button.dataset.confirmed = "1"; close(); button.click(); delete button.dataset.confirmed; });
    dialog.showModal();
    no.focus();
  });
}

/* Counter: <p data-counter-for="id" data-max="500"> */
function counter(line) {
  const control = document.getElementById(line.dataset.counterFor);
  if (!control) return;
  const max = Number(line.dataset.max);
  const show = () => {
    const left = max - control.value.length;
    line.hidden = left > max / 2;
    line.textContent = `${Math.abs(left).toLocaleString(document.documentElement.lang)} ${left < 0 ? line.dataset.over : line.dataset.left}`;
    line.classList.toggle("counter-over", left < 0);
  };
  control.addEventListener("input", show);
  show();
}

/* Filters: <form data-autosubmit> goes when a choice changes under a finger or a mouse; at the keyboard an
   arrow only passes over a choice, so that it waits for Enter or the button, as typed words do */
function autosubmit(form) {
  let keyed = false;
  form.addEventListener("keydown", () => { keyed = true; });
  form.addEventListener("pointerdown", () => { keyed = false; });
  form.addEventListener("change", (event) => {
    if (!keyed && event.target.matches("select, [type=checkbox], [type=radio], [type=date]")) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    for (const e of form.elements) if (e.name && !e.value) e.disabled = true;
  });
}

/* Once: <form data-once> cannot be sent twice by a nervous finger */
function once(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    for (const b of all("button[type=submit]", form)) b.setAttribute("aria-disabled", "true");
  });
}

/* Copy: <a href data-copy data-copied="Adresse copiée"> */
function copy(link) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(new URL(link.href, location.href).href);
      const label = link.querySelector("span") || link;
      label.textContent = link.dataset.copied;
      label.setAttribute("role", "status");
    } catch { location.href = link.href; }
  });
}

/* Keys: any element with data-key="n" is activated by that key, outside of fields; "?" lists them */
function keys() {
  const keyed = all("[data-key]");
  if (!keyed.length) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]")) return;
    if (event.key === "?") { document.querySelector("[data-keys-help]")?.showModal?.(); return; }
    const target = all("[data-key]").find((e) => e.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, textarea, select")) target.focus(); else target.click();
  });
}

const parts = {
  "[data-confirm]": confirmFirst, "form[data-draft]": draft, "form[data-once]": once, "form[data-autosubmit]": autosubmit,
  "[data-pick]": (box) => import(box.dataset.pickScript).then((part) => part.picker(box)), "[data-counter-for]": counter, "[data-copy]": copy, "[data-theme-switch]": theme,
};
export function improve(within = document) {
  for (const [selector, part] of Object.entries(parts)) {
    for (const e of all(selector, within)) {
      e.improved ??= new Set();
      if (!e.improved.has(selector)) { e.improved.add(selector); part(e); }
    }
  }
}

for (const sent of all("[data-draft-sent]")) store.drop(`essor-draft:${sent.dataset.draftSent}`);
improve();
keys();
document.addEventListener("htmx:load", (event) => improve(event.target));
for (const button of all("[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
/* On a phone the rooms and tabs scroll sideways: the one we are in is brought into sight */
for (const here of all(".atelier-nav [aria-current], .tabs [aria-current]")) { const row = here.closest("ul, ol, nav, .tabs"); if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2; }
document.querySelector("[data-focus]")?.focus();
/* A message that came with the page is put back once, so that screen readers say it */
for (const said of all("[role=status] > .messages")) setTimeout(() => said.parentElement.append(said), 150);
/* A menu closes when one leaves it or presses Escape */
document.addEventListener("click", (event) => { for (const m of all("details[data-menu][open]")) if (!m.contains(event.target)) m.open = false; });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const m of all("details[data-menu][open]")) { m.open = false; m.querySelector("summary").focus(); }
});
/* Back from the page after: buttons work again */
addEventListener("pageshow", () => { for (const f of all("form[data-sent]")) { delete f.dataset.sent; for (const b of all("[aria-disabled]", f)) b.removeAttribute("aria-disabled"); for (const e of f.elements) e.disabled = false; } });
