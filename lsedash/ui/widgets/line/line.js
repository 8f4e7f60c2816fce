// Watches the line to the server. While it is down, a notice says so, and what is let go is kept. When it
// is back, Python is asked for the whole page: Streamlit sends all states of the page with it, so that
// Python hears whatever it has not heard. Two states:
//   up     the line was lost leads to down
//   down   the line is back leads to up; the page is asked for, and once it is drawn, the focus goes back to
//          where it was, and a link to another page that was pressed meanwhile is pressed again

/** @import { Component, Head } from "../../js/types.d.ts" */
import { Focus } from "../../js/focus.js";
import { Outbox } from "../../js/outbox.js";
import { drawn, noticeBox, onConnection, pageLinkAt, pageLinkOf, titleOf } from "../../js/page.js";

const SAID_AFTER = 500; // milliseconds; a shorter break is not worth a word
const NOTICE = "The connection is lost; trying again. What you change meanwhile is sent when it is back.";

const outbox = new Outbox(), focus = new Focus();

let up = true;

let shown = ""; // the title of the page that is shown

let wanted = ""; // the title of the page whose link was pressed last

/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** @param {Component<{title: string, line: Head}>} component */
export function update(component) {
  const returning = outbox.waits("back");
  outbox.hear(component);
  shown = component.data.title;
  if (shown === wanted) wanted = "";
  if (returning && !outbox.waits("back")) settle();
}

/** The line was lost, or is back. @param {boolean} connected */
function turn(connected) {
  if (connected === up) return;
  up = connected;
  clearTimeout(later);
  if (up) {
    noticeBox().textContent = "";
    outbox.say("back", null);
  } else {
    later = setTimeout(() => { noticeBox().textContent = NOTICE; }, SAID_AFTER);
  }
}

/** The page was drawn by the server as it is now. */
async function settle() {
  await drawn();
  focus.giveBack();
  if (up && wanted && wanted !== shown) pageLinkOf(wanted)?.click();
}

onConnection(turn);
document.addEventListener("click", ({ target }) => {
  const link = pageLinkAt(target);
  if (link) wanted = titleOf(link);
}, true);
window.addEventListener("popstate", () => { wanted = ""; });
