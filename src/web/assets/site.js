// Leaves the site without a way back in the history. Without this script the
// link still leaves.
"use strict";
(() => {
  const exit = document.getElementById("exit");
  if (!exit) return;
  const leave = () => {
    document.body.hidden = true;
    window.location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
})();
