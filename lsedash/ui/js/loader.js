// Mounts a component. This text is sent with every update, so it only fetches the module.
const source = "MODULE";
/** @type {Promise<import("./types.d.ts").ComponentModule>} */
const module = import(new URL(source, window.location.origin).href);

/** @param {import("./types.d.ts").Component} component */
export default function mount(component) {
  module.then(({ update }) => update(component));
  return () => module.then(({ leave }) => leave?.(component.parentElement));
}
