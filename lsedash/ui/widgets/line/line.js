// Watches the line to the server. While it is down, a notice says so, and what is let go is kept. When it
// is back, Python is asked for the whole page: Streamlit sends all states of the page with it, so that
// Python hears whatever it has not heard. Two states:
//   up     the line was lost leads to down
//   down   the line is back leads to up; the page is asked for, and once it is drawn, the focus goes back to
//          where it was, and a link to another page that was pressed meanwhile is pressed again, or the step
//          back that was made meanwhile is told again
// And says which button of Streamlit's is pressed: Streamlit says it only once, maybe into a line that is dead. (The
// presses in the page's part are said by the component of the address, which is in that part: what is said at the
// same moment goes into one request, and if one of those who say it is outside, the whole page is drawn.)

/** @import { Component, Head } from "../../js/types.d.ts" */
import { Focus } from "../../js/focus.js";
import { outboxOf, sayAllAgain } from "../../js/outbox.js";
import { buttonAt, drawn, isInMain, noticeBox, onConnection, pageLinkAt, pageLinkOf, titleOf } from "../../js/page.js";

const SAID_AFTER = 500; // milliseconds; a shorter break is not worth a word
const NOTICE = "The connection is lost; trying again. What you change meanwhile is sent when it is back.";

const outbox = outboxOf("line_watch"), focus = new Focus();

let up = true;

let returning = false; // until the page is drawn that was asked for when the line was back

let shown = ""; // the title of the page that is shown

let wanted = ""; // the title of the page whose link was pressed last; "" after a step back or forward

let moved = ""; // the address to which the last step back or forward led, if Python may not know it

/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** @param {Component<{title: string, line: Head}>} component */
export function update(component) {
  outbox.hear(component);
  const hasReturned = returning && !outbox.waits("back");
  if (hasReturned) returning = false;
  shown = component.data.title;
  if (up && !returning && !hasReturned) moved = "";
  if (hasReturned) settle();
  else if (wanted && wanted !== shown) goOn();
}

/** The line was lost, or is back. @param {boolean} connected */
function turn(connected) {
  if (connected === up) return;
  up = connected;
  clearTimeout(later);
  if (up) {
    noticeBox().textContent = "";
    returning = true;
    outbox.put("back", { session: outbox.session ?? "", query: window.location.search.slice(1) });
    sayAllAgain();
  } else {
    later = setTimeout(() => { noticeBox().textContent = NOTICE; }, SAID_AFTER);
  }
}

/** The page was drawn by the server as it is now. */
async function settle() {
  await drawn();
  focus.giveBack();
  if (up && moved === window.location.href) window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
  else goOn();
}

/**
 * Press the link to the page that is wanted again, if another one is shown: Streamlit goes back to a page that
 * is left, if something is said there after the link was pressed and before the server has answered.
 */
async function goOn() {
  await drawn();
  if (up && wanted && wanted !== shown) pageLinkOf(wanted)?.click();
}

onConnection(turn);
document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
  const link = pageLinkAt(target), button = buttonAt(target);
  if (link && !(ctrlKey || metaKey || shiftKey)) [wanted, moved] = [titleOf(link), ""];
  const teller = isInMain(target) ? outboxOf("address_bar") : outbox;
  if (!button || teller.session === undefined) return;
  teller.add("pressed", button); // Streamlit, which hears of the click next, sends it with its own word
  teller.send();
}, true);
window.addEventListener("popstate", () => { [wanted, moved] = ["", window.location.href]; });
