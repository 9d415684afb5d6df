// The words of a text and the list of what was read from them: point at one, and the other lights up. Pages are read without this.
"use strict";
(() => {
  const all = [...document.querySelectorAll("[data-m]")];
  if (all.length === 0) return;
  // What lies in several marks speaks for the narrowest.
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
  // When a page scrolls under a pointer that rests, nobody has pointed at anything.
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
