/* The sheet where one gives one's voice: if the network drops, the words stay on the device and go when it is back.
   It imports nothing: essor.js hears of the new page through the event that htmx would send. */
const english = document.documentElement.lang.startsWith("en");
const words = english
  ? { lost: "The network dropped. Your words are kept here and will be sent as soon as it is back.", going: "Sending…" }
  : { lost: "Le réseau s’est coupé. Vos mots sont gardés ici et partiront dès son retour.", going: "Envoi en cours…" };

function say(text, form) {
  let line = form.querySelector("[data-network]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "notice notice-info" });
    line.setAttribute("role", "status");
    line.dataset.network = "";
    form.querySelector(".actions").after(line);
  }
  line.textContent = text;
}

/* Sending through fetch tells a cut network from an answer; the answer's page is then shown as usual.
   The same sheet sent twice is one voice: the server knows it by its stamp. */
function send(form) {
  let waiting = false;
  let pressed = null;
  form.addEventListener("submit", (event) => {
    pressed = event.submitter;
    if (!navigator.onLine) { waiting = true; say(words.lost, form); }
  }, { capture: true });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    go();
  });
  async function go() {
    const data = new FormData(form);
    if (pressed?.name) data.set(pressed.name, pressed.value);
    say(words.going, form);
    let answer;
    try {
      answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: data });
    } catch {
      waiting = true;
      delete form.dataset.sent;
      for (const b of form.querySelectorAll("[aria-disabled]")) b.removeAttribute("aria-disabled");
      say(words.lost, form);
      return;
    }
    waiting = false;
    if (answer.redirected) { location.assign(answer.url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = document.adoptNode(page.querySelector("#contenu"));
    document.querySelector("#contenu").replaceWith(fresh);
    document.title = page.title;
    fresh.dispatchEvent(new Event("htmx:load", { bubbles: true }));
    start(fresh);
    (fresh.querySelector("[data-focus]") || fresh).focus();
  }
  addEventListener("online", () => { if (waiting && form.isConnected) go(); });
}

function copy(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copyText);
      const label = button.querySelector("span");
      label.textContent = button.dataset.copied;
      label.setAttribute("role", "status");
    } catch { getSelection().selectAllChildren(document.querySelector("[data-code]")); }
  });
}

function start(within) {
  for (const form of within.querySelectorAll("form[data-contribute]")) send(form);
  for (const button of within.querySelectorAll("[data-copy-text]")) copy(button);
}
start(document);
