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

// Signing in, in another tab, gives this browser another token than the waiting form was made with.

document.addEventListener("submit", ({ target: { dataset, elements } }) => {
  const fresh = document.cookie.split("; ").find((pair) => pair.startsWith(`${dataset.freshToken}=`));
  if (dataset.freshToken && fresh) {
    elements.csrfmiddlewaretoken.value = fresh.slice(dataset.freshToken.length + 1);
  }
});

// Whoever has not clicked for long is told before their sign-in ends, and stays signed in by one press.

const warning = document.querySelector("[data-sign-in-ends]");
if (warning) {
  const wait = () => setTimeout(() => { warning.hidden = false; }, 1000 * warning.dataset.signInEnds);
  warning.querySelector("button").addEventListener("click", async () => {
    const { redirected, ok } = await fetch(warning.dataset.address);
    if (ok && !redirected) {
      warning.hidden = true;
      wait();
    } else {
      location.reload();
    }
  });
  wait();
}
