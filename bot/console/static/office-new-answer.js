// Suggests the id of a new subject while its title is typed.
const title = document.getElementById("ten"), id = document.getElementById("ma");
let own = id.value !== "";
id.addEventListener("input", () => { own = id.value !== ""; });
title.addEventListener("input", () => {
  if (own) return;
  const plain = title.value.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  while (words.length && /^[0-9]/.test(words[0])) words.shift();
  while (words.length > 1 && words.join("_").length > 28) words.pop();
  id.value = words.join("_").slice(0, 28);
});
