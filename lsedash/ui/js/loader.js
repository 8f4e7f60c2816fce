// Mounts a component. This text is sent with every update, so it only fetches the module.
const source = new URL("MODULE", window.location.origin), AGAIN = 1000; // milliseconds

/** Fetch the module; try again if the line is down. @returns {Promise<import("./types.d.ts").ComponentModule>} */
const fetched = (tries = 0) => import(`${source}${tries ? `#${tries}` : ""}`).catch(async (error) => {
  if (!(error instanceof TypeError)) throw error;
  await new Promise((resolve) => setTimeout(resolve, AGAIN));
  return fetched(tries + 1);
});
const module = fetched();

/** @param {import("./types.d.ts").Component<{content: unknown}>} component */
export default function mount(component) {
  module.then(({ update }) => update({ ...component, data: component.data.content }));
  return () => module.then(({ leave }) => leave?.(component.parentElement));
}
