/* The drawer of filters takes the focus when it opens, holds it, and gives it back when it closes.
 *
 * The component's own trap works once only for a drawer that stays in the page while it is shut. */
(function () {
  "use strict";
  const OPENERS = "#drawer-open, #drawer-open-phone";
  const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";
  let opener = null, open = false;

  const content = () => document.querySelector(".mantine-Drawer-content");
  const shown = (node) => !!node && node.checkVisibility({ visibilityProperty: true });
  const stops = (node) => [...node.querySelectorAll(STOPS)].filter((one) => one.tabIndex >= 0 && !one.disabled && shown(one));

  function look(node) {
    if (shown(node) === open) return;
    open = !open;
    if (!open) { if (opener && opener.isConnected) opener.focus(); return; }
    const close = node.querySelector(".mantine-Drawer-close");
    if (!node.contains(document.activeElement) && close) close.focus();
  }

  const watched = new WeakSet();
  function watch(node) {
    if (!node || watched.has(node)) return;
    watched.add(node);
    // After the component's own steps, which may move the focus too.
    new MutationObserver(() => setTimeout(look, 30, node)).observe(node, { attributes: true, attributeFilter: ["style"] });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(OPENERS);
    if (!button) return;
    opener = button;
    watch(content());
    setTimeout(() => look(content()), 300); // opened without a step between
  }, true);

  document.addEventListener("keydown", (event) => {
    const node = event.key === "Tab" && open && content();
    if (!node || !shown(node)) return;
    const now = document.activeElement;
    if (now.closest && now.closest("[data-portal], .mantine-Popover-dropdown")) return; // a calendar over the drawer
    const all = stops(node);
    const edge = event.shiftKey ? all[0] : all[all.length - 1];
    if (node.contains(now) && now !== edge) return;
    event.preventDefault();
    (event.shiftKey ? all[all.length - 1] : all[0]).focus();
  }, true);
})();
