"use strict";
(function () {
  var entries = Array.prototype.slice.call(document.querySelectorAll("[data-kinds]"));
  var buttons = Array.prototype.slice.call(document.querySelectorAll("button[data-kind]"));
  var field = document.querySelector("input[type=search]");
  var count = document.querySelector("[data-count]");
  var kind = "";
  document.documentElement.classList.remove("no-script");
  function show() {
    var words = field ? field.value.toLowerCase().split(/\s+/).filter(Boolean) : [];
    var shown = 0;
    entries.forEach(function (entry) {
      var text = entry.textContent.toLowerCase();
      var fits = (!kind || entry.dataset.kinds.split(" ").indexOf(kind) >= 0) &&
        words.every(function (word) { return text.indexOf(word) >= 0; });
      entry.hidden = !fits;
      if (fits) { shown += 1; }
    });
    Array.prototype.forEach.call(document.querySelectorAll("section[data-section]"), function (section) {
      section.hidden = !section.querySelector("[data-kinds]:not([hidden])");
    });
    if (count) { count.textContent = count.dataset.count.replace("{count}", shown); }
  }
  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      kind = button.dataset.kind;
      buttons.forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
      show();
    });
  });
  if (field) { field.addEventListener("input", show); }
  show();
}());
