/* Pictures of charts and of the map, made in the browser: with title, source line and release in them, named by card,
 * release and filters. Charts through plotly as SVG or PNG, the map from its own canvas as PNG, twice as fine as shown. */
(function () {
  "use strict";
  const FINE = 2;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const FONT = () => css("--font") || "sans-serif";
  const rtl = () => document.documentElement.dir === "rtl";
  const text = (id) => { const node = document.getElementById(id); return node ? node.textContent.trim() : ""; };

  function facts(button) {
    const name = button.dataset.card;
    const release = (window.captagon && window.captagon.release) || "";
    const query = new URLSearchParams(location.search);
    for (const key of ["release", "lang"]) query.delete(key);
    const slug = [...query].map(([k, v]) => `${k}-${v}`).join("-").toLowerCase().replace(/[^a-z0-9-]+/g, "-").slice(0, 60);
    return {
      title: text(`${name}-title`), sub: text(`${name}-sub`),
      source: button.dataset.source.replace("{release}", release).replace("{address}", location.host),
      file: ["captagon", name, release, slug].filter(Boolean).join("_") + "." + button.dataset.format,
    };
  }

  function save(url, file) {
    const link = document.createElement("a");
    link.href = url; link.download = file;
    document.body.append(link); link.click(); link.remove();
  }

  const safe = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  function wrapped(words, most) {
    const lines = [""];
    for (const word of words.split(" ")) {
      if ((lines[lines.length - 1] + word).length > most) lines.push("");
      lines[lines.length - 1] += (lines[lines.length - 1] ? " " : "") + word;
    }
    return lines;
  }

  async function chart(graph, button) {
    const said = facts(button);
    const full = graph._fullLayout;
    const width = Math.max(560, Math.round(full.width));
    const margin = { ...full.margin, ...(graph.layout.margin || {}) };
    const foot = wrapped(said.source, Math.floor((width - 24) / 6));
    const sub = wrapped(said.sub, Math.floor((width - 24) / 6.6));
    const head = 34 + 17 * sub.length, below = 14 + 15 * foot.length;
    const room = { ...margin, t: margin.t + head, b: margin.b + below };
    const side = rtl()
      ? { x: 1, xanchor: "right", xshift: room.r - 12, align: "right" }
      : { x: 0, xanchor: "left", xshift: 12 - room.l, align: "left" };
    const words = (content, rest, size, colour) =>
      ({ text: content, xref: "paper", yref: "paper", showarrow: false, ...side, ...rest, font: { size: size, color: colour } });
    const layout = {
      ...graph.layout, width: width, height: Math.round(full.height) + head + below, autosize: false, margin: room,
      paper_bgcolor: css("--paper"), meta: undefined, dragmode: false,
      annotations: [
        ...(graph.layout.annotations || []),
        words(`<b>${safe(said.title)}</b>`, { y: 1, yanchor: "top", yshift: room.t - 8 }, 17, css("--ink")),
        words(sub.map(safe).join("<br>"), { y: 1, yanchor: "top", yshift: room.t - 32 }, 13, css("--muted")),
        words(foot.map(safe).join("<br>"), { y: 0, yanchor: "bottom", yshift: 6 - room.b }, 11, css("--muted")),
      ],
    };
    const format = button.dataset.format;
    const url = await window.Plotly.toImage({ data: graph.data, layout: layout },
      { format: format, width: width, height: layout.height, scale: format === "png" ? FINE : 1 });
    save(url, said.file);
  }

  /* The canvas of the map, drawn twice as fine; it can be read only while a frame is being drawn. */
  function frame(map) {
    const before = map.getPixelRatio();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the map draws nothing")), 15000);
      const taken = () => {
        const canvas = map.getCanvas();
        const copy = document.createElement("canvas");
        copy.width = canvas.width; copy.height = canvas.height;
        copy.getContext("2d").drawImage(canvas, 0, 0);
        clearTimeout(late);
        map.setPixelRatio(before);
        resolve(copy);
      };
      map.setPixelRatio(FINE);
      map.once("idle", () => { map.once("render", taken); map.triggerRepaint(); });
      map.triggerRepaint();
    });
  }

  function swatch(paint, entry, x, y) {
    paint.fillStyle = entry.colour || css("--muted");
    paint.strokeStyle = css("--muted");
    paint.lineWidth = 1;
    paint.beginPath();
    if (entry.diameter) { paint.arc(x, y, Math.min(11, entry.diameter / 2), 0, 7); paint.stroke(); return; }
    if (entry.mark === "governorate" || entry.mark === "border_strip") {
      const high = entry.mark === "border_strip" ? 6 : 12;
      paint.globalAlpha = 0.45; paint.fillRect(x - 8, y - high / 2, 16, high); paint.globalAlpha = 1;
      return;
    }
    paint.arc(x, y, 6, 0, 7);
    if (entry.mark === "ring") { paint.lineWidth = 2; paint.stroke(); return; }
    paint.globalAlpha = entry.mark === "town" || entry.mark === "district" ? 0.35 : 1;
    paint.fill();
    paint.globalAlpha = 1;
    if (entry.mark === "machine") { paint.fillStyle = css("--paper"); paint.beginPath(); paint.arc(x, y, 3, 0, 7); paint.fill(); }
  }

  /* The key in rows; without `paint` only measured. Returns its height. */
  function key(paint, entries, width, top, draws) {
    let x = 12, y = top + 12;
    paint.font = `12px ${FONT()}`;
    for (const entry of entries) {
      const wide = paint.measureText(entry.text).width + 40;
      if (x + wide > width - 12 && x > 12) { x = 12; y += 22; }
      if (draws) {
        const at = rtl() ? width - x - 10 : x + 10;
        swatch(paint, entry, at, y);
        paint.fillStyle = css("--ink");
        paint.fillText(entry.text, rtl() ? at - 16 : at + 16, y + 4);
      }
      x += wide;
    }
    return y + 14 - top;
  }

  async function picture(graph, map, button) {
    const said = facts(button);
    const drawn = await frame(map);
    const width = Math.round(graph._fullLayout.width), high = Math.round(drawn.height * width / drawn.width);
    const entries = (graph.layout.meta && graph.layout.meta.key) || [];
    const canvas = document.createElement("canvas");
    const paint = canvas.getContext("2d");
    const foot = wrapped(said.source, Math.floor((width - 24) / 6));
    const tall = key(paint, entries, width, 0, false);
    const height = 58 + high + 8 + tall + 12 + 15 * foot.length;
    canvas.width = width * FINE; canvas.height = height * FINE;
    paint.scale(FINE, FINE);
    paint.direction = rtl() ? "rtl" : "ltr";
    paint.textAlign = "start";
    const edge = rtl() ? width - 12 : 12;
    paint.fillStyle = css("--paper"); paint.fillRect(0, 0, width, height);
    paint.fillStyle = css("--ink"); paint.font = `600 17px ${FONT()}`; paint.fillText(said.title, edge, 25);
    paint.fillStyle = css("--muted"); paint.font = `13px ${FONT()}`; paint.fillText(said.sub, edge, 46, width - 24);
    paint.drawImage(drawn, 0, 58, width, high);
    key(paint, entries, width, 58 + high + 8, true);
    paint.fillStyle = css("--muted"); paint.font = `11px ${FONT()}`;
    foot.forEach((line, i) => paint.fillText(line, edge, height - 15 * (foot.length - i) + 6));
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const url = URL.createObjectURL(blob);
    save(url, said.file);
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.js-picture");
    if (!button || button.disabled) return;
    const name = button.dataset.card;
    const holder = document.getElementById(name) || document.getElementById(`${name}-plot`);
    const graph = holder && (holder.classList.contains("js-plotly-plot") ? holder : holder.querySelector(".js-plotly-plot"));
    if (!graph || !graph._fullLayout) return;
    const subplot = graph._fullLayout.map && graph._fullLayout.map._subplot;
    const made = subplot && subplot.map ? picture(graph, subplot.map, button) : chart(graph, button);
    button.disabled = true;
    made.catch((error) => {
      const node = document.getElementById("toast");
      if (node) node.textContent = button.dataset.failed;
      console.warn(error);
    }).finally(() => {
      button.disabled = false;
      const menu = button.closest("details");
      if (menu) menu.open = false;
    });
  });
})();
