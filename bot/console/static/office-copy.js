// A button that copies what stands in a field; it stays hidden where the browser cannot.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-copied]");
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Đã chép.";
    } catch {
      field.focus();
      said.textContent = "Máy không cho chép; chữ đã được chọn, anh/chị bấm Ctrl+C.";
    }
  });
}
