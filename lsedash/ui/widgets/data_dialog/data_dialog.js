// A visitor's own table: a button opens the computer's files, a dialog shows how the file was understood,
// lets each part of that be corrected, and makes it the experiment. The browser reads the file and hands
// its bytes on; Python understands it. States of the dialog:
//   empty     choose, drop or paste             a content leads to reading
//   reading   Python has not answered yet       its answer leads to read, asks, or empty with a sentence
//   asks      it can be read in several ways        the visitor's choice leads to reading
//   read      one reading; each correction leads to reading, *Use it* to closed
//   closed    whatever was read is forgotten

/** @import { Component } from "../../js/types.d.ts" */
/** @import { DataView } from "./types.d.ts" */
import { html, part } from "../../js/elements.js";
import { outboxOf } from "../../js/outbox.js";
import { base64Of, isFileDrag, MOST_NAME } from "./content.js";
import { drawDesign } from "./design.js";
import { drawReadings } from "./readings.js";

const SMALL = 20_000; // characters of a message that may go out again with every other one

const FIRST = ["[data-choice=reading-0]", ".data-use:enabled", ".data-choose"]; // gets the focus once a content is read

/** @type {WeakMap<HTMLElement, DataDialog>} */
const dialogs = new WeakMap();

/** @type {DataDialog | undefined} */
let shown; // which takes the files that are dropped on the page

/** @param {Component<DataView>} component */
export function update(component) {
  const root = part(component.parentElement, ".data-box");
  const dialog = dialogs.get(root) ?? new DataDialog(root);
  dialogs.set(root, dialog);
  shown = dialog;
  dialog.hear(component);
}

class DataDialog {
  outbox = outboxOf("data");

  used = -1; // how many tables have become the experiment

  isLarge = false; // whether the last content was

  isNew = false; // whether a content was not shown yet

  /** @param {HTMLElement} root */
  constructor(root) {
    this.box = part(root, "dialog", HTMLDialogElement);
    this.file = part(root, "input[type=file]", HTMLInputElement);
    this.pasted = part(root, "textarea", HTMLTextAreaElement);
    part(root, ".data-open").onclick = () => this.open();
    part(root, ".data-choose").onclick = () => this.file.click();
    part(root, ".data-read").onclick = () => this.takeText(this.pasted.value);
    part(root, ".data-use").onclick = () => this.say("use", null);
    this.file.onchange = () => this.takeFile(this.file.files?.[0]);
    this.pasted.onpaste = (event) => {
      const text = event.clipboardData?.getData("text") ?? "";
      if (!this.pasted.value && text.trim()) this.takeText(text);
    };
    this.box.onclose = () => this.forget();
  }

  /** @param {Component<DataView>} component */
  hear(component) {
    this.outbox.hear(component);
    if (this.isLarge && !this.outbox.waits("content")) {
      this.isLarge = false;
      this.outbox.clear();
    }
    const { data } = component;
    if (data.used !== this.used && this.used >= 0) this.box.close();
    this.used = data.used;
    this.most = data.most;
    this.draw(data);
  }

  /** Show the dialog, and the computer's files over it. */
  open() {
    this.box.showModal();
    this.file.click();
  }

  /** @param {File | undefined} file */
  async takeFile(file) {
    if (!file) return;
    this.file.value = ""; // so that the same file can be chosen again
    if (file.size > (this.most ?? 0)) {
      this.box.dataset.state = "empty";
      this.tell(`${file.name} has ${(file.size / 1e6).toFixed(1)} MB; at most 1 MB is read.`);
      return;
    }
    this.take(file.name, new Uint8Array(await file.arrayBuffer()));
  }

  /** @param {string} text */
  takeText(text) {
    this.take("", new TextEncoder().encode(text));
  }

  /** @param {string} name @param {Uint8Array} bytes */
  take(name, bytes) {
    if (!this.box.open) this.box.showModal();
    const content = base64Of(bytes);
    this.isLarge = content.length > SMALL;
    this.isNew = true;
    this.say("content", { name: name.slice(0, MOST_NAME), content });
  }

  /** @param {string} name @param {unknown} content */
  say(name, content) {
    this.outbox.add(name, content);
    this.outbox.send();
    this.wait();
  }

  /** Python has not answered yet. */
  wait() {
    this.box.ariaBusy = "true";
    this.tell("Reading…");
  }

  /** @param {string} sentence */
  tell(sentence) {
    part(this.box, ".data-said").textContent = sentence;
  }

  /** What was read is needed no more. */
  forget() {
    this.pasted.value = "";
    this.outbox.add("close", null);
    this.outbox.send();
  }

  /** @param {DataView} data */
  draw(data) {
    const { box } = this, waits = this.outbox.open.length > 0;
    box.ariaBusy = String(waits);
    if (waits) return;
    box.dataset.state = data.design ? "read" : data.readings.length ? "asks" : "empty";
    this.tell(data.fault);
    part(box, "h2").textContent = data.name || "Your data";
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.choice : undefined;
    drawReadings(part(box, ".data-readings"), data.readings, (name, content) => this.say(name, content));
    drawDesign(part(box, ".data-design"), data, (name, content) => this.say(name, content));
    part(box, ".data-use", HTMLButtonElement).disabled = !data.design || Boolean(data.design.fault);
    const next = this.isNew ? FIRST : focused ? [`[data-choice="${CSS.escape(focused)}"]`] : [];
    this.isNew = false;
    const target = next.map((selector) => box.querySelector(selector)).find(Boolean);
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  }
}

document.addEventListener("dragover", (event) => {
  if (!shown || !isFileDrag(event)) return;
  event.preventDefault();
  dropPlace().hidden = false;
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) dropPlace().hidden = true;
});
document.addEventListener("drop", (event) => {
  if (!shown || !isFileDrag(event)) return;
  event.preventDefault();
  dropPlace().hidden = true;
  shown.takeFile(event.dataTransfer?.files[0]);
});

/** What is over the page while a file is dragged on it; made once. */
function dropPlace() {
  const place = document.querySelector(".data-drop");
  if (place instanceof HTMLElement) return place;
  const made = html("div", { className: "data-drop", hidden: true }, "Let go to read the file");
  document.body.append(made);
  return made;
}
