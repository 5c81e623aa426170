"use strict";
(function () {
  var root = document.querySelector(".review-sides");
  var found = root.querySelector(".found");
  var paper = root.querySelector(".paper");
  var values = Array.prototype.slice.call(root.querySelectorAll(".value"));
  var progress = document.querySelector("[data-progress]");
  var store = "samsyn-" + root.dataset.sha256;
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  var byPlace = {};
  var chosen = null;
  var changed = false;
  var timer = 0;

  function placesOf(element) { return (element.dataset.places || "").split(" ").filter(Boolean); }
  function marksOf(element) {
    return placesOf(element).map(function (id) { return paper.querySelector('[data-place="' + id + '"]'); }).filter(Boolean);
  }
  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function light(element) {
    each(paper.querySelectorAll(".lit"), function (mark) { mark.classList.remove("lit"); });
    if (element) { marksOf(element).forEach(function (mark) { mark.classList.add("lit"); }); }
  }
  function bring(pane, element) {
    var inner = element.getBoundingClientRect();
    var outer = pane.getBoundingClientRect();
    var scrolls = pane.scrollHeight > pane.clientHeight + 4;
    if (!scrolls) { element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" }); return; }
    if (inner.top >= outer.top + 40 && inner.bottom <= outer.bottom - 40) { pane.scrollTo({ top: pane.scrollTop }); return; }
    var space = Math.max(24, (outer.height - inner.height) / 2);
    pane.scrollTo({ top: pane.scrollTop + inner.top - outer.top - space, behavior: calm ? "auto" : "smooth" });
  }
  function point(element) {
    light(element);
    var first = marksOf(element)[0];
    if (first) { bring(paper, first); }
  }
  function choose(value, focus) {
    if (chosen && chosen !== value) { chosen.classList.remove("chosen"); }
    chosen = value;
    value.classList.add("chosen");
    if (focus) { value.focus({ preventScroll: true }); }
    bring(found, value);
    point(value);
  }
  function step(by) {
    var at = values.indexOf(chosen);
    var next = at < 0 ? (by > 0 ? 0 : values.length - 1) : Math.min(values.length - 1, Math.max(0, at + by));
    if (values[next]) { choose(values[next], true); }
  }

  function verdictOf(value) { return value.dataset.verdict || ""; }
  function judge(value, verdict) {
    value.dataset.verdict = verdict;
    each(value.querySelectorAll("[data-verdict]"), function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict));
    });
    value.querySelector(".correction").hidden = verdict !== "wrong";
    changed = true;
    remember();
    count();
  }
  function toggle(value, verdict) { judge(value, verdictOf(value) === verdict ? "" : verdict); }
  function write(value) {
    var field = value.querySelector("[data-answer]");
    if (!field.dataset.touched) { field.value = value.dataset.ground; field.dataset.touched = "1"; }
    field.focus({ preventScroll: true });
    if (field.select) { field.select(); }
  }
  function count() {
    var done = values.filter(verdictOf).length;
    var wrong = values.filter(function (value) { return verdictOf(value) === "wrong"; }).length;
    progress.textContent = done + " av " + values.length + " granskade, " + wrong + " fel";
  }
  function correctionOf(value) {
    var verdict = verdictOf(value);
    var typed = value.querySelector("[data-answer]").value.trim();
    return {
      agreement: Number(value.dataset.agreement),
      path: value.dataset.path,
      verdict: verdict,
      ground: value.dataset.ground,
      value: verdict === "right" ? value.dataset.ground || null : typed || null
    };
  }
  function save() {
    var corrections = {
      corrections_version: "1.0",
      file: root.dataset.file,
      sha256: root.dataset.sha256,
      corrections: values.filter(verdictOf).map(correctionOf)
    };
    var blob = new Blob([JSON.stringify(corrections, null, 2) + "\n"], { type: "application/json" });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = root.dataset.file.replace(/\.[^.]*$/, "") + ".rattelser.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    changed = false;
  }
  function remember() {
    try { localStorage.setItem(store, JSON.stringify(values.filter(verdictOf).map(correctionOf))); } catch (refused) { /* works without */ }
  }
  function recall() {
    try {
      (JSON.parse(localStorage.getItem(store)) || []).forEach(function (kept) {
        values.forEach(function (value) {
          if (value.dataset.path !== kept.path || Number(value.dataset.agreement) !== kept.agreement) { return; }
          if (value.dataset.ground !== kept.ground) { return; }
          var field = value.querySelector("[data-answer]");
          if (kept.verdict === "wrong") { field.value = kept.value || ""; field.dataset.touched = "1"; }
          judge(value, kept.verdict);
        });
      });
    } catch (refused) { /* works without */ }
    changed = false;
  }

  values.forEach(function (value) {
    placesOf(value).forEach(function (id) { (byPlace[id] = byPlace[id] || []).push(value); });
    value.addEventListener("mouseenter", function () {
      light(value);
      clearTimeout(timer);
      timer = setTimeout(function () { if (!found.contains(document.activeElement) || !document.activeElement.matches("[data-answer]")) { point(value); } }, 400);
    });
    value.addEventListener("mouseleave", function () { clearTimeout(timer); light(chosen); });
    value.addEventListener("click", function (event) {
      if (!event.target.closest("button, label") && String(getSelection()) === "") { choose(value, true); }
    });
    value.addEventListener("focusin", function () { if (chosen !== value) { choose(value, false); } });
    each(value.querySelectorAll("button[data-verdict]"), function (button) {
      button.addEventListener("click", function () {
        toggle(value, button.dataset.verdict);
        if (verdictOf(value) === "wrong") { write(value); }
      });
    });
    value.querySelector("[data-answer]").addEventListener("input", function () { changed = true; remember(); });
  });
  each(root.querySelectorAll("[data-show]"), function (button) {
    button.addEventListener("click", function () { point(button.parentNode); });
  });

  function markAt(event) {
    var sheet = event.target.closest(".sheet-face");
    if (!sheet) { return event.target.closest("[data-place]"); }
    var best = null;
    var least = Infinity;
    each(sheet.querySelectorAll("rect[data-place]"), function (mark) {
      var box = mark.getBoundingClientRect();
      var inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (inside && box.width * box.height < least) { best = mark; least = box.width * box.height; }
    });
    return best;
  }
  paper.addEventListener("click", function (event) {
    if (String(getSelection()) !== "") { return; }
    var mark = markAt(event);
    var owners = mark ? byPlace[mark.dataset.place] || [] : [];
    if (owners.length) { choose(owners[(owners.indexOf(chosen) + 1) % owners.length], true); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var typing = event.target.matches("[data-answer]");
    if (typing && event.key === "Escape" && chosen) { event.preventDefault(); chosen.focus({ preventScroll: true }); return; }
    if (typing) { return; }
    if (event.key === "j") { step(1); }
    else if (event.key === "k") { step(-1); }
    else if (event.key === "r" && chosen) { judge(chosen, "right"); }
    else if (event.key === "w" && chosen) { judge(chosen, "wrong"); write(chosen); }
    else { return; }
    event.preventDefault();
  });
  each(document.querySelectorAll("[data-step]"), function (button) {
    button.addEventListener("click", function () { step(Number(button.dataset.step)); });
  });
  document.querySelector("[data-save]").addEventListener("click", save);
  window.addEventListener("beforeunload", function (event) { if (changed) { event.preventDefault(); } });
  function fetchAll() { each(paper.querySelectorAll("img"), function (picture) { picture.loading = "eager"; }); }
  window.addEventListener("load", function () { setTimeout(fetchAll, 500); });
  window.addEventListener("beforeprint", fetchAll);
  recall();
  count();
}());
