/* The map beyond plotly: fits a scope's bounds to the screen, buttons and keys for zooming, wheel only with Ctrl
   (so that a reader who scrolls past is not caught), a click on a cluster opens it. The bounds and the words
   come with the figure, in layout.meta. One map instance lives as long as its graph; nothing here makes another. */
(function () {
  "use strict";

  const PADDING = 12; // px around the bounds
  const FRAME = 1000, STYLE = 1500; // ms
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
  const seen = new WeakMap(); // graph -> {map, scope, key, moved, view}

  const motion = () => ({ duration: STILL.matches ? 0 : 180 });

  function mapOf(graph) {
    const layout = graph._fullLayout;
    const subplot = layout && layout.map && layout.map._subplot;
    return subplot && subplot.map ? subplot.map : null;
  }

  /* Moves without an original event: of one with it plotly tells Dash, which draws the whole figure again. That
     drawing fits the map again, and so on without end. */
  function show(state, view) {
    const same = Math.abs(state.map.getZoom() - view.zoom) < 1e-6 && state.map.getCenter().distanceTo(view.center) < 1;
    state.view = view;
    if (!same) state.map.jumpTo(view);
  }

  function fit(graph, state) {
    const [west, south, east, north] = graph.layout.meta.bounds;
    const camera = state.map.cameraForBounds([[west, south], [east, north]], { padding: PADDING });
    if (camera) show(state, { center: camera.center, zoom: camera.zoom });
  }

  function button(text, label, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = text;
    element.setAttribute("aria-label", label);
    element.title = label;
    element.addEventListener("click", act);
    return element;
  }

  function buttons(graph, state, words) {
    const group = document.createElement("div");
    group.className = "map-buttons";
    group.setAttribute("role", "group");
    group.append(
      button("+", words.zoom_in, (event) => state.map.zoomIn(motion(), { originalEvent: event })),
      button("−", words.zoom_out, (event) => state.map.zoomOut(motion(), { originalEvent: event })),
      button("⤢", words.whole, () => {
        state.moved = false;
        fit(graph, state);
      }),
    );
    graph.parentElement.querySelectorAll(".map-buttons").forEach((old) => old.remove());
    graph.parentElement.append(group);
  }

  function entry(item) {
    const line = document.createElement("li");
    const mark = document.createElement("span");
    mark.className = `map-key__mark map-key__mark--${item.mark}`;
    mark.setAttribute("aria-hidden", "true");
    if (item.colour) mark.style.background = item.colour;
    if (item.diameter) mark.style.inlineSize = mark.style.blockSize = `${item.diameter}px`;
    line.append(mark, item.text);
    return line;
  }

  /* Rebuilt with each figure: it names only what this map shows. Stays open or shut as the reader left it. */
  function key(graph, state, meta) {
    const text = JSON.stringify(meta.key);
    if (state.key === text) return;
    state.key = text;
    let box = graph.parentElement.querySelector(".map-key");
    if (!box) {
      box = document.createElement("details");
      box.className = "map-key";
      box.open = graph.clientWidth > 480;
      graph.parentElement.append(box);
    }
    const title = document.createElement("summary");
    title.textContent = meta.words.key;
    const list = document.createElement("ul");
    list.append(...meta.key.map(entry));
    box.replaceChildren(title, list);
  }

  function openCluster(state, event) {
    const layers = state.map.getStyle().layers.map((layer) => layer.id).filter((id) => id.endsWith("-cluster"));
    if (!layers.length) return;
    const [found] = state.map.queryRenderedFeatures(event.point, { layers });
    if (!found) return;
    state.moved = true;
    const view = { center: found.geometry.coordinates, zoom: Math.min(state.map.getZoom() + 2, 9), ...motion() };
    state.map.easeTo(view, { originalEvent: event.originalEvent });
  }

  /* A new figure brings the scope's own view with it, sooner or later; the one the reader chose stays. */
  function keepView(graph, state) {
    if (!state.view || graph.layout.meta.scope !== state.scope) return;
    show(state, state.view);
  }

  /* New figures bring new data for five sources, and each asks for a frame when it has changed and when it is ready:
     without a graphics card a frame costs more than a chart. They wait until all are ready, not longer than FRAME. A
     new style needs its frames to get on, and tiles of another host appear as they come. */
  function spareFrames(map) {
    const draw = map.triggerRepaint.bind(map);
    const figures = new Set(); // ids of the sources
    const read = () => [...figures].every((id) => !map.getSource(id) || map.isSourceLoaded(id));
    let settled = performance.now() + STYLE, waiting = 0;
    const now = () => {
      clearTimeout(waiting);
      waiting = 0;
      draw();
    };
    map.on("style.load", () => { settled = performance.now() + STYLE; });
    map.on("sourcedata", (event) => { if (event.source.type === "geojson") figures.add(event.sourceId); });
    map.triggerRepaint = () => {
      if (performance.now() < settled || map.isMoving() || read()) now();
      else if (!waiting) waiting = setTimeout(now, FRAME);
    };
  }

  function adopt(graph, map) {
    const state = { map, scope: null, key: "", moved: false, view: null };
    const canvas = map.getCanvas();
    const words = graph.layout.meta.words;
    // Words appear at once: each step of a fade draws the whole map again, which costs most without a GPU.
    map._fadeDuration = 0;
    spareFrames(map);
    canvas.setAttribute("aria-label", words.label);
    const credit = map.getContainer().querySelector(".maplibregl-ctrl-attrib-button");
    if (credit) { credit.setAttribute("aria-label", words.credit); credit.title = words.credit; }
    canvas.setAttribute("role", "application");
    canvas.tabIndex = 0;
    buttons(graph, state, words);
    map.getContainer().addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
      },
      { capture: true },
    );
    map.on("movestart", (event) => {
      if (event.originalEvent) state.moved = true;
    });
    map.on("moveend", (event) => {
      if (event.originalEvent) state.view = { center: map.getCenter(), zoom: map.getZoom() };
      else keepView(graph, state);
    });
    map.on("click", (event) => openCluster(state, event));
    map.on("resize", () => {
      if (!state.moved) fit(graph, state);
    });
    map.on("idle", () => {
      graph.dataset.map = "ready"; // for tests and benchmarks
    });
    seen.set(graph, state);
    return state;
  }

  function tend(graph) {
    const meta = graph.layout && graph.layout.meta;
    const map = meta && meta.bounds ? mapOf(graph) : null;
    if (!map) return;
    let state = seen.get(graph);
    if (!state || state.map !== map) state = adopt(graph, map);
    key(graph, state, meta);
    if (state.scope !== meta.scope) {
      state.scope = meta.scope;
      state.moved = false;
      fit(graph, state);
    } else {
      keepView(graph, state);
    }
  }

  document.addEventListener("graph", ({ target: graph }) => {
    graph.on("plotly_afterplot", () => tend(graph));
    tend(graph);
  });
})();
