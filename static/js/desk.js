// Keeps the desk's numbers up to date while note-takers write. The portal answers with nothing while nothing changed.

const EVERY = 10_000; // milliseconds
const region = document.getElementById("desk");
const total = document.getElementById("desk-total");
const state = document.getElementById("desk-state");
const button = document.getElementById("desk-pause");
let paused = false;
let seen = "";

function say(words) {
  if (state.textContent !== words) {
    state.textContent = words;
  }
}

function show(page) {
  const found = new DOMParser().parseFromString(page, "text/html");
  region.replaceChildren(...found.getElementById("desk").childNodes);
  if (total.textContent !== found.getElementById("desk-total").textContent) {
    total.textContent = found.getElementById("desk-total").textContent;
  }
}

async function look() {
  // Nobody's button is taken from under their finger, and nothing is asked for while nobody looks.
  if (paused || document.hidden || region.contains(document.activeElement)) {
    return;
  }
  try {
    const response = await fetch(window.location.href, { headers: { "If-None-Match": seen }, redirect: "error" });
    if (response.status === 200) {
      show(await response.text());
      seen = response.headers.get("ETag") || "";
    } else if (response.status !== 304) {
      throw new Error(response.status);
    }
    say(paused ? "Paused." : "These numbers keep themselves up to date.");
  } catch {
    say("These numbers are not up to date: the portal cannot be reached, or you are signed out.");
  }
}

button.hidden = false;
button.addEventListener("click", () => {
  paused = !paused;
  button.textContent = paused ? "Go on" : "Pause";
  say(paused ? "Paused." : "These numbers keep themselves up to date.");
  look();
});
say("These numbers keep themselves up to date.");
setInterval(look, EVERY);
