// Highlights the words of a text and their entries in the margin together. The pages work without this script.
"use strict";
(() => {
  const all = [...document.querySelectorAll("[data-m]")];
  if (all.length === 0) return;
  // Inside several annotations, the narrowest counts.
  const own = (element) => element.dataset.m.split(" ")[0];
  const also = (element) => (element.dataset.also || "").split(" ").filter(Boolean);
  const parts = new Map();
  for (const element of all) {
    for (const id of element.dataset.m.split(" ")) {
      if (!parts.has(id)) parts.set(id, []);
      parts.get(id).push(element);
    }
  }
  let lit = [];
  const dark = () => {
    for (const element of lit) element.classList.remove("lit");
    lit = [];
  };
  const light = (target) => {
    const element = target instanceof Element ? target.closest("[data-m]") : null;
    dark();
    if (!element) return;
    for (const id of [own(element), ...also(element)]) {
      for (const part of parts.get(id) || []) {
        part.classList.add("lit");
        lit.push(part);
      }
    }
  };
  // Scrolling under a resting pointer is not pointing.
  let rests = "";
  document.addEventListener("pointerover", (event) => {
    const place = `${event.screenX} ${event.screenY}`;
    if (place !== rests) light(event.target);
    rests = place;
  });
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dark();
  });
})();
