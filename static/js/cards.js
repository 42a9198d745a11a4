// Cards without the mouse. Nothing typed is lost when the session ends or the tab is closed, and effort is counted.

const form = document.querySelector("[data-card-entry]");
const text = form.elements.text;
const person = form.elements.person;
const people = [...document.querySelectorAll("#people option")].map((option) => ({ option, label: option.value }));
const draft = `card:${form.dataset.cardEntry}`;
const kept = ["person", "text", "themes"];
const ticked = ["is_unclear", "agrees"];
const effort = { keys: 0, seconds: 0 };
let began = null;

if ("cardSaved" in form.dataset) {
  localStorage.removeItem(draft);
  text.focus(); // the banner that says so has taken it
} else if (!text.value) {
  const typed = JSON.parse(localStorage.getItem(draft) ?? "{}");
  for (const name of kept) {
    form.elements[name].value = typed[name] ?? form.elements[name].value;
  }
  for (const name of ticked) {
    form.elements[name].checked = typed[name] ?? form.elements[name].checked;
  }
  Object.assign(effort, typed.effort);
} else {
  effort.keys = Number(form.elements.keys.value);
  effort.seconds = Number(form.elements.seconds.value);
}

const spent = () => effort.seconds + (began ? Math.round((Date.now() - began) / 1000) : 0);

form.addEventListener("keydown", () => {
  began ??= Date.now();
  effort.keys += 1;
});

form.addEventListener("input", () => {
  const typed = Object.fromEntries([
    ...kept.map((name) => [name, form.elements[name].value]),
    ...ticked.map((name) => [name, form.elements[name].checked]),
  ]);
  typed.effort = { keys: effort.keys, seconds: spent() };
  localStorage.setItem(draft, JSON.stringify(typed));
});

form.addEventListener("submit", () => {
  form.elements.keys.value = effort.keys;
  form.elements.seconds.value = spent();
});

// Behind each ; the list is offered anew, for those who share the card.
person.addEventListener("input", () => {
  const [before] = person.value.match(/^.*;\s*|/);
  for (const { option, label } of people) {
    option.value = before + label;
  }
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
