// The stage in the dashboard: Streamlit is its host. Python runs the programs for every request. One stage
// per mounted element.

/** @import { Component, Message } from "../../../../js/types.d.ts" */
/** @import { Stage } from "./stage.js" */
import { part } from "../../../../js/elements.js";
import { outboxOf } from "../../../../js/outbox.js";
import { loaded } from "../../../../js/page.js";
import { decode } from "./data.js";
import { Requests } from "./requests.js";
import { mount } from "./stage.js";

const here = (/** @type {string} */ path) => new URL(path, import.meta.url).href;
const plotly = loaded("script", { src: here("../../../../../vendor/plotly.min.js") });
const styles = loaded("link", { rel: "stylesheet", href: here("stage.css") });
const content = fetch(here("stage.html")).then((answer) => answer.text());

/** @type {WeakMap<HTMLElement, Promise<{stage: Stage, requests: Requests}>>} */
const stages = new WeakMap();

/** Called with every message from Python. @param {Component<Message>} component */
export async function update(component) {
  const root = part(component.parentElement, "[data-testid=stage]");
  const building = stages.get(root) ?? build(root, component.data);
  stages.set(root, building);
  hear(await building, component);
}

/** @param {HTMLElement} root @param {Message} message */
async function build(root, message) {
  await Promise.all([plotly, styles]);
  const requests = new Requests(outboxOf("stage"));
  const host = { Plotly: window.Plotly, content: await content, data: decode(message), requests, runs: true };
  return { stage: mount(root, host), requests };
}

/** Receive a message from Python; it waits while the visitor drags. @param {{stage: Stage, requests: Requests}} mounted @param {Component<Message>} component */
function hear({ stage, requests }, component) {
  const { session } = requests, isNew = requests.hear(component);
  if (session !== requests.session && !requests.waiting) stage.preview.drop();
  if (isNew) stage.hand.hear(decode(component.data));
}
