/* The digits of an Arabic page: 0-9 as they come, or ٠-٩ for a reader who chose them (cookie `digits`).
 *
 * Everything is written with 0-9, by the server, plotly, the table and the map alike; here what is shown is changed in one
 * place, so that no page mixes the two: texts, and the names of things that only a screen reader or a tooltip says.
 * Left as they are: what is set apart as the other script's (ids, addresses, names of files), texts of that script, code, what a reader
 * types, and anything inside [data-digits="keep"]. */
(function () {
  "use strict";
  const page = document.documentElement;
  if (page.lang !== "ar") return;
  const KEPT = "script, style, code, pre, textarea, input, svg style, [data-digits='keep'], [lang]:not([lang|='ar'])";
  const NAMES = ["title", "aria-label", "placeholder", "data-label"];
  // An isolate with Latin letters; an address; a word with a Latin letter; a release such as 2026.11.2; else a number.
  const PARTS = /[\u2066-\u2068][^\u2066-\u2069]*[A-Za-z][^\u2066-\u2069]*\u2069|https?:\S+|[\w./-]*[A-Za-z][\w./-]*|\d+(?:\.\d+){2,}|\d[\d.,]*%?|%/g;
  const chosen = () => (document.cookie.match(/(?:^|; )digits=(arab|latn)/) || [])[1] || "latn";
  const digits = (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));

  function number(part) {
    if (/[A-Za-z\u2066-\u2069]/.test(part) || /^\d+(\.\d+){2,}$/.test(part)) return part;
    const closing = /[.,]$/.test(part) ? part.slice(-1) : ""; // the end of a sentence, not of a number
    const bare = closing ? part.slice(0, -1) : part;
    return digits(bare.replace(/,(?=\d{3})/g, "٬").replace(/\.(?=\d)/g, "٫").replace("%", "٪")) + closing;
  }
  const arabic = (text) => text.replace(PARTS, number);

  function one(node) {
    const from = node.data;
    if (/[A-Za-z]{2}/.test(from) && !/[\u0600-\u06ff]/.test(from)) return; // a text of the other script keeps its digits
    if (!/[\d%]/.test(from) || (node.parentElement && node.parentElement.closest(KEPT))) return;
    const to = arabic(from);
    if (to !== from) node.data = to;
  }
  function named(element) {
    if (element.closest("[data-digits='keep']")) return;
    for (const name of NAMES) {
      const from = element.getAttribute(name);
      if (from && /\d/.test(from) && arabic(from) !== from) element.setAttribute(name, arabic(from));
    }
  }
  function all(root) {
    if (root.nodeType === Node.TEXT_NODE) { one(root); return; }
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    named(root);
    root.querySelectorAll(NAMES.map((name) => "[" + name + "]").join(",")).forEach(named);
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) one(walk.currentNode);
  }

  page.dataset.digits = chosen();
  if (chosen() === "arab") {
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "characterData") one(change.target);
        else if (change.type === "attributes") named(change.target);
        else change.addedNodes.forEach(all);
      }
    }).observe(page, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
    all(page);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#digits-switch")) return;
    const next = chosen() === "arab" ? "latn" : "arab";
    document.cookie = "digits=" + next + "; path=/; max-age=31536000; SameSite=Lax";
    location.reload(); // what is written once is written anew: there is no way back from ٢٠٢٦ to what it came from
  });
})();
