// Mounts a component. This text travels with every update, so it only fetches what does the work.
const source = "MODULE";
/** @type {Promise<import("./types.d.ts").ComponentModule>} */
const module = import(new URL(source, window.location.origin).href);

/** @param {import("./types.d.ts").Component} component */
export default function mount(component) {
  module.then(({ update }) => update(component));
  return () => module.then(({ leave }) => leave?.(component.parentElement));
}
