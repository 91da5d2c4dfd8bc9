// A check of drafts: shows how far it is each second; later, notes at once what the officer agrees to.
import { post } from "/static/office.js";

const root = document.querySelector("[data-module='checking']");
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ".");

async function ask() {
  const answer = await fetch(root.dataset.address, { headers: { "X-Loa-Part": "1" } });
  return answer.ok ? answer.json() : { running: false };
}

function show(state) {
  for (const step of root.querySelectorAll("[data-stage]")) {
    if (step.dataset.stage === state.stage) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
  if (state.stage !== "impact" || !state.total) return;
  const bar = root.querySelector("progress");
  [bar.max, bar.value] = [state.total, state.done];
  root.querySelector("[data-told]").textContent = `Đã thử ${number(state.done)} trong ${number(state.total)} câu.`;
}

async function follow() {
  try {
    const state = await ask();
    if (!state.running) return location.reload();
    show(state);
  } catch {
    root.querySelector("[data-told]").textContent = "Mất kết nối. Việc kiểm tra vẫn chạy; có mạng lại thì trang tự hiện tiếp.";
  }
  setTimeout(follow, 1000);
}

let sending = false;
let again = false;

async function agree(form) {
  if (sending) {
    again = true;
    return;
  }
  sending = true;
  const said = await post(form.action, new FormData(form));
  sending = false;
  if (again) {
    again = false;
    return agree(form);
  }
  tell(said);
}

function tell(said) {
  const told = document.querySelector("[data-left]");
  const left = said.problem ? null : JSON.parse(said.text).left;
  told.textContent = said.problem ?? (left ? `Còn ${left} thay đổi chưa được đồng ý ở trên.` : "Mọi thay đổi đã được đồng ý.");
  if (left !== null) {
    document.querySelector("h1").textContent = left ? `Còn ${left} thay đổi chờ anh/chị đồng ý` : root.dataset.ready;
  }
  if (left !== null) walk(left);
  for (const button of document.querySelectorAll("[data-publish] button")) {
    if (left !== null && !("closed" in button.dataset)) button.disabled = left > 0;
  }
}

// On from the step of agreeing once nothing is left to agree to, and back.
function walk(left) {
  const steps = document.querySelectorAll(".way li");
  for (const step of steps) step.removeAttribute("aria-current");
  steps[(left ? 3 : Number(root.dataset.readyStep)) - 1].setAttribute("aria-current", "step");
}

function offerCopy(box) {
  const [field, button] = [box.querySelector("input"), box.querySelector("button")];
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value).then(
      () => { button.textContent = "Đã chép"; },
      () => { field.select(); },
    );
  });
}

if (root.dataset.address) setTimeout(follow, 1000);
const form = root.querySelector("[data-accept]");
if (form) {
  form.addEventListener("change", () => agree(form));
  for (const button of form.querySelectorAll("button")) button.hidden = true;
}
for (const box of document.querySelectorAll("[data-copy]")) offerCopy(box);
