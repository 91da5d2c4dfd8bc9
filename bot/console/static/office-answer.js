// The editor of an answer: drafts, preview, findings beside their lines, quotations at the cursor.
import { post } from "/static/office.js";
import { keep } from "/static/office-keeping.js";

const LOOK = 120;
const page = document.querySelector("[data-module=answer]"), form = document.getElementById("viet-form");
const body = form.elements.body, address = page.dataset.address;
const preview = page.querySelector("[data-preview]"), fault = page.querySelector("[data-preview-fault]");
const under = page.querySelector(".under"), quoteFault = page.querySelector("[data-quote-fault]");
const words = document.getElementById("trich_chu"), clause = document.getElementById("trich_muc");

// The preview: one request at a time, the newest text last
let timer = 0, busy = false, again = false;
function lookLater() { clearTimeout(timer); timer = setTimeout(look, LOOK); }
async function look() {
  if (busy) { again = true; return; }
  busy = true;
  const answer = await post(`${address}/xem`, new FormData(form));
  busy = false;
  fault.hidden = !answer.problem;
  fault.textContent = answer.problem ?? "";
  if (answer.text) { preview.innerHTML = answer.text; mark(); } // a page of our own, escaped there
  if (again) { again = false; lookLater(); }
}

// Marks beneath the lines; the text itself stays in the textarea and is never touched
let flagged = new Map();
function mark() {
  flagged = new Map();
  for (const item of preview.querySelectorAll("[data-line]")) {
    const line = Number(item.dataset.line), name = item.querySelector("strong");
    if (flagged.get(line) !== "bad") flagged.set(line, item.className);
    const jump = document.createElement("button");
    jump.type = "button";
    jump.textContent = name.textContent;
    jump.addEventListener("click", () => go(line));
    name.replaceWith(jump);
  }
  requestAnimationFrame(draw);
}
function filled(text) {
  const mark = document.createElement("span");
  mark.className = "filled";
  mark.textContent = text;
  return mark;
}
function draw() {
  const lines = body.value.split("\n").map((text, at) => {
    const line = document.createElement("span");
    line.append(...(text || " ").split(/(«[^«»]*»)/).map((part, at) => at % 2 ? filled(part) : part));
    if (flagged.has(at + 1)) line.className = flagged.get(at + 1);
    return line;
  });
  under.replaceChildren(...lines.flatMap((line) => [line, "\n"]), " ");
}
function go(line) {
  const before = body.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const end = body.value.indexOf("\n", before);
  body.focus();
  body.setSelectionRange(before, end < 0 ? body.value.length : end);
}

function insert(text) {
  body.focus();
  // So that it can be undone like typing; otherwise straight into the field.
  if (!document.execCommand("insertText", false, text)) {
    body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
async function quote() {
  const answer = await post(`${address}/trich`, new FormData(form));
  quoteFault.hidden = !answer.problem;
  quoteFault.textContent = answer.problem ?? "";
  if (!answer.text) return;
  insert(answer.text);
  words.value = "";
}

mark();
const before = body.defaultValue;
if (!body.readOnly) {
  page.classList.add("live");
  keep(form, address);
  if (body.value !== before) lookLater();
  form.addEventListener("input", () => { requestAnimationFrame(draw); lookLater(); });
  form.addEventListener("change", lookLater);
  form.addEventListener("submit", (event) => {
    const [what, named] = (event.submitter?.value ?? "").split(":");
    const fact = named ? event.submitter : document.getElementById("du_kien")?.selectedOptions[0];
    if (what !== "trich" && what !== "du-kien") return;
    event.preventDefault();
    if (what === "trich") quote(); else insert(fact.dataset.mark);
  });
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const one = chosen.anchorNode?.parentElement?.closest("[data-clause]");
    if (chosen.isCollapsed || !one || !one.contains(chosen.focusNode)) return;
    clause.value = one.dataset.clause;
    words.value = chosen.toString().replace(/\s+/g, " ").trim();
  });
}
