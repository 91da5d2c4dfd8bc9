// Makes the officers' pages livelier. Without this file every form still posts and the page comes back whole.

// Read anew each time: a page may have got the token of a new session meanwhile.
const token = () => document.body.dataset.formToken ?? "";

/** Post a form's fields and get a part of the page; `problem` is a sentence where it did not work. */
export async function post(address, fields, signal) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  try {
    const answer = await fetch(address, { method: "POST", body, signal, headers: { "X-Loa-Form": token(), "X-Loa-Part": "1" } });
    if (answer.ok) return { text: await answer.text(), status: answer.status };
    const said = await answer.json().catch(() => ({}));
    return { problem: said.problem ?? "Máy chủ chưa nhận được. Chữ của anh/chị vẫn còn ở đây.", status: answer.status };
  } catch (error) {
    if (error.name === "AbortError") return { aborted: true };
    return { problem: "Mất kết nối. Chữ của anh/chị vẫn còn ở đây; có mạng lại thì tự lưu.", status: 0 };
  }
}

// On a phone the navigation is wider than the screen: show where one is.
document.querySelector(".main-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Pages name the modules that make them lively: <main data-module="answer">.
const wanted = document.querySelector("[data-module]")?.dataset.module;
if (wanted) import(`/static/office-${wanted}.js`);
