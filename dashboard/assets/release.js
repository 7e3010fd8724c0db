/* A page stays with the release it was built from, and says so when a newer one is out.
 *
 * The page names its release in <meta name="captagon-release">; each of its requests to Dash carries that name, so
 * that the server answers from the same release (dashboard/watcher.py), whatever was published since, and in the
 * language of the page (dashboard/asked.py). Other tabs may
 * hold other releases. Now and then the page asks /health which release is in force; hidden tabs do not ask. */
(function () {
  "use strict";
  const EVERY = 30000; // ms
  const named = document.querySelector('meta[name="captagon-release"]');
  const own = named ? named.content : "";
  const [label, sha256] = own.split("@");

  const plain = window.fetch;
  window.fetch = function (resource, options) {
    const address = new URL(resource instanceof Request ? resource.url : resource, location.href);
    if (!own || address.origin !== location.origin || !address.pathname.startsWith("/_dash-"))
      return plain.call(window, resource, options);
    const headers = new Headers((options && options.headers) || (resource instanceof Request ? resource.headers : undefined));
    headers.set("X-Captagon-Page", own);
    headers.set("X-Captagon-Lang", document.documentElement.lang);
    return plain.call(window, resource, { ...options, headers });
  };

  // Downloads named by a plain link come from the page's release too; those with filters: state.js.
  for (const kind of ["pointerdown", "focusin", "click"])
    document.addEventListener(kind, (event) => {
      const link = event.target.closest && event.target.closest('a[href^="/export/"]:not([data-export])');
      if (!link || !label) return;
      const address = new URL(link.href);
      address.searchParams.set("release", label);
      link.setAttribute("href", address.pathname + address.search);
    }, true);

  let asked = Date.now();
  let told = false;

  function announce() {
    const place = document.getElementById("news");
    if (!place || told) return;
    told = true;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "news__reload";
    button.textContent = place.dataset.reload;
    button.addEventListener("click", () => location.reload());
    place.replaceChildren(document.createTextNode(place.dataset.text + " · "), button);
  }

  function ask() {
    asked = Date.now();
    plain.call(window, "/health", { cache: "no-store" })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((found) => { if (found && found.sha256 && found.sha256 !== sha256) announce(); })
      .catch(() => {}); // the server restarts, the network is away: asked again
  }

  // A page that was pinned on purpose says itself what is newer: assets/cite.js.
  const due = () => { if (!told && !new URLSearchParams(location.search).has("release") && !document.hidden && Date.now() - asked >= EVERY) ask(); };
  setInterval(due, 5000);
  document.addEventListener("visibilitychange", due);

  window.captagon = { ...(window.captagon || {}), release: label || "" };
})();
