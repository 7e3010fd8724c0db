/* The language and the pinned release of a page stay in the address, wherever a reader goes from it.
 *
 * Links are built without them: they are added when a link is about to be used, and put back when Dash changes the
 * address by itself. A link of class `js-language` names the other language and keeps everything else. */
(function () {
  "use strict";
  const KEYS = ["lang", "release"];
  const asked = () => new URLSearchParams(location.search);
  let kept = {};
  const keep = () => { const now = asked(); kept = Object.fromEntries(KEYS.filter((k) => now.get(k)).map((k) => [k, now.get(k)])); };
  keep();

  function withKept(search, keys = KEYS) {
    const query = new URLSearchParams(search);
    for (const key of keys) if (kept[key] && !query.has(key)) query.set(key, kept[key]);
    return query.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
  }

  function other(link) {
    const query = asked();
    if (link.dataset.lang === link.dataset.default) query.delete("lang"); else query.set("lang", link.dataset.lang);
    const search = query.toString();
    link.setAttribute("href", location.pathname + (search ? "?" + search : "") + location.hash);
  }

  for (const kind of ["pointerdown", "focusin", "click"])
    document.addEventListener(kind, (event) => {
      const link = event.target.closest && event.target.closest("a[href]");
      if (!link || link.origin !== location.origin) return;
      if (link.classList.contains("js-language")) { other(link); return; }
      // Downloads that follow the filters (state.js) and links that unpin have their own rules.
      if (link.dataset.export || link.dataset.unpin !== undefined) return;
      if (link.getAttribute("href").startsWith("#") || !Object.keys(kept).length) return;
      // The notes and refusals of a file are in the language of the page; its release is for the link to say.
      const search = withKept(link.search, link.pathname.startsWith("/export/") ? ["lang"] : KEYS);
      if (search !== link.search.slice(1)) link.setAttribute("href", link.pathname + "?" + search + link.hash);
    }, true);

  // Dash's own links change the address themselves and know nothing of the keys.
  window.addEventListener("_dashprivate_pushstate", () => {
    const search = withKept(location.search);
    if (search !== location.search.slice(1))
      history.replaceState(history.state, "", location.pathname + (search ? "?" + search : "") + location.hash);
  }, true);
})();
