/* The state of the filters and the address bar.
 *
 * Widgets -> query string (history entry, store "query") and back. The store drives the server callbacks; the
 * address is what people share. Back and links of class `js-state` set the widgets without reloading the page. */
(function () {
  "use strict";
  const DEFAULTS = { scope: "iq-sy", period: "change", vs: "before", grain: "auto", scale: "log" };
  const MULTI = ["country", "admin1", "drug", "sector", "relation", "type", "site", "transport", "authority", "agency", "precision", "read"];
  const SINGLE = ["min", "max", "border_km", "origins", "q", "grain", "scale", "cut"];
  const OWN = new Set(["scope", "from", "to", "vs", "ids", ...MULTI, ...SINGLE]);
  const PRESETS = new Set(["change", "12m", "all"]);
  let pending = null; // query that the widgets are being set to; their callbacks are silent until they agree
  let lastTyped = 0;

  const blank = (v) => v === null || v === undefined || v === "" || (Array.isArray(v) && !v.length);
  const day = (v) => (v ? String(v).slice(0, 10) : "");

  function compose(v) {
    const pairs = [];
    const put = (key, value) => { if (!blank(value)) pairs.push([key, value]); };
    if (v.scope !== DEFAULTS.scope) put("scope", v.scope);
    if (/^\d{4}$/.test(v.period || "")) {
      put("from", v.period + "-01-01"); put("to", v.period + "-12-31");
    } else if (v.period === "custom") {
      const [from, to] = v.dates || [];
      if (from && to) { put("from", day(from)); put("to", day(to)); }
    } else if (v.period !== DEFAULTS.period) put("from", v.period);
    const other = v.vs_dates || [];
    if (v.vs === "custom") { if (other[0] && other[1]) put("vs", day(other[0]) + ".." + day(other[1])); }
    else if (v.vs !== DEFAULTS.vs) put("vs", v.vs);
    for (const key of MULTI) put(key, (v[key] || []).join(","));
    for (const key of SINGLE) if (v[key] !== DEFAULTS[key]) put(key, String(v[key] ?? "").trim());
    put("ids", (v.ids || []).map((id) => String(parseInt(String(id).replace(/^CAP-/, ""), 10))).join(","));
    return pairs.map(([k, x]) => k + "=" + encodeURIComponent(x).replace(/%2C/g, ",").replace(/%3A/g, ":")).join("&");
  }

  function parse(search) {
    const p = new URLSearchParams(search);
    const v = { scope: p.get("scope") || DEFAULTS.scope, dates: [null, null], vs_dates: [null, null] };
    const from = p.get("from"), to = p.get("to");
    if (!from && !to) v.period = DEFAULTS.period;
    else if (PRESETS.has(from) && !to) v.period = from;
    else if (from && to && from.slice(0, 4) === to.slice(0, 4) && from.endsWith("-01-01") && to.endsWith("-12-31"))
      v.period = from.slice(0, 4);
    else { v.period = "custom"; v.dates = [PRESETS.has(from) ? null : from, to]; }
    const vs = p.get("vs") || DEFAULTS.vs;
    if (vs.includes("..")) { v.vs = "custom"; v.vs_dates = vs.split(".."); } else v.vs = vs;
    for (const key of MULTI) v[key] = p.get(key) ? p.get(key).split(",") : [];
    for (const key of SINGLE) v[key] = p.get(key) || DEFAULTS[key] || "";
    v.ids = p.get("ids") ? p.get("ids").split(",") : [];
    return v;
  }

  const foreign = () => [...new URLSearchParams(location.search)].filter(([k]) => !OWN.has(k));
  function address(query) {
    const rest = new URLSearchParams(foreign()).toString();
    const search = [query, rest].filter(Boolean).join("&");
    return location.pathname + (search ? "?" + search : "");
  }
  const own = (search) => compose(parse(search));
  let held = own(location.search); // what the widgets say

  function setWidgets(search) {
    const v = parse(search);
    pending = held = compose(v);
    setTimeout(() => { pending = null; }, 800);
    const rare = new Set(["grain", "scale", "cut"]); // switches that only some pages have
    const there = (key) => document.getElementById(JSON.stringify({ key: key, type: "filter" }));
    for (const [key, value] of Object.entries(v))
      if (key !== "ids" && (!rare.has(key) || there(key))) dash_clientside.set_props({ type: "filter", key: key }, { value: value });
    dash_clientside.set_props("ids", { data: v.ids });
    dash_clientside.set_props("query", { data: pending });
  }

  function go(search) {
    history.pushState(null, "", address(own(search)));
    setWidgets(search);
  }

  // Back and forward between states of one page: set the widgets; between pages: Dash does it.
  let path = location.pathname;
  // The table of records needs a script that other pages go without (dashboard/app.py): coming from one of these,
  // the page is loaded anew.
  for (const kind of ["popstate", "_dashprivate_pushstate"])
    window.addEventListener(kind, (event) => {
      if (location.pathname !== "/records" || window.dash_ag_grid) return;
      event.stopImmediatePropagation();
      location.reload();
    });
  window.addEventListener("popstate", (event) => {
    if (location.pathname === path && document.getElementById("filter-bar")) {
      event.stopImmediatePropagation();
      if (own(location.search) !== held) setWidgets(location.search); // else an anchor of the page
    }
    path = location.pathname;
  });
  window.addEventListener("_dashprivate_pushstate", () => { path = location.pathname; held = own(location.search); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.js-state");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (!document.getElementById("filter-bar") || link.pathname !== location.pathname) return;
    event.preventDefault();
    go(link.search);
  });

  // Downloads follow the filters in force at the moment of the click, and come from the page's own release.
  for (const kind of ["pointerdown", "focusin", "click"])
    document.addEventListener(kind, (event) => {
      const link = event.target.closest && event.target.closest("a[data-export]");
      if (!link) return;
      const extra = link.dataset.extra || "";
      const pins = link.dataset.export.startsWith("/export/") || link.dataset.pinned !== undefined;
      const release = pins && window.captagon && window.captagon.release;
      const pinned = release ? "release=" + encodeURIComponent(release) : "";
      const asked = new URLSearchParams(location.search).get("lang");
      const lang = asked && asked !== "en" ? "lang=" + encodeURIComponent(asked) : ""; // of notes and refusals in the file
      const search = [own(location.search), extra, pinned, lang].filter(Boolean).join("&");
      link.setAttribute("href", link.dataset.export + (search ? "?" + search : ""));
    }, true);

  function toast(text) {
    const node = document.getElementById("toast");
    if (!node) return;
    node.textContent = text;
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => { node.textContent = ""; }, 2600);
  }

  window.captagon = { ...(window.captagon || {}), toast };
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.state = {
    changed: function (values, ids) {
      const none = window.dash_clientside.no_update;
      const v = { ids: ids };
      window.dash_clientside.callback_context.inputs_list[0].forEach((input, i) => { v[input.id.key] = values[i]; });
      if (v.period === undefined) return none;
      const query = held = compose(v);
      if (pending !== null) {
        if (query === pending) pending = null;
        return none;
      }
      if (query === own(location.search)) return none;
      const typed = window.dash_clientside.callback_context.triggered_id;
      const typing = typed && typed.key === "q";
      const again = typing && Date.now() - lastTyped < 4000;
      history[again ? "replaceState" : "pushState"](null, "", address(query));
      lastTyped = typing ? Date.now() : 0;
      return query;
    },
    carry: function (query, ids) {
      return ids.map((id) => id.path + (query && id.path !== "/about" ? "?" + query : ""));
    },
    current: function (pathname) {
      path = pathname || path;
      document.querySelectorAll(".site-nav__link").forEach((link) => {
        const here = link.pathname === path || (link.pathname !== "/" && path.startsWith(link.pathname + "/"));
        if (here) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
      });
      return window.dash_clientside.no_update;
    },
    dates: function (period, vs) { return [period !== "custom", vs !== "custom"]; },
    drawer: function (open, more, close, opened) {
      const id = window.dash_clientside.callback_context.triggered_id;
      return id === "drawer-close" ? false : true;
    },
    choose: function () {
      // Marks picked on the map or the border chart; an empty pick clears the choice.
      const none = window.dash_clientside.no_update;
      const trigger = window.dash_clientside.callback_context.triggered[0];
      if (!trigger || trigger.value === undefined) return none;
      const points = (trigger.value && trigger.value.points) || [];
      const found = [];
      const take = (x) => {
        if (Array.isArray(x)) x.forEach(take);
        else if (typeof x === "string") (x.match(/CAP-\d{6,}/g) || []).forEach((id) => found.push(id));
      };
      points.forEach((point) => take(point.customdata));
      if (!points.length || !found.length) return none;
      return [...new Set(found)].slice(0, 400);
    },
    brush: function (selected) {
      const none = window.dash_clientside.no_update;
      const range = selected && selected.range && (selected.range.x || selected.range.x2);
      if (!range) return none;
      const [from, to] = range.map((x) => String(x).slice(0, 10)).sort();
      if (!/^\d{4}-\d\d-\d\d$/.test(from) || !/^\d{4}-\d\d-\d\d$/.test(to)) return none;
      const p = new URLSearchParams(own(location.search));
      p.set("from", from); p.set("to", to);
      go("?" + p.toString());
      return none;
    },
    wantTable: function (clicks, query) {
      // An odd number of clicks: the table is open and follows the filters. One answer for all tables: each
      // answer of its own makes Dash look through the whole page again.
      const none = window.dash_clientside.no_update;
      if (!clicks.some((n) => n % 2)) return none;
      return clicks.map((n) => (n % 2 ? query || "" : none));
    },
    openMap: function (clicks) {
      return clicks % 2 ? "card card--map is-open" : "card card--map";
    },
  };
})();
