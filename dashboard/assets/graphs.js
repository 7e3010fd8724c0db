/* Tells of each of plotly's graphs once, by the event "graph", when it can be listened to: the files that tend
   graphs need no observer of the page each. And spares graphs drawings that would change nothing. */
(function () {
  "use strict";

  const graphs = document.getElementsByClassName("js-plotly-plot"); // live: costs nothing to ask again
  const known = new WeakSet();

  /* Dash asks for a drawing anew at every change of a graph's box, also where the chart just drawn has made it
     higher. A chart whose height comes with its figure needs one for another width only. */
  function spare(plots) {
    const resize = plots.resize;
    plots.resize = function (graph) {
      const given = graph.layout && graph.layout.height, drawn = graph._fullLayout && graph._fullLayout.width;
      const fits = given && drawn && Math.abs(drawn - parseFloat(getComputedStyle(graph).width)) < 1;
      return fits ? Promise.resolve(graph) : resize.call(plots, graph);
    };
    plots.resize.spares = true;
  }

  function scan() {
    for (const graph of graphs) {
      if (known.has(graph) || !graph.on) continue;
      known.add(graph);
      if (!window.Plotly.Plots.resize.spares) spare(window.Plotly.Plots);
      graph.dispatchEvent(new CustomEvent("graph", { bubbles: true }));
    }
  }

  new MutationObserver(scan).observe(document.documentElement, { childList: true, subtree: true });
})();
