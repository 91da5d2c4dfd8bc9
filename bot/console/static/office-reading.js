// Correcting a reading: what is typed is saved on each pause, and a clause is cut where the cursor stands.

import { post } from "/static/office.js";

const PAUSE = 1500;
const form = document.querySelector("[data-module='reading']");
const said = form.querySelector("[data-said]");
let timer = 0;
let busy = false;
let dirty = false;
let stopped = false;

function fields() {
  const given = new FormData(form);
  given.set("viec", "luu");
  return new URLSearchParams(given);
}

async function save() {
  if (busy || stopped || !dirty) return;
  busy = true;
  dirty = false;
  said.textContent = "Đang lưu …";
  const answer = await post(form.action, fields());
  busy = false;
  if (answer.problem) {
    dirty = true;
    stopped = answer.status === 409 || answer.status === 403;
    said.textContent = answer.problem;
    if (!stopped) wait(PAUSE * 4);
    return;
  }
  form.elements.lan.value = JSON.parse(answer.text).lan;
  said.textContent = "Đã lưu tạm.";
  if (dirty) wait(PAUSE);
}

function wait(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

form.addEventListener("input", () => {
  dirty = true;
  wait(PAUSE);
});
form.addEventListener("compositionend", () => wait(PAUSE));

// A press while a save is under way would be taken for somebody else's: it waits for the answer.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!busy) {
    stopped = true;
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  const again = setInterval(() => {
    if (busy) return;
    clearInterval(again);
    form.requestSubmit(button);
  }, 50);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[value^='tach:']");
  const text = button?.closest("fieldset").querySelector("textarea");
  if (!text || /^[ \t]*===+[ \t]*$/m.test(text.value)) return;
  const at = text.selectionStart;
  if (at > 0 && at < text.value.length) {
    text.value = `${text.value.slice(0, at)}\n===\n${text.value.slice(at)}`;
  }
});
