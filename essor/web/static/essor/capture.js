/* Capture at a meeting. Every gesture goes first to this device, then to the server, one by one and in order;
   a reload or a lost network loses nothing, and sending twice changes nothing (each line has its own key). */
const form = document.querySelector("[data-capture]");
const store = `essor-capture:${form.dataset.capture}`;
const words = form.elements.words;
const log = document.querySelector("[data-log]");
const text = form.dataset;
const alertLine = form.querySelector("[data-alert]");
let editing = null;
let sending = false;
let wait = 0;

const read = () => { try { return JSON.parse(localStorage.getItem(store)) || []; } catch { return []; } };
const write = (queue) => { try { localStorage.setItem(store, JSON.stringify(queue)); return true; } catch { return false; } };
const change = (act) => { const queue = act(read()); const kept = write(queue); showWaiting(queue); return kept; };
const memory = `${store}:sticky`;
const uuid = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
const lineOf = (key) => [...log.children].find((e) => e.dataset.keyLine === key);
const living = () => [...log.children].filter((e) => e.dataset.keyLine && e.dataset.state !== "withdrawn");
const tell = (message) => { alertLine.textContent = message || ""; alertLine.hidden = !message; };

function showWaiting(queue) {
  const line = document.querySelector("[data-waiting]");
  line.hidden = !queue.length;
  line.textContent = `${queue.length} · ${text.kept}`;
}

function setState(key, state) {
  const line = lineOf(key);
  if (!line) return;
  line.dataset.state = state === "saved" ? "saved" : "waiting";
  line.querySelector("[data-said-state]").textContent = text[state] || state;
}

function draw(op) {
  const line = document.createElement("li");
  line.dataset.keyLine = op.key;
  const said = Object.assign(document.createElement("p"), { textContent: op.words.replace(/^\s*\+\s*/, "") });
  said.dataset.words = "";
  const notes = Object.assign(document.createElement("p"), { className: "soft tiny" });
  const family = form.elements.family.querySelector(`option[value="${op.family}"]`)?.textContent || "";
  const facts = [op.table && `${text.table} ${op.table}`, family, /^\s*\+/.test(op.words) && text.same].filter(Boolean).join(" · ");
  notes.append(`${facts} · `);
  const state = document.createElement("span");
  state.dataset.saidState = "";
  notes.append(state, " · ", button(text.edit, () => edit(line)), " ", button(text.withdraw, () => withdraw(line)));
  line.append(said, notes);
  log.append(line);
  log.scrollTop = -log.scrollHeight;  // the newest line, on top, stays in sight
  document.querySelector("[data-nothing]").hidden = true;
  setState(op.key, "kept");
}
function button(label, act) {
  const b = Object.assign(document.createElement("button"), { type: "button", className: "btn-link", textContent: label });
  b.addEventListener("click", act);
  return b;
}

/* Gestures */
function keep() {
  const said = words.value.trim();
  if (!said || said === "+") return;
  if (editing) return correct(said);
  const before = living().at(-1)?.dataset.keyLine || "";
  const op = { act: "add", key: uuid(), after: before, words: said, table: form.elements.table.value, question: form.elements.question.value, family: form.elements.family.value, commune: form.elements.commune.value };
  if (!change((queue) => [...queue, op])) { form.submit(); return; }
  draw(op);
  words.value = "";
  send();
}
function edit(line) {
  if (!line) return;
  editing = line;
  words.value = line.querySelector("[data-words]").innerText;
  tell(text.editing);
  words.focus();
}
function stopEditing() { editing = null; words.value = ""; tell(""); words.focus(); }
function correct(said) {
  const key = editing.dataset.keyLine;
  editing.querySelector("[data-words]").textContent = said;
  change((queue) => {
    const added = queue.find((op) => op.key === key && op.act === "add" && !op.sent);
    if (added) { added.words = (/^\s*\+/.test(added.words) ? "+ " : "") + said; return queue; }
    return [...queue.filter((op) => !(op.key === key && op.act === "correct" && !op.sent)), { act: "correct", key, words: said }];
  });
  setState(key, "kept");
  stopEditing();
  send();
}
function withdraw(line) {
  if (!line) return;
  const key = line.dataset.keyLine;
  change((queue) => queue.some((op) => op.key === key && op.act === "add" && !op.sent) ? queue.filter((op) => op.key !== key) : [...queue, { act: "withdraw", key }]);
  if (editing === line) stopEditing();
  line.remove();
  words.focus();
  send();
}

