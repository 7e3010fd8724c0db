/* Chart, map and list of the border page show one event together: what is pointed at in one is marked in the
   others. All of it happens here; the server hears nothing of it. Beside that: the width of the screen, the box for
   a distance of the reader's own, and the map over the whole screen of a phone. */
(function () {
  "use strict";

  const LINKED = ["strip", "strip-map", "strip-density"];
  const NARROW = window.matchMedia("(max-width: 760px)");
  const GOVERNORATES = "/assets/geo/governorates.geojson";
  const NONE = { type: "FeatureCollection", features: [] };
  let shown = ""; // ids that are marked; null: a chart was drawn anew and lost its marks, others may have theirs

  const graphOf = (name) => document.querySelector(`#${name} .js-plotly-plot, #${name}.js-plotly-plot`);
  const idsOf = (data) => [...new Set(String(data ?? "").match(/CAP-\d{6,}/g) || [])];
  const holds = (data, wanted) => idsOf(data).some((id) => wanted.has(id));

  /* --- the charts: rings and bars of HTML over the marks, so that plotly draws nothing anew --- */
  function axis(graph, name) {
    return graph._fullLayout[name.replace(/^([xy])/, "$1axis")];
  }

  function box(left, top, wide, high, kind) {
    const mark = document.createElement("div");
    mark.className = `linked linked--${kind}`;
    Object.assign(mark.style, { left: `${left}px`, top: `${top}px`, width: `${wide}px`, height: `${high}px` });
    return mark;
  }

  function markChart(graph, wanted) {
    graph.querySelectorAll(".linked").forEach((old) => old.remove());
    if (!wanted.size || !graph.calcdata) return;
    const reach = (graph.layout.meta && graph.layout.meta.reach) || {};
    for (const points of graph.calcdata) {
      const trace = points[0] && points[0].trace;
      if (!trace || !trace.customdata || !trace.xaxis) continue;
      const x = axis(graph, trace.xaxis), y = axis(graph, trace.yaxis);
      for (const point of points) {
        const id = trace.customdata[point.i];
        if (!wanted.has(id)) continue;
        const left = x._offset + x.c2p(point.x), top = y._offset + y.c2p(point.y);
        const size = (Array.isArray(trace.marker.size) ? trace.marker.size[point.i] : trace.marker.size) + 10;
        if (reach[id]) {
          const ends = reach[id].map((km) => y._offset + y.c2p(km));
          graph.append(box(left - 1.5, Math.min(...ends), 3, Math.abs(ends[1] - ends[0]), "bar"));
        }
        graph.append(box(left - size / 2, top - size / 2, size, size, "ring"));
      }
    }
  }

  /* --- the map: a source of our own, with the shapes that its traces draw already --- */
  function mapOf(graph) {
    const subplot = graph._fullLayout && graph._fullLayout.map && graph._fullLayout.map._subplot;
    return subplot && subplot.map;
  }

  function shapes(graph, wanted) {
    const features = [], codes = [];
    const put = (geometry, properties) => features.push({ type: "Feature", properties: properties || {}, geometry });
    for (const trace of graph.data) {
      (trace.customdata || []).forEach((data, i) => {
        if (!holds(data, wanted)) return;
        if (trace.uid === "governorates") codes.push(trace.locations[i]);
        else if (trace.uid === "areas") put(trace.geojson.features[Number(trace.locations[i])].geometry);
        else if (trace.lon) {
          const size = Array.isArray(trace.marker.size) ? trace.marker.size[i] : trace.marker.size;
          put({ type: "Point", coordinates: [trace.lon[i], trace.lat[i]] }, { radius: size / 2 + 4 });
        }
      });
    }
    return { features, codes };
  }

  function layers(map) {
    const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
    if (!map.getSource("linked")) {
      map.addSource("linked", { type: "geojson", data: NONE });
      map.addSource("linked-governorates", { type: "geojson", data: GOVERNORATES });
      const line = { "line-color": ink, "line-width": 2.5 };
      map.addLayer({ id: "linked-area", type: "line", source: "linked", filter: ["!=", ["geometry-type"], "Point"], paint: line });
      map.addLayer({ id: "linked-governorate", type: "line", source: "linked-governorates", filter: ["in", ["get", "code"], ["literal", []]], paint: line });
      map.addLayer({
        id: "linked-point", type: "circle", source: "linked", filter: ["==", ["geometry-type"], "Point"],
        paint: { "circle-radius": ["get", "radius"], "circle-opacity": 0, "circle-stroke-color": ink, "circle-stroke-width": 2.5 },
      });
    }
  }

  function markMap(graph, wanted) {
    const map = mapOf(graph);
    if (!map) return;
    const { features, codes } = shapes(graph, wanted);
    graph.dataset.linked = [...wanted].filter((id) => graph.data.some((trace) => (trace.customdata || []).some((data) => idsOf(data).includes(id)))).join(" ");
    try {
      layers(map); // a new style (theme, language) has none of them
    } catch (error) {
      return; // the style is being read: the next mark finds it
    }
    map.getSource("linked").setData({ type: "FeatureCollection", features });
    map.setFilter("linked-governorate", ["in", ["get", "code"], ["literal", codes]]);
  }

  function markList(wanted) {
    document.querySelectorAll("#strip-list [data-event]").forEach((line) => {
      line.classList.toggle("is-linked", wanted.has(line.dataset.event));
    });
  }

  /* Marks these events everywhere but where they are pointed at: there plotly shows its own label. */
  function show(ids, from) {
    const said = ids.join(" ");
    if (said === shown) return;
    shown = said;
    const wanted = new Set(ids);
    for (const name of LINKED) {
      const graph = graphOf(name);
      if (!graph) continue;
      if (name === "strip-map") markMap(graph, wanted);
      else markChart(graph, name === from ? new Set() : wanted);
    }
    if (from !== "strip-list") markList(wanted);
  }

  document.addEventListener("graph", ({ target: graph }) => {
    const name = LINKED.find((one) => graphOf(one) === graph);
    if (!name) return;
    graph.on("plotly_hover", (event) => show(idsOf(event.points.map((point) => point.customdata).join("|")), name));
    graph.on("plotly_unhover", () => show([], name));
    graph.on("plotly_afterplot", () => {
      graph.querySelectorAll(".linked").forEach((old) => old.remove());
      shown = null;
    });
  });

  for (const kind of ["pointerover", "focusin"])
    document.addEventListener(kind, (event) => {
      const line = event.target.closest && event.target.closest("#strip-list [data-event]");
      if (line) show([line.dataset.event], "strip-list");
    });
  for (const kind of ["pointerout", "focusout"])
    document.addEventListener(kind, (event) => {
      const line = event.target.closest && event.target.closest("#strip-list [data-event]");
      if (line && !line.contains(event.relatedTarget)) show([], "strip-list");
    });

  NARROW.addEventListener("change", () => {
    if (document.getElementById("strip-card")) window.dash_clientside.set_props("strip-narrow", { data: NARROW.matches });
  });

  const asked = () => new URLSearchParams(location.search).get("border_km") || "";
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.border = {
    narrow: () => NARROW.matches,
    within: (value) => {
      const text = String(value ?? "");
      if (text !== asked()) window.dash_clientside.set_props({ type: "filter", key: "border_km" }, { value: value ?? "" });
      return window.dash_clientside.no_update;
    },
    shown: (query) => {
      const value = new URLSearchParams(query || "").get("border_km");
      return value ? Number(value) : "";
    },
    openMap: (clicks) => `card card--strip-map${clicks % 2 ? " is-open" : ""}`,
  };
})();
