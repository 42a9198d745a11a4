// On a small screen the filters start closed, so that the results are what people meet.
const filters = document.querySelector(".portal-all-filters");

if (filters && window.matchMedia("(max-width: 48.0525em)").matches) {
  filters.open = false;
}
