// Mounts the stage. This text travels with every update, so it only fetches what does the work.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector("[data-testid=stage]");
  root.module ??= import(`${window.location.origin}${data.base}/stage/stage.js`);
  root.module.then(({ update }) => update(root, component));
}