/* Sending, one gesture at a time */
async function send() {
  clearTimeout(wait);
  if (sending) return;
  sending = true;
  try {
    for (let op = read()[0]; op; op = read()[0]) {
      change((queue) => queue.map((each, n) => n ? each : { ...each, sent: true }));
      setState(op.key, "sending");
      const answer = await fetch(text.lines, { method: "POST", credentials: "same-origin", redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }, body: JSON.stringify(op) });
      if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error(text.signin);
      if (answer.status >= 500 || answer.status === 404) throw new Error(text.offline);
      const said = await answer.json();
      change((queue) => queue.slice(1));
      if (answer.ok) { setState(op.key, "saved"); count(said); if (!editing) tell(""); }
      else { setState(op.key, "refused"); if (!words.value && op.words) words.value = op.words; lineOf(op.key)?.remove(); tell(said.error); }
    }
  } catch (problem) {
    const first = read()[0];
    if (first) setState(first.key, "kept");
    tell(problem instanceof TypeError ? text.offline : problem.message);
    wait = setTimeout(send, 5000);
  }
  sending = false;
}
function count(said) {
  document.querySelector("[data-total]").textContent = said.total;
  const tables = document.querySelector("[data-tables]");
  tables.replaceChildren(...Object.entries(said.tables).flatMap(([table, n]) => [Object.assign(document.createElement("span"), { className: "tag tag-plain", textContent: `${text.table} ${table} : ${n}` }), " "]));
}
async function refresh() {
  if (document.hidden || read().length) return;
  try { const answer = await fetch(text.counts, { redirect: "manual" }); if (answer.ok) count(await answer.json()); } catch { /* later */ }
}

/* Keyboard */
function next(select) {
  select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
  remember();
}
function remember() {
  try { localStorage.setItem(memory, JSON.stringify({ table: form.elements.table.value, question: form.elements.question.value, family: form.elements.family.value, commune: form.elements.commune.value })); } catch { /* this page only */ }
}
function editBefore() {
  const lines = living();
  edit(editing ? lines[lines.indexOf(editing) - 1] || editing : lines.at(-1));
}
function dark(wanted) {
  document.documentElement.dataset.theme = wanted ? "dark" : "light";
  const button = document.querySelector("[data-theme-switch]");
  if (button) (button.querySelector("span") || button).textContent = wanted ? button.dataset.light : button.dataset.dark;
}
function darker() {
  dark(document.documentElement.dataset.theme !== "dark");
  try { localStorage.setItem("essor-theme", document.documentElement.dataset.theme); } catch { /* this page only */ }
}
const help = () => document.querySelector("[data-keys-help]").showModal();
const gestures = { KeyQ: () => next(form.elements.question), KeyF: () => next(form.elements.family), ArrowUp: editBefore, KeyZ: () => withdraw(living().at(-1)), KeyN: darker, KeyH: help };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && editing) { stopEditing(); return; }
  if (event.ctrlKey && event.code === "ArrowUp" && event.target === words) { event.preventDefault(); editBefore(); return; }
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const digit = /^(?:Digit|Numpad)([0-8])$/.exec(event.code);
  const act = digit ? () => { document.getElementById(`table-${digit[1]}`).checked = true; remember(); } : gestures[event.code];
  if (!act) return;
  event.preventDefault();
  act();
  if (event.code !== "KeyH") words.focus();
});
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); keep(); }
});
form.addEventListener("submit", (event) => { event.preventDefault(); keep(); words.focus(); });
form.addEventListener("change", remember);
for (const link of log.querySelectorAll("[data-edit-line]")) {
  link.addEventListener("click", (event) => { const line = link.closest("li"); if (!line.dataset.keyLine) return; event.preventDefault(); edit(line); });
}
const keysButton = form.querySelector("[data-show-keys]");
keysButton.hidden = false;
keysButton.addEventListener("click", help);

/* Back after a reload: the choices, the lines not yet sent, the dark of the room */
try {
  const sticky = JSON.parse(localStorage.getItem(memory)) || {};
  for (const [name, value] of Object.entries(sticky)) if (form.elements[name]) form.elements[name].value = value;
  if (!localStorage.getItem("essor-theme")) dark(true);
} catch { /* nothing was kept */ }
change((queue) => queue.map((op) => ({ ...op, sent: op.act === "add" ? op.sent : false })));
for (const op of read()) if (op.act === "add" && !lineOf(op.key)) draw(op);
addEventListener("online", send);
setInterval(refresh, 15000);
words.focus();
send();
