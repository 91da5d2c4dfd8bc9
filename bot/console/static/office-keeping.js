// Keeps what an officer types: a draft on every pause, a copy on this machine until the server has it.
import { post } from "/static/office.js";

const PAUSE = 1200, RETRY = 4000;
const OWN = ["form_token", "base", "viec", "trich_muc", "trich_chu", "van_ban", "du_kien"];
const REFUSED = 403, SIGNED_OUT = 401;

/** Keep the fields of `form`; `address` takes them. */
export function keep(form, address) {
  const said = form.querySelector("[data-kept]");
  const clash = document.getElementById("xung-dot"), held = document.getElementById("con-giu");
  const place = `loa:${address}`;
  let timer = 0, busy = false, again = false, composing = false, paused = !clash.hidden;
  let saved = fields(true);

  /** What stands in the fields now, or what the server put there: typing may begin before this file has come. */
  function fields(given = false) {
    const own = [...form.elements].filter((each) => each.name && each.type !== "submit" && !OWN.includes(each.name));
    return JSON.stringify(Object.fromEntries(own.map((each) => [each.name, given ? asGiven(each) : each.value])));
  }
  /** Without the note, which begins anew on every page. */
  function unnoted(found) { return JSON.stringify({ ...JSON.parse(found), ghi_chu: "" }); }
  function asGiven(each) {
    if (each.options) return ([...each.options].find((one) => one.defaultSelected) ?? each.options[0])?.value ?? "";
    return each.defaultValue;
  }
  function say(text, wrong) {
    said.textContent = text;
    said.classList.toggle("problem", Boolean(wrong));
  }
  function copy(text) {
    try { text === null ? localStorage.removeItem(place) : localStorage.setItem(place, text); } catch { /* full or forbidden */ }
  }
  function later(wait = PAUSE) { clearTimeout(timer); timer = setTimeout(save, wait); }

  function changed() {
    copy(fields());
    if (!paused) { say("Đang gõ …"); later(); }
  }

  async function save() {
    clearTimeout(timer);
    if (composing || paused) return paused ? undefined : later();
    if (busy) { again = true; return; }
    const sent = fields();
    if (sent === saved) { copy(null); return said.classList.remove("problem"); }
    busy = true;
    say("Đang lưu …");
    let answer = await post(`${address}/luu`, new FormData(form));
    if (answer.status === REFUSED && await renewed()) answer = await post(`${address}/luu`, new FormData(form));
    busy = false;
    if (answer.problem) return failed(answer);
    kept(JSON.parse(answer.text), sent);
    if (again) { again = false; later(0); }
  }

  function failed(answer) {
    again = false;
    say(answer.problem, true);
    if (answer.status === 0 || answer.status >= 500) later(RETRY);
    if (answer.status === SIGNED_OUT) window.addEventListener("focus", () => later(0), { once: true });
  }

  function kept(told, sent) {
    if (told.state === "conflict") {
      paused = true;
      clash.querySelector("[data-both]").innerHTML = told.conflict; // a page of our own, escaped there
      clash.dataset.base = told.base;
      clash.hidden = false;
      return say("Chưa lưu: có người vừa sửa cùng dòng.", true);
    }
    // From the own text on: what others added is brought together anew with every saving.
    form.elements.base.value = told.mine;
    if (told.state !== "unchanged") drafted();
    saved = sent;
    if (fields() === sent) copy(null);
    const now = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    say(told.state === "merged" ? `Đã lưu lúc ${now}, gộp với phần người khác vừa sửa; tải lại trang để thấy cả hai.` : `Đã lưu nháp lúc ${now}. Bà con chưa thấy.`);
  }

  function drafted() {
    const badge = document.querySelector("[data-state]"), onward = form.querySelector("[data-onward]");
    badge.className = "state draft";
    badge.textContent = "Bản nháp";
    if (onward) onward.hidden = false;
  }

  /** After signing in again elsewhere this page needs the token of the new session. */
  async function renewed() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const token = page.body.dataset.formToken;
      if (!token || token === document.body.dataset.formToken) return false;
      document.body.dataset.formToken = form.elements.form_token.value = token;
      return true;
    } catch { return false; }
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "lay-cua-ho") copy(null); // the server keeps it in the history
    if (event.submitter?.value !== "luu") return;
    event.preventDefault();
    if (paused) {
      paused = false;
      if (clash.dataset.base) form.elements.base.value = clash.dataset.base;
      saved = "";
      clash.hidden = true;
    }
    save().then(() => { if (fields() === saved && !said.textContent.startsWith("Đã")) say("Mọi thay đổi đã lưu."); });
  });
  window.addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) later(0); });

  // What an earlier visit could not save
  let earlier = null;
  try { earlier = localStorage.getItem(place); } catch { /* forbidden */ }
  if (earlier && unnoted(earlier) !== unnoted(saved)) held.hidden = false; else if (earlier) copy(null);
  held.addEventListener("click", (event) => {
    const what = event.target.dataset.do;
    if (!what) return;
    held.hidden = true;
    if (what === "forget") return copy(null);
    for (const [name, value] of Object.entries(JSON.parse(earlier))) if (form.elements[name]) form.elements[name].value = value;
    form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }));
  });
  if (held.hidden && fields() !== saved) changed();
}
