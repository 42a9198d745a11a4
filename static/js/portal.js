import { initAll } from "../vendor/nhsuk-frontend.min.js";

initAll();

// A form is sent once, however often its button is pressed. A download leaves the page standing, so it may be sent
// again after a while, and so may a form that somebody comes back to.

const PAUSE = 30_000; // milliseconds
const sending = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") {
    return;
  }
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  sending.add(form);
  setTimeout(() => sending.delete(form), PAUSE);
});

addEventListener("pageshow", () => sending.clear());
