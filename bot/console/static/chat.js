// Makes the web chat livelier. Without this file every form still posts and the page comes back whole.

const byId = (id) => document.getElementById(id);
const turns = byId("turns"), typing = byId("typing"), toast = byId("toast");
const composer = byId("composer"), field = byId("cau-hoi"), count = byId("count"), unsent = byId("unsent");
const TIMEOUT = 30_000, TOAST = 5_000, COUNT_FROM = 0.9;
const gentle = matchMedia("(prefers-reduced-motion: reduce)");

let busy = false;
let waiting = false; // the resident pressed Enter while an answer was still on its way
let again = () => {};
let toastTimer = 0;

const scrollTo = (turn) => turn.scrollIntoView({ block: "start", behavior: gentle.matches ? "auto" : "smooth" });

function addResident(text) {
  const turn = byId("resident").content.firstElementChild.cloneNode(true);
  turn.querySelector("p").textContent = text;
  turn.classList.add("new");
  turns.append(turn);
  turn.scrollIntoView({ block: "nearest" });
  return turn;
}

function addLoa(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const added = [...box.content.querySelectorAll(".turn")];
  if (!added.length) throw new Error("not an answer of Loa"); // such as the sign-in page of a Wi-Fi
  byId("moi-nhat")?.removeAttribute("id");
  added.forEach((turn) => turn.classList.add("new"));
  turns.append(box.content);
  return added[0];
}

function showToast(text) {
  toast.textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.textContent = ""; }, TOAST);
}

function setBusy(now, quiet) {
  busy = now;
  document.body.classList.toggle("busy", now);
  typing.hidden = !now || quiet;
  if (!typing.hidden) typing.scrollIntoView({ block: "nearest" });
}

function putBack(text) {
  if (text) field.value = field.value ? `${text}\n${field.value}` : text;
  fit();
}

async function post(body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const answer = await fetch("/chat", { method: "POST", headers: { "X-Loa-Part": "1" }, body, signal: stop.signal });
    if (!answer.ok && answer.status !== 429) throw new Error(`status ${answer.status}`);
    return { refused: !answer.ok, toast: answer.headers.get("X-Loa-Toast"), html: await answer.text() };
  } finally {
    clearTimeout(timer);
  }
}

function pressVote(button) {
  for (const other of button.form.querySelectorAll(".vote")) other.setAttribute("aria-pressed", other === button);
}

/** Sends what was typed, or the button that was pressed; `true` if it arrived. */
async function send(text, button) {
  const body = button ? new FormData(button.form) : new FormData();
  button ? body.append("action", button.value) : body.append("text", text);
  const isVote = Boolean(button) && /^(up|down):/.test(button.value);
  const isQuiet = Boolean(button) && /^(up|down|why):/.test(button.value); // its thanks are a short notice
  const mine = isQuiet ? null : addResident(button ? button.textContent.trim() : text);
  unsent.hidden = true;
  toast.textContent = "";
  setBusy(true, isQuiet);
  try {
    const answer = await post(body);
    if (answer.toast !== null) {
      showToast(decodeURIComponent(answer.toast));
      if (isVote) pressVote(button);
      if (answer.html) addLoa(answer.html).scrollIntoView({ block: "nearest" });
      return true;
    }
    const loa = addLoa(answer.html);
    if (answer.refused) { mine?.remove(); putBack(text); }
    else if (mine) mine.querySelector("time").textContent = loa.querySelector("time").textContent;
    setBusy(false);
    scrollTo(loa);
    button ? loa.focus({ preventScroll: true }) : field.focus({ preventScroll: true });
    return !answer.refused;
  } catch {
    mine?.remove();
    putBack(text);
    unsent.hidden = false;
    again = () => (button ? send("", button) : submit());
    return false;
  } finally {
    setBusy(false);
  }
}

async function submit() {
  const text = field.value.trim();
  waiting = busy && Boolean(text);
  if (busy || !text) return;
  field.value = "";
  fit();
  if (await send(text) && waiting) submit();
}

function fit() {
  const most = field.maxLength, length = field.value.length;
  count.hidden = length < most * COUNT_FROM;
  count.textContent = `${length}/${most}`;
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target === composer) submit();
  else if (!busy && event.submitter) send("", event.submitter);
});
field.addEventListener("keydown", (event) => {
  // While Telex or another input method composes, Enter belongs to it; 229 is how Safari says so.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
field.addEventListener("input", fit);
byId("retry").addEventListener("click", () => { field.focus(); if (!busy) again(); });
fit();
if (turns.children.length > 1) byId("moi-nhat").scrollIntoView({ block: "start" });
