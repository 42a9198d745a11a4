// Cards without the mouse, and nothing typed is lost when the session ends or the tab is closed.

const form = document.querySelector("[data-card-entry]");
const text = form.elements.text;
const draft = `card:${form.dataset.cardEntry}`;
const kept = ["person", "text", "themes"];

if ("cardSaved" in form.dataset) {
  localStorage.removeItem(draft);
  text.focus(); // the banner that says so has taken it
} else if (!text.value) {
  const typed = JSON.parse(localStorage.getItem(draft) ?? "{}");
  for (const name of kept) {
    form.elements[name].value = typed[name] ?? form.elements[name].value;
  }
}

form.addEventListener("input", () => {
  const typed = Object.fromEntries(kept.map((name) => [name, form.elements[name].value]));
  localStorage.setItem(draft, JSON.stringify(typed));
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === "Escape" && !text.value) {
    document.querySelector("[data-card-undo]")?.requestSubmit();
  }
});
