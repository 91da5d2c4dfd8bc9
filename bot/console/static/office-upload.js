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
    problem.textContent = "Tệp lớn quá 20 MB. Anh/chị bỏ ảnh ra khỏi tệp, hoặc chỉ giữ phần chữ của văn bản.";
    return;
  }
  said.textContent = "Đang gửi và đọc tệp. Có thể mất nửa phút.";
});
