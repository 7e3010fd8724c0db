/* The page of totals is drawn after the browser has looked for the anchor of the address: shown once more. */
(function () {
  "use strict";
  function show() {
    const id = decodeURIComponent(location.hash.slice(1));
    const found = id.startsWith("AGG-") && document.getElementById(id);
    for (const old of document.querySelectorAll(".is-asked-for")) old.classList.remove("is-asked-for");
    if (!found) return;
    found.classList.add("is-asked-for");
    found.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", show);
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.official = {
    show: function () {
      requestAnimationFrame(show);
      return window.dash_clientside.no_update;
    },
  };
})();
