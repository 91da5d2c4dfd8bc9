// Choosing a file: one that is too big is said before it is sent, and a slow one shows that it is on its way.

const form = document.querySelector("[data-module='upload']");
const problem = form.querySelector("[role='alert']");
const said = form.querySelector("[role='status']");

form.addEventListener("submit", (event) => {
  const file = form.elements.tep.files[0];
  const tooBig = file && file.size > Number(form.dataset.most);
  problem.hidden = !tooBig;
  if (tooBig) {
    event.preventDefault();
    problem.textContent = `Tệp lớn quá: máy nhận tới ${Math.floor(form.dataset.most / 1e6)} MB. ${form.dataset.mend}`;
    return;
  }
  said.textContent = "Đang gửi và đọc tệp. Có thể mất nửa phút.";
});
