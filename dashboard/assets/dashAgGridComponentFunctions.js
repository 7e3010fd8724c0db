/* Cells of the table of records. */
(function () {
  "use strict";
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const make = (...parts) => window.React.createElement(...parts);
  const address = (id) => "/event/" + id + location.search;

  const open = (href) => {
    history.pushState(null, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  };

  // A real link, so that it can be opened in a new tab, copied, and found by a screen reader.
  cells.EventLink = (props) =>
    make("a", {
      href: address(props.data.event_id),
      tabIndex: -1,
      className: "records__link",
      onClick: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) { event.stopPropagation(); return; }
        event.preventDefault();
      },
    }, props.data.when);

  cells.Amount = (props) =>
    make("span", { className: "records__amount" }, props.data.amount,
      props.data.machine ? make("em", { className: "machine" }, props.data.machine) : null,
      ...(props.data.marks || []).map((mark) => make("em", { key: mark, className: "differ" }, mark)));

  cells.Drug = (props) =>
    make("span", null, props.data.unstated ? make("i", { className: "hatch" }) : null, props.value);

  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.openEvent = (params) => {
    if (!params.data) return;
    if (params.event && params.event.type === "keydown" && params.event.key !== "Enter") return;
    if (params.event && (params.event.metaKey || params.event.ctrlKey || params.event.shiftKey)) return;
    if (String(window.getSelection ? window.getSelection() : "").length && params.event.type === "click") return;
    open(address(params.data.event_id));
  };

  // Columns and sorting are part of the address; a table filtered by its headings can be downloaded as it stands.
  const set = (key, value) => {
    const search = new URLSearchParams(location.search);
    if (value) search.set(key, value); else search.delete(key);
    const text = search.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
    history.replaceState(history.state, "", location.pathname + (text ? "?" + text : ""));
  };
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.records = {
    choose: function (shown, usual, definitions) {
      if (!shown || !definitions) return window.dash_clientside.no_update;
      const same = shown.length === usual.length && usual.every((name) => shown.includes(name));
      set("columns", same ? "" : shown.join(","));
      return definitions.map((column) => ({ ...column, hide: !shown.includes(column.colId) }));
    },
    state: function (state) {
      const by = (state || []).find((column) => column.sort);
      if (state) set("sort", by ? (by.sort === "desc" ? "-" : "") + by.colId : "");
      return window.dash_clientside.no_update;
    },
    narrowed: function (rows, model, texts) {
      const none = !model || !Object.keys(model).length;
      if (none || !rows) return [true, "", "", ""];
      const ids = rows.map((row) => parseInt(row.event_id.slice(4), 10)).join(",");
      const query = "?scope=all&from=all&drug=any&ids=" + ids;
      const fits = rows.length > 0 && rows.length <= texts.most;
      const said = (fits ? texts.some : texts.many).replace("{n}", rows.length.toLocaleString("en"));
      return [false, said, fits ? "/export/seizures.xlsx" + query : "", fits ? "/export/seizures.csv" + query : ""];
    },
  };
})();
