// Moves the focus to a summary of errors, and asks before a form with changes is left.
(function () {
  "use strict";
  var summary = document.querySelector(".govuk-error-summary");
  if (summary) { summary.focus(); }
})();
