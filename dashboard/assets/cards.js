/* What stands over and under a figure comes with it, in layout.meta.card, and is written when the figure is drawn:
   as properties of the page each of these texts would make Dash look through the whole page once more. */
(function () {
  "use strict";

  function write(graph) {
    const words = graph.layout && graph.layout.meta && graph.layout.meta.card;
    const name = graph.parentElement && graph.parentElement.id;
    if (!words || graph.dataset.said === JSON.stringify(words)) return;
    const sub = document.getElementById(`${name}-sub`);
    const foot = document.getElementById(`${name}-foot`);
    if (!sub || !foot) return;
    graph.dataset.said = JSON.stringify(words);
    sub.textContent = words.sub;
    foot.replaceChildren(
      ...words.foot.map((text) => {
        const line = document.createElement("p");
        line.textContent = text;
        return line;
      }),
    );
  }

  document.addEventListener("graph", ({ target: graph }) => {
    graph.on("plotly_afterplot", () => write(graph));
    write(graph);
  });
})();
