/* Pinned links, the banner of a pinned page, and pictures of charts.
 *
 * A page whose address names a release (`?release=2026.11.2`) asks the server what changed in this view since
 * (dashboard/cite/routes.py) and shows the answer over the page; it asks again when the filters change. */
(function () {
  "use strict";

  // --- links -----------------------------------------------------------------------------------------------------

  const toast = (text) => window.captagon.toast(text); // assets/state.js

  const tidy = (query) => query.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");

  function pinnedAddress(label) {
    const query = new URLSearchParams(location.search);
    query.set("release", label);
    return `${location.origin}${location.pathname}?${tidy(query)}`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.js-share, button.js-pin");
    if (!button) return;
    const release = button.dataset.release; // a link without one shows the newest
    const address = release ? pinnedAddress(release) : location.href;
    const done = () => { toast(button.dataset.copied); };
    if (!release && navigator.share && matchMedia("(pointer: coarse)").matches) navigator.share({ url: address }).catch(() => {});
    else if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, () => toast(address));
    else toast(address);
  });

  // Menus shut with Escape and with a click beside them.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open], details.card-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest && event.target.closest("details.menu[open], details.card-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // --- the banner of a pinned page ---------------------------------------------------------------------------------

  let shown = null; // the question that the banner answers
  let timer = 0;

  function question() {
    const query = new URLSearchParams(location.search);
    if (!query.get("release")) return "";
    query.set("lang", document.documentElement.lang);
    query.set("path", location.pathname);
    return tidy(query);
  }

  function show() {
    const place = document.getElementById("pinned");
    if (!place) return;
    const asked = question();
    if (asked === shown) return;
    shown = asked;
    if (!asked) { place.replaceChildren(); return; }
    const open = place.querySelector("details") && place.querySelector("details").open;
    fetch(`/pinned?${asked}`)
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((html) => {
        if (asked !== shown) return;
        // The server escapes every text in it; the policy of the page runs no script that it might hold.
        const parsed = new DOMParser().parseFromString(html, "text/html");
        place.replaceChildren(...parsed.body.childNodes);
        const details = place.querySelector("details");
        if (details && open) details.open = true;
        place.dataset.ready = asked;
      })
      .catch(() => { shown = null; });
  }

  const soon = () => { clearTimeout(timer); timer = setTimeout(show, 150); };
  for (const name of ["pushState", "replaceState"]) {
    const plain = history[name];
    history[name] = function (...rest) { plain.apply(this, rest); soon(); };
  }
  window.addEventListener("popstate", soon);
  // React draws the frame of the page after this script ran.
  const waiting = new MutationObserver(() => {
    if (!document.getElementById("pinned")) return;
    waiting.disconnect();
    show();
  });
  waiting.observe(document.documentElement, { childList: true, subtree: true });
})();
