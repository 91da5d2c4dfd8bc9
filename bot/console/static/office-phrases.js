// The phrases of a subject: a draft on every pause.
import { keep } from "/static/office-keeping.js";

const page = document.querySelector("[data-module=phrases]");
if (page.querySelector("[data-kept]")) keep(document.getElementById("viet-form"), page.dataset.address);
