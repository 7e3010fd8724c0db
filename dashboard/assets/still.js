/* Draws a component of dashboard/components/still.py: html parts given as data, in one React component. Texts are
   texts: nothing in them is read as markup. */
(function () {
  "use strict";

  function open(event) {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", event.currentTarget.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  function draw(part, key) {
    if (part === null || part === undefined || typeof part === "boolean") return null;
    if (Array.isArray(part)) return part.map(draw);
    if (typeof part !== "object") return part;
    const { children, ...given } = part.props;
    const link = part.type === "Link"; // a page of this dashboard
    const properties = { ...given, key };
    if (link) properties.onClick = open;
    const parts = Array.isArray(children) ? children.map(draw) : [draw(children, 0)];
    return window.React.createElement(link ? "a" : part.type.toLowerCase(), properties, ...parts);
  }

  const Still = (props) => window.React.createElement(window.React.Fragment, null, draw(props.content, 0));
  window.captagon = { ...(window.captagon || {}), Still };
})();
