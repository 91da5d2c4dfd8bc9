// Shows a sentence while it is written, and inserts what Loa fills in. The textarea is never written to otherwise.
import { post } from "/static/office.js";

const form = document.getElementById("sua");
const field = document.getElementById("text");
const seen = document.getElementById("thay");
const WAIT = 250;

let timer = 0, running = false, again = false;

async function look() {
  if (running) { again = true; return; }
  running = true;
  const answer = await post(`${form.action}/xem`, { text: field.value });
  running = false;
  if (answer.text !== undefined) seen.innerHTML = answer.text;
  else if (answer.problem) seen.replaceChildren(Object.assign(document.createElement("p"), { className: "warning", textContent: answer.problem }));
  if (again) { again = false; look(); }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

if (form) {
  field.addEventListener("input", later);
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
      field.focus();
      later();
    });
  }
  let saved = field.value;
  form.addEventListener("submit", () => { saved = field.value; });
  addEventListener("beforeunload", (event) => { if (field.value !== saved) event.preventDefault(); });
}
