/* The board: cards are dragged with a pointer, or moved with the arrows; the form of each works without. */
const board = document.querySelector("[data-board]");
if (board) {
  const said = document.querySelector("[data-board-said]");
  const token = board.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const columns = [...board.querySelectorAll("[data-column]")];
  let held = null;
  let dropped = false;
  let home = null; // where the card was: put back there when the move does not happen

  const placeOf = (card) => ({ list: card.parentElement, next: card.nextElementSibling });
  const putBack = (card, place) => {
    const next = place.next?.parentElement === place.list ? place.next : null;
    place.list.insertBefore(card, next);
    card.querySelector("select").value = card.closest("[data-column]").dataset.column;
    count();
  };

  const count = () => {
    for (const column of columns) {
      const number = column.querySelector(".board-title span");
      const hidden = Number(column.dataset.hidden || 0);
      number.textContent = column.querySelectorAll("[data-card]").length + hidden;
    }
  };
  for (const column of columns) {
    const shown = column.querySelectorAll("[data-card]").length;
    const all = Number(column.querySelector(".board-title span").textContent.replace(/\D/g, ""));
    column.dataset.hidden = Math.max(0, all - shown);
  }

  const save = async (card, place) => {
    const column = card.closest("[data-column]");
    const rank = [...column.querySelectorAll("[data-card]")].indexOf(card);
    card.querySelector("select").value = column.dataset.column;
    count();
    const body = new URLSearchParams({ stage: column.dataset.column, position: rank, csrfmiddlewaretoken: token });
    try {
      const answer = await fetch(card.dataset.card, { method: "POST", body, headers: { "X-Requested-With": "board" } });
      if (!answer.ok) throw new Error(answer.status);
      const title = column.querySelector(".board-title").firstChild.textContent.trim();
      said.textContent = board.dataset.moved.replace("{column}", title);
    } catch {
      const focused = document.activeElement === card;
      putBack(card, place);
      if (focused) card.focus();
      said.textContent = board.dataset.failed;
    }
  };

  for (const card of board.querySelectorAll("[data-card]")) {
    card.draggable = true;
    card.tabIndex = 0;
    card.setAttribute("aria-description", board.dataset.said);
    card.addEventListener("dragstart", (event) => {
      held = card;
      dropped = false;
      home = placeOf(card);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      card.classList.add("board-held");
    });
    card.addEventListener("dragend", () => {
      card.classList.remove("board-held");
      if (!dropped) putBack(card, home);
      held = null;
    });
    card.addEventListener("keydown", (event) => {
      if (event.target !== card || !event.key.startsWith("Arrow")) return;
      event.preventDefault();
      const place = placeOf(card);
      const here = columns.indexOf(card.closest("[data-column]"));
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
        const next = columns[here + (event.key === "ArrowRight" ? 1 : -1)];
        if (!next) return;
        next.querySelector(".board-cards").prepend(card);
      } else {
        const other = event.key === "ArrowUp" ? card.previousElementSibling : card.nextElementSibling;
        if (!other) return;
        other[event.key === "ArrowUp" ? "before" : "after"](card);
      }
      card.focus();
      save(card, place);
    });
  }
  for (const column of columns) {
    column.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      const list = column.querySelector(".board-cards");
      const after = [...list.querySelectorAll("[data-card]")].find((card) => {
        const box = card.getBoundingClientRect();
        return card !== held && event.clientY < box.top + box.height / 2;
      });
      list.insertBefore(held, after ?? null);
    });
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!held) return;
      dropped = true;
      if (home.list !== held.parentElement || home.next !== held.nextElementSibling) save(held, home);
    });
  }
}
