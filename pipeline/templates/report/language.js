"use strict";
const root = document.documentElement;
function speak(language) {
  root.dataset.language = language;
  root.lang = language;
}
speak((navigator.languages || ["de"]).some(name => name.startsWith("de")) ? "de" : "en");
document.getElementById("language").addEventListener("click", () => speak(root.dataset.language === "de" ? "en" : "de"));
