/* The page of totals is drawn after the browser has looked for the anchor of the address: shown once more. */
(function () {
  "use strict";
  let last = {}; // the total shown, and the page it was shown on: a change of the filters moves nobody

  function show() {
    const id = decodeURIComponent(location.hash.slice(1));
    const found = id.startsWith("AGG-") && document.getElementById(id);
    for (const old of document.querySelectorAll(".is-asked-for")) old.classList.remove("is-asked-for");
    if (!found) { last = {}; return; }
    found.classList.add("is-asked-for");
    const fold = found.closest("details");
    if (fold) fold.open = true;
    const page = found.closest("#official-body");
    if (last.id === id && last.page === page) return;
    last = { id, page };
    found.scrollIntoView({ block: "center" });
    found.tabIndex = -1; // as a browser does for an anchor: the next Tab goes on from here
    found.focus({ preventScroll: true });
  }

  /* On paper nothing can be opened. */
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".totals__fold:not([open])")];
    for (const fold of unfolded) fold.open = true;
  });
  window.addEventListener("afterprint", () => { for (const fold of unfolded.splice(0)) fold.open = false; });

  window.addEventListener("hashchange", show);
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.official = {
    show: function () {
      requestAnimationFrame(show);
      return window.dash_clientside.no_update;
    },
  };
})();
