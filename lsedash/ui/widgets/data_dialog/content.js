// The bytes of a file on their way to Python. No DOM.

export const MOST_NAME = 200; // characters of a file's name
const PIECE = 0x8000; // bytes, as many arguments as a call may have

/** Bytes as base64. @param {Uint8Array} bytes */
export function base64Of(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += PIECE) text += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return btoa(text);
}

/** Whether a file is dragged, and not a piece of the page. @param {DragEvent} event */
export function isFileDrag(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}
