/* Plays a map through time. All marks are on the page already (dashboard/figures/play.py): a step hides those of
 * other months or quarters, without asking the server. Buttons, slider and arrow keys; nothing moves by itself until
 * a reader presses play, and for readers who prefer less motion there is no playing at all, only steps. */
(function () {
  "use strict";
  const PAUSE = 900; // ms a step stays
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const ids = (cell) => (typeof cell === "string" ? cell.match(/CAP-\d+/g) : null) || [];
  const states = new WeakMap();

  function pick(list, kept) { return kept.map((i) => list[i]); }

  /* One trace with the marks of the events in `shown` only. Areas count their events anew, and a hover text keeps
     the lines of these events. */
  function only(trace, shown) {
    const cells = trace.customdata;
    if (!cells || !cells.length) return trace;
    const own = cells.map((cell) => ids(cell).filter((id) => shown.has(id)));
    const kept = own.map((found, i) => i).filter((i) => own[i].length);
    const cut = (value) => (Array.isArray(value) && value.length === cells.length ? pick(value, kept) : value);
    const found = { ...trace };
    for (const key of ["lon", "lat", "locations", "z", "customdata", "hovertext", "text"]) if (key in trace) found[key] = cut(trace[key]);
    if (trace.marker) {
      found.marker = { ...trace.marker };
      for (const key of ["size", "color", "opacity"]) if (key in trace.marker) found.marker[key] = cut(trace.marker[key]);
      if (trace.marker.line) found.marker.line = { ...trace.marker.line, color: cut(trace.marker.line.color) };
    }
    if (trace.uid === "governorates") found.z = kept.map((i) => own[i].length);
    if (trace.uid === "words")
      found.text = kept.map((i) => (own[i].length < 2 && trace.text[i].startsWith("×") ? "" : trace.text[i].replace(/\d+/, own[i].length)));
    if (found.hovertext)
      found.hovertext = found.hovertext.map((text) =>
        text.split("<br>").filter((line) => !/CAP-\d+/.test(line) || ids(line).some((id) => shown.has(id))).join("<br>"));
    return found;
  }

  const parts = (box) => ({
    slider: box.querySelector("input[type=range]"),
    start: box.querySelector(".play__start"),
    said: box.querySelector(".play__said"),
    name: box.querySelector(".play__name"),
    until: () => box.querySelector("input[value=until]").checked,
    graph: document.querySelector(`#${box.dataset.map} .js-plotly-plot`),
  });

  function stateOf(box) {
    const { graph } = parts(box);
    const meta = graph && graph.layout && graph.layout.meta && graph.layout.meta.play;
    if (!meta) return null;
    let state = states.get(box);
    if (!state || state.meta !== JSON.stringify(meta)) {
      stop(box);
      // A new figure: what it holds is all marks, whatever step was shown before.
      state = { meta: JSON.stringify(meta), play: meta, marks: graph.data.slice(), graph, timer: 0, step: null };
      states.set(box, state);
      ready(box, state);
    }
    return state;
  }

  /* Dash has no component for a plain slider. */
  function slide(box) {
    const place = box.querySelector(".play__slider");
    if (place.firstChild) return;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: "0", step: "1" });
    slider.setAttribute("aria-label", place.dataset.label);
    place.append(slider);
  }

  function ready(box, state) {
    slide(box);
    const { slider, said, name, start } = parts(box);
    const last = Math.max(0, state.play.names.length - 1);
    slider.max = String(last);
    slider.value = String(last);
    slider.setAttribute("aria-valuetext", state.play.all);
    for (const one of box.querySelectorAll("button, input")) one.disabled = !state.play.can;
    start.hidden = still();
    name.textContent = "";
    said.textContent = state.play.all;
    box.dataset.step = "all";
  }

  function draw(box, state) {
    const { slider, said, name, until } = parts(box);
    const { play } = state;
    const all = state.step === null;
    const text = all ? play.all : (until() ? play.until : play.own)[state.step];
    const shown = (id) => play.at[id] !== undefined && (until() ? play.at[id] <= state.step : play.at[id] === state.step);
    const kept = new Set(Object.keys(play.at).filter(shown));
    if (!all) slider.value = String(state.step);
    slider.setAttribute("aria-valuetext", text);
    name.textContent = all ? "" : play.names[state.step];
    said.textContent = text;
    box.dataset.step = all ? "all" : String(state.step);
    box.dataset.shown = all ? "" : String(kept.size);
    const data = all ? state.marks : state.marks.map((trace) => only(trace, kept));
    window.Plotly.react(state.graph, data, state.graph.layout, undefined);
  }

  function stop(box) {
    const state = states.get(box);
    const { start, said } = parts(box);
    if (state && state.timer) clearInterval(state.timer);
    if (state) state.timer = 0;
    if (start) start.setAttribute("aria-pressed", "false");
    if (said) said.setAttribute("aria-live", "polite");
  }

  function go(box, step) {
    const state = stateOf(box);
    if (!state || !state.play.can) return false;
    const last = state.play.names.length - 1;
    state.step = step === null ? null : Math.max(0, Math.min(last, step));
    draw(box, state);
    return state.step !== last;
  }

  const at = (box) => { const state = stateOf(box); return state && state.step; };

  function start(box) {
    const state = stateOf(box);
    if (!state || !state.play.can || still()) return;
    const { start: button, said } = parts(box);
    button.setAttribute("aria-pressed", "true");
    said.setAttribute("aria-live", "off"); // a voice could not keep up; the last step is said again
    const last = state.play.names.length - 1;
    go(box, state.step === null || state.step >= last ? 0 : state.step + 1);
    state.timer = setInterval(() => {
      if (!document.body.contains(box)) { clearInterval(state.timer); return; }
      if (!go(box, state.step + 1)) stop(box);
    }, PAUSE);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".play button");
    if (!button) return;
    const box = button.closest(".play");
    const state = stateOf(box);
    if (!state) return;
    if (button.classList.contains("play__start")) {
      if (state.timer) stop(box); else start(box);
      return;
    }
    stop(box);
    const here = at(box);
    if (button.classList.contains("play__all")) go(box, null);
    if (button.classList.contains("play__next")) go(box, here === null ? 0 : here + 1);
    if (button.classList.contains("play__back")) go(box, here === null ? state.play.names.length - 1 : here - 1);
  });

  document.addEventListener("input", (event) => {
    const box = event.target.closest && event.target.closest(".play");
    if (!box) return;
    stop(box);
    if (event.target.type === "range") go(box, Number(event.target.value));
    else if (at(box) !== null) go(box, at(box));
  });

  /* The words of a map that has just been drawn, before anyone touches it. Maps of an earlier step are told by
     their step: drawing one is no new figure. */
  document.addEventListener("graph", ({ target: graph }) => {
    graph.on("plotly_afterplot", () => {
      for (const box of document.querySelectorAll(".play")) if (parts(box).graph === graph) stateOf(box);
    });
  });

  /* Switches of a page that are no filters (which measure, which layer) are kept in the address. */
  window.dash_clientside = window.dash_clientside || {};
  const keep = (key, usual) => (value) => {
    const query = new URLSearchParams(location.search);
    if (value === usual) query.delete(key); else query.set(key, value);
    const search = query.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
    history.replaceState(history.state, "", location.pathname + (search ? "?" + search : ""));
    return window.dash_clientside.no_update;
  };
  window.dash_clientside.desk = {
    keep_measure: keep("measure", "events"),
    keep_by: keep("by", "country"),
    keep_layer: keep("layer", "sites"),
    keep_step: keep("step", "month"),
  };
})();
