/* Runs before the first paint: says that scripts work and puts back the theme the reader chose. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var chosen = localStorage.getItem("essor-theme");
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  } catch (refused) { /* storage refused: the system's theme stays */ }
})();
