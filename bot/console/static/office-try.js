// A question to try: the answer comes without leaving the page.
import { post } from "/static/office.js";

const page = document.querySelector("[data-module=try]"), form = page.querySelector("form");
const busy = page.querySelector("[data-busy]"), result = page.querySelector("[data-result]");
let asking = null;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  asking?.abort();
  const own = asking = new AbortController();
  busy.hidden = false;
  const answer = await post(form.action, new FormData(form), own.signal);
  if (answer.aborted) return;
  busy.hidden = true;
  if (answer.text) result.innerHTML = answer.text; // a page of our own, escaped there
  else result.textContent = answer.problem;
});
