/* Names of months and days for the calendar of the date fields, as CLDR has them for Iraq (a test compares). */
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
})();
