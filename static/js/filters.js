// On a small screen the filters start closed, so that the results are what people meet. Until then the stylesheet
// hides them, or the page would jump.
const filters = document.querySelector(".portal-all-filters");

if (filters) {
  if (window.matchMedia("(max-width: 48.0525em)").matches) {
    filters.open = false;
  }
  filters.dataset.settled = "";
}
