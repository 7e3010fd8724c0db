/* Light or dark: the reader's choice, else the system's. Kept in a cookie, so that the server draws the first
 * figures in the right colours and nothing flashes. */
(function () {
  "use strict";
  const read = () => (document.cookie.match(/(?:^|; )theme=(light|dark)/) || [])[1];
  const write = (name) => { document.cookie = "theme=" + name + "; path=/; max-age=31536000; SameSite=Lax"; };
  const show = (name) => {
    document.documentElement.dataset.theme = name;
    document.documentElement.dataset.mantineColorScheme = name;
  };
  const first = read() || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  write(first);
  show(first);
  // Brushing a period needs a pointer that can drag without scrolling the page.
  const pointer = matchMedia("(pointer: coarse)").matches ? "coarse" : "fine";
  document.cookie = "pointer=" + pointer + "; path=/; SameSite=Lax";
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.theme = {
    toggle: function (clicks) {
      if (!clicks) return [window.dash_clientside.no_update, window.dash_clientside.no_update];
      const next = read() === "dark" ? "light" : "dark";
      write(next);
      show(next);
      return [next, next];
    },
  };
})();
