// Moves the focus to a summary of errors, keeps drafts while they are typed, and lets handles set
// the fields of numbers; everything works without it.
(function () {
  "use strict";
  var summary = document.querySelector(".govuk-error-summary");
  if (summary) { summary.focus(); }

  var form = document.getElementById("estimate"), saved = document.getElementById("saved");
  if (!form || !saved) { return; }

  var EVERY = 10000, changed = false, busy = false;
  function keep() {
    if (!changed || busy) { return; }
    changed = false;
    busy = true;
    saved.dispatchEvent(new CustomEvent("custodes:keep"));
  }
  function lost() {
    var told = saved.querySelector("[role=status]");
    changed = true;
    if (told) { told.textContent = "Not saved. Your text still stands here; press \u201cSave draft\u201d."; }
  }
  var waiting = null;
  // a draft on its way raises the version, so a form that is sent meanwhile waits for it
  saved.addEventListener("htmx:finally:request", function () {
    var button = waiting;
    busy = false;
    waiting = null;
    if (button) { window.setTimeout(function () { form.requestSubmit(button); }, 20); }
  });
  form.addEventListener("submit", function (event) {
    if (busy) { event.preventDefault(); waiting = event.submitter; }
    busy = true;
  });
  window.addEventListener("pageshow", function () { busy = false; });
  saved.addEventListener("htmx:response:error", lost);
  saved.addEventListener("htmx:error", lost);
  form.addEventListener("input", function () { changed = true; });
  form.addEventListener("change", keep);
  window.setInterval(keep, EVERY);
  document.addEventListener("visibilitychange", keep);

  var box = document.querySelector(".handles"), END = 1e-9;
  if (!box) { return; }
  var scale = box.dataset.scale;
  function value(place) {
    if (scale === "logit") { return 1 / (1 + Math.exp(-place)); }
    return scale === "ln" ? Math.exp(place) : place;
  }
  function place(number) {
    if (scale === "logit") {
      var share = Math.min(Math.max(number, END), 1 - END);
      return Math.log(share) - Math.log1p(-share);
    }
    return scale === "ln" ? Math.log(Math.max(number, END)) : number;
  }
  function read(text) {
    var told = text.trim().replace(/,(?=\d{3})/g, ""), odds = /^1 in ([\d.e+]+)$/.exec(told);
    if (odds) { return 1 / Number(odds[1]); }
    return /%$/.test(told) ? Number(told.slice(0, -1)) / 100 : told === "" ? NaN : Number(told);
  }
  function short(number) {
    var near = scale === "logit" && number > 0.99;
    return String(near ? 1 - Number((1 - number).toPrecision(2)) : Number(number.toPrecision(2)));
  }
  box.querySelectorAll("input").forEach(function (handle) {
    var field = document.getElementById(handle.dataset.for);
    function follow() {
      var number = read(field.value);
      if (!isNaN(number)) { handle.value = place(number); }
      handle.setAttribute("aria-valuetext", field.value || "not set");
    }
    handle.addEventListener("input", function () {
      field.value = short(value(Number(handle.value)));
      handle.setAttribute("aria-valuetext", field.value);
      changed = true;
      form.dispatchEvent(new Event("input"));
    });
    handle.addEventListener("change", keep);
    field.addEventListener("input", follow);
    follow();
  });
  box.hidden = false;
})();
