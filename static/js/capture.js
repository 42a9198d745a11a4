// Keeps notes on the device until the portal has them, so that nothing is lost with the signal.
// Each note has a key of its own: sending it again keeps it once.

const forms = [...document.querySelectorAll(".portal-capture")];
const state = document.getElementById("capture-state");
const store = `notes:${window.location.pathname}`;
const RETRY_AFTER = 5000; // milliseconds
let sending = false;

const waiting = () => JSON.parse(localStorage.getItem(store) || "[]");
const keep = (notes) => localStorage.setItem(store, JSON.stringify(notes));
const draft = (form) => `${store}:${form.elements.section.value}`;

// As crypto.randomUUID, which browsers offer only over https.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(words) {
  if (state.textContent !== words) {
    state.textContent = words;
  }
}

function show(note) {
  const item = document.createElement("li");
  item.className = "portal-point";
  const text = document.createElement("p");
  text.textContent = note.text;
  item.append(text);
  if (note.enabled_by) {
    const enabled = document.createElement("p");
    enabled.className = "portal-point__enabled";
    const label = document.createElement("strong");
    label.textContent = "Enabled by: ";
    enabled.append(label, note.enabled_by);
    item.append(enabled);
  }
  document.querySelector(`#${note.section} .portal-points`).append(item);
}

async function send(note) {
  const body = new FormData();
  for (const [name, value] of Object.entries(note)) {
    body.append(name, value);
  }
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  return fetch(window.location.pathname, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
}

// A note that the portal cannot take, such as one that is too long, goes back into its box.
function giveBack(note) {
  keep(waiting().filter((other) => other.key !== note.key));
  const { text, enabled_by: enabledBy } = forms.find((form) => form.elements.section.value === note.section).elements;
  text.value = [note.text, text.value].filter(Boolean).join("\n");
  enabledBy.value = enabledBy.value || note.enabled_by;
  say("One point could not be kept, perhaps because it is too long. It is in its box again.");
}

async function sendWaiting() {
  if (sending) {
    return;
  }
  sending = true;
  let refused = false;
  while (waiting().length && !refused) {
    const [note] = waiting();
    try {
      const response = await send(note);
      if (response.status === 422) {
        giveBack(note);
        continue;
      }
      if (!response.ok) {
        refused = true;
        say("The portal does not take notes now. They are kept on this device: tell the Senate's staff.");
        break;
      }
      keep(waiting().filter((other) => other.key !== note.key));
      if (!waiting().length) {
        say("All points are kept by the portal.");
      }
    } catch {
      refused = true;
      const number = waiting().length;
      say(`No signal: ${number} ${number === 1 ? "point waits" : "points wait"} on this device and will be sent by itself.`);
    }
  }
  sending = false;
}

for (const form of forms) {
  const { text, enabled_by: enabledBy, is_unclear: isUnclear, section } = form.elements;
  const saved = JSON.parse(localStorage.getItem(draft(form)) || "null");
  if (saved && !text.value) {
    text.value = saved.text;
    enabledBy.value = saved.enabled_by;
  }
  form.addEventListener("input", () => {
    localStorage.setItem(draft(form), JSON.stringify({ text: text.value, enabled_by: enabledBy.value }));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!text.value.trim()) {
      say("Write what was said.");
      text.focus();
      return;
    }
    const note = { key: newKey(), section: section.value, text: text.value, enabled_by: enabledBy.value };
    if (isUnclear.checked) {
      note.is_unclear = "on";
    }
    keep([...waiting(), note]);
    localStorage.removeItem(draft(form));
    form.reset();
    text.focus();
    show(note);
    sendWaiting();
  });
}

// Order, merging and parting: the page is drawn anew afterwards, and what is half written stays in its box.
async function change(form, button) {
  const body = new FormData(form);
  body.append(button.name, button.value);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (response.ok) {
      window.location.hash = (await response.json()).at;
    }
    window.location.reload();
  } catch {
    say("No signal: points can change places again when it is back. Nothing was changed.");
  }
}

for (const form of document.querySelectorAll(".portal-actions")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(form, event.submitter);
  });
}

for (const note of waiting()) {
  show(note);
}
window.addEventListener("online", sendWaiting);
setInterval(sendWaiting, RETRY_AFTER);
sendWaiting();
