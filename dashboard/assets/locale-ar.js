/* Names of months and days for the calendar of the date fields, as CLDR has them for Iraq, and the other names that
 * months have (a test compares). */
(function () {
  "use strict";
  const months = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول",
    "تشرين الثاني", "كانون الأول"];
  const weekdays = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"];
  window.dayjs_locale_ar = {
    name: "ar",
    weekStart: 6,
    months: months,
    monthsShort: months,
    weekdays: weekdays,
    weekdaysShort: weekdays.map((name) => name.slice(2)),
    weekdaysMin: ["ح", "ن", "ث", "ر", "خ", "ج", "س"],
    ordinal: (n) => n,
    formats: { LT: "HH:mm", LTS: "HH:mm:ss", L: "D/M/YYYY", LL: "D MMMM YYYY", LLL: "D MMMM YYYY HH:mm", LLLL: "dddd D MMMM YYYY HH:mm" },
    relativeTime: {},
  };

  // A date under the pointer is named as in the Gulf and Egypt too: 8 ديسمبر 2024.
  if (document.documentElement.lang !== "ar") return;
  const elsewhere = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر",
    "ديسمبر"];
  const named = new RegExp("(^|[\\s\u0660-\u0669])(" + months.join("|").replace(/ /g, "\\s") + ")(?=\\s+[\\d\u0660-\u0669]{4})", "g");
  document.addEventListener("mouseover", (event) => {
    const element = event.target;
    const text = element.childElementCount ? "" : (element.textContent || "").trim();
    if (!text || text.length > 90 || element.title || !(element instanceof HTMLElement)) return;
    const other = text.replace(named, (_, before, month) => before + elsewhere[months.indexOf(month.replace(/\s/g, " "))]);
    if (other !== text) element.title = other;
  });
})();
